"""When an experiment begins and ends, and where it stands on a day: computed from its phases, never typed. Pure.

An end that the source gives is kept; one that follows from a start and a number of months is
computed, and where both exist and disagree, both are told. Months are counted as French law counts
them: 24 months from 13 June 2022 end on 12 June 2024; where the last month has no such day, they
end with it.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

EXPERIMENT, EXTENSION, REWORK, TRANSITION = "experiment", "extension", "rework", "transition"
EXPERIMENTAL = frozenset({EXPERIMENT, EXTENSION, REWORK})

FIVE_YEARS, EIGHTEEN_MONTHS = 60, 18
"""Months that the law allows: an experiment (guide, article 51, « calendrier »), then a transition (LFSS 2022)."""

DAY = timedelta(days=1)


class Status(StrEnum):
    """Where an experiment stands on a day."""

    RUNNING = "running"
    PROLONGED = "prolonged"
    REWORK = "rework"
    TRANSITION = "transition"
    UPCOMING = "upcoming"
    ORDINARY_LAW = "ordinary-law"
    ENDED = "ended"
    TO_CHECK = "to-check"
    UNDATED = "undated"


STATUS_LABELS = {
    Status.RUNNING: "En cours",
    Status.PROLONGED: "Prolongée",
    Status.REWORK: "Prolongée pour être retravaillée",
    Status.TRANSITION: "En transition vers le droit commun",
    Status.UPCOMING: "À venir",
    Status.ORDINARY_LAW: "Entrée dans le droit commun",
    Status.TO_CHECK: "Le terme connu est passé : suite à vérifier",
    Status.UNDATED: "Dates à vérifier",
    Status.ENDED: "Terminée",
}
"""In the order of the facet."""

ACTIVE = frozenset({Status.RUNNING, Status.PROLONGED, Status.REWORK, Status.TRANSITION})
OVER = frozenset({Status.ORDINARY_LAW, Status.ENDED})
OF_KIND = {
    EXPERIMENT: Status.RUNNING,
    EXTENSION: Status.PROLONGED,
    REWORK: Status.REWORK,
    TRANSITION: Status.TRANSITION,
}


class Row(Protocol):
    """What is read of a phase."""

    key: str
    kind: str
    start: str
    starts_on: date | None
    months: int | None
    months_at_most: int | None
    ends_on: date | None
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase with its days. ``ends`` is its last day, ``latest`` the last one if it is lengthened as announced."""

    key: str
    kind: str
    optional: bool
    begins: date | None
    ends: date | None
    latest: date | None
    computed: date | None
    """The end that follows from the start and the months, whether or not the source gives one."""
    longest: date | None
    """The same with the most months that are announced."""
    given: bool
    """Whether ``ends`` is what the source says."""

    @property
    def disagrees(self) -> bool:
        """Tell whether the end that the source gives is not what its own months lead to."""
        if not self.given or self.computed is None:
            return False
        return not self.computed <= self.ends <= max(self.computed, self.longest or self.computed)

    @property
    def last_day(self) -> date | None:
        """Return the last day that is known, lengthened as announced."""
        return self.latest or self.ends

    def covers(self, at: date) -> bool:
        """Tell whether a day is inside; a start that nobody knows is behind."""
        return self.last_day is not None and (self.begins or date.min) <= at <= self.last_day


@dataclass(frozen=True, slots=True)
class Limit:
    """How long the law allows, from when, and whether the phases go beyond."""

    kind: str
    begins: date
    ends: date
    planned: date | None
    """The last day of the phases that are sure."""
    possible: date | None
    """The same with those that are optional or announced « au plus tard »."""

    @property
    def exceeded(self) -> bool:
        """Tell whether what is sure goes beyond."""
        return self.planned is not None and self.planned > self.ends

    @property
    def would_be_exceeded(self) -> bool:
        """Tell whether only what is optional goes beyond: that needs another authorisation."""
        return not self.exceeded and self.possible is not None and self.possible > self.ends


@dataclass(frozen=True, slots=True)
class Schedule:
    """The phases of an experiment with their days."""

    stretches: tuple[Stretch, ...]

    @property
    def begins(self) -> date | None:
        """Return the first day that is known."""
        return min((one.begins for one in self.stretches if one.begins and not one.optional), default=None)

    @property
    def ends(self) -> date | None:
        """Return the last known day of what is sure; None where the last phase has no known end."""
        sure = [one for one in self.stretches if not one.optional]
        if not sure or sure[-1].last_day is None:
            return None
        return max(one.last_day for one in sure if one.last_day)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Return the limits of the law that apply to the phases of which the start is known."""
        found = (
            self._limit(EXPERIMENTAL, EXPERIMENT, FIVE_YEARS),
            self._limit({TRANSITION}, TRANSITION, EIGHTEEN_MONTHS),
        )
        return tuple(limit for limit in found if limit)

    def _limit(self, kinds: Iterable[str], name: str, months: int) -> Limit | None:
        own = [one for one in self.stretches if one.kind in kinds]
        begins = min((one.begins for one in own if one.begins and not one.optional), default=None)
        if begins is None:
            return None
        planned = max((one.ends for one in own if one.ends and not one.optional), default=None)
        possible = max((one.last_day for one in own if one.last_day), default=None)
        return Limit(name, begins, last_day(begins, months), planned, possible)


def last_day(begins: date, months: int) -> date:
    """Return the last day of a number of months, counted from a first day that is included."""
    year, month = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    month, length = month + 1, monthrange(year, month + 1)[1]
    if begins.day > length:
        return date(year, month, length)
    return date(year, month, begins.day) - DAY


def schedule_of(phases: Iterable[Row], first_inclusion: date | None) -> Schedule:
    """Return the days of the phases, in their order: each may begin where the one before ends."""
    stretches: list[Stretch] = []
    previous: date | None = None
    for phase in phases:
        stretch = _stretch(phase, first_inclusion, previous)
        stretches.append(stretch)
        previous = stretch.ends
    return Schedule(tuple(stretches))


def _stretch(phase: Row, first_inclusion: date | None, previous: date | None) -> Stretch:
    after = previous + DAY if previous and previous < date.max else None
    begins = {"day": phase.starts_on, "first-inclusion": first_inclusion, "previous": after}.get(phase.start)
    computed = last_day(begins, phase.months) if begins and phase.months else None
    ends = phase.ends_on or computed
    longest = last_day(begins, phase.months_at_most) if begins and phase.months_at_most else None
    latest = max(filter(None, [ends, longest]), default=None)
    return Stretch(
        phase.key, phase.kind, phase.is_optional, begins, ends, latest, computed, longest, bool(phase.ends_on)
    )


def status_of(schedule: Schedule, outcome: str, at: date) -> Status:
    """Return where an experiment stands on a day.

    What the sources last say became of it (``outcome``) decides where it is over for good. Else the
    last known day does: behind, and nothing said since, what followed is to be checked; nobody is
    told that it still runs. Before it, the phase of the day names the status, and the outcome where no
    phase does.
    """
    if outcome in ("ended", "ordinary-law"):
        return Status(outcome)
    sure = [one for one in schedule.stretches if not one.optional]
    current = next((one for one in reversed(sure) if one.covers(at)), None)
    if schedule.ends is not None and at > schedule.ends:
        return Status.TO_CHECK
    if current is not None:
        return OF_KIND[current.kind]
    if schedule.begins is not None and at < schedule.begins:
        return Status.UPCOMING
    if schedule.ends is None:
        beyond = any(at > limit.ends for limit in schedule.limits)
        if outcome == "experiment" or beyond:
            return Status.TO_CHECK if beyond else Status.UNDATED
    return OF_KIND[outcome]


def changes_after(schedule: Schedule, at: date) -> date | None:
    """Return the first day after ``at`` on which a known date may change what is said."""
    days = [day for one in schedule.stretches for day in (one.begins, _after(one.ends), _after(one.latest))]
    days += [_after(limit.ends) for limit in schedule.limits]
    return min((day for day in days if day and day > at), default=None)


def _after(day: date | None) -> date | None:
    return day + DAY if day and day < date.max else None
