"""Which experiments a profile may be able to join on a day, the nearest first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from projects.register.joining import Answer, Join
from projects.register.schedule import Status

DEPARTMENT, REGION, ELSEWHERE = 0, 1, 2
ORDER = (Join.YES, Join.SOON, Join.TO_CHECK)


class Joined(Protocol):
    """What is read of an experiment; nothing known of its actors excludes nobody."""

    actor_types: tuple[str, ...]
    regions: tuple[str, ...]
    departments: tuple[str, ...]

    def status_on(self, day: date) -> Status:
        """Return where it stands on a day."""

    def answer_on(self, day: date) -> Answer:
        """Return whether one may join it on a day."""


@dataclass(frozen=True, slots=True)
class Near:
    """An experiment, whether one may join it on the day, how near it is, whether it names this kind of actor."""

    card: Joined
    answer: Answer
    distance: int
    known: bool


def near(cards: Iterable[Joined], answers: Mapping, on: date) -> list[Near]:
    """Return the experiments to tell a profile about: those of its region that are not over and not closed to others.

    An experiment whose known end has passed is left out: it is found in the list, where that is said. What is not
    answered excludes nothing; an experiment that names other kinds of actors is left out.
    """
    found = []
    for card in cards:
        answer = card.answer_on(on)
        if answer.join not in ORDER or card.status_on(on) is Status.TO_CHECK:
            continue
        kind = answers.get("actor_type")
        if kind and card.actor_types and kind not in card.actor_types:
            continue
        distance = _distance(card, answers)
        if distance is not None:
            found.append(Near(card, answer, distance, bool(kind) and kind in card.actor_types))
    return sorted(found, key=lambda one: (ORDER.index(one.answer.join), one.distance, not one.known))


def _distance(card: Joined, answers: Mapping) -> int | None:
    """Return how near an experiment is; None where it is in other regions than the one answered."""
    department, region = answers.get("department"), answers.get("region")
    if department and department in card.departments:
        return DEPARTMENT
    if region:
        return REGION if region in card.regions else None
    return ELSEWHERE
