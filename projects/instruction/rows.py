"""What a list shows of each dossier: where it stands, whose turn, whether it is late, who holds it, its labels."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from projects.instruction.filters import Desk
from projects.instruction.tallies import UNNAMED
from projects.instruction.wording import TURNS
from projects.models import Assignment, Dossier, DossierLabel
from projects.procedures.vocabulary import Turn


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in a list: what its page says at once."""

    dossier: Dossier
    stage: str
    turn: str
    is_late: bool
    people: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def rows_of(dossiers: Iterable[Dossier], desk: Desk) -> list[Row]:
    """Return what a list shows of each dossier; who holds it and its labels only before its own administration."""
    shown = list(dossiers)
    numbers = [one.pk for one in shown]
    people, labels = people_of(numbers, desk), labels_of(numbers, desk)
    return [
        Row(
            one,
            one.stage_now.agency_label,
            TURNS[Turn(one.turn)],
            one.ended_at is None and one.due_at is not None and one.due_at <= desk.at,
            tuple(people.get(one.pk, ())),
            tuple(labels.get(one.pk, ())),
        )
        for one in shown
    ]


def people_of(numbers: list[int], desk: Desk) -> dict[int, list[str]]:
    """Return who holds each dossier now, the leader first (one query)."""
    held = Assignment.objects.current(desk.at).filter(dossier__in=numbers, dossier__body_id__in=desk.bodies)
    found: dict[int, list[str]] = defaultdict(list)
    for dossier, name in held.order_by("-role", "pk").values_list("dossier_id", "user__full_name"):
        found[dossier].append(name or UNNAMED)
    return found


def labels_of(numbers: list[int], desk: Desk) -> dict[int, list[str]]:
    """Return the labels of each dossier, those of the person's own administrations (one query)."""
    puts = DossierLabel.objects.filter(dossier__in=numbers, label__body_id__in=desk.bodies)
    found: dict[int, list[str]] = defaultdict(list)
    for dossier, name in puts.order_by("label__name").values_list("dossier_id", "label__name"):
        found[dossier].append(name)
    return found
