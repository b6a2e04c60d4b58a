"""What a procedure says of itself in the public register: which records date the phases of an entry. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projects.procedures.vocabulary import Value


@dataclass(frozen=True, slots=True)
class PublicPhase:
    """A phase of a public entry, worked out from the records of moves: each name is the key of a field.

    ``kind`` and ``start`` are those of the register (``Phase.Kind``, ``Phase.Start``). ``months`` and ``ends_on``: one
    of them at most; the register computes an end from months. ``ended_on``: the day on which it really ended, which
    takes their place once it is recorded.
    """

    key: str
    kind: str
    start: str
    starts_on: str = ""
    months: str = ""
    ends_on: str = ""
    ended_on: str = ""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """What of the records the register shows. ``first_inclusion``: the field that holds its day."""

    phases: tuple[PublicPhase, ...] = ()
    first_inclusion: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A phase with what the records say of it: what ``projects/register/schedule.py`` computes an end from."""

    key: str
    kind: str
    start: str
    starts_on: date | None
    months: int | None
    ends_on: date | None
    months_at_most: int | None = None
    is_optional: bool = False


NO_ENTRY = PublicEntry()
"""Nothing of the records dates an entry."""

MONEY_ENTRY = PublicEntry((PublicPhase("dossier-exercise", "experiment", "unknown", ends_on="exercise_ends_on"),))
"""A subsidy: until the end of what is financed."""


def dated_phases(entry: PublicEntry, values: Mapping[str, Value]) -> list[Dated]:
    """Return the phases that the records date; one of which nothing is recorded, or whose start is not, is left out."""
    found = []
    for phase in entry.phases:
        starts_on, ends_on = (_day(values.get(name)) for name in (phase.starts_on, phase.ends_on))
        months = values.get(phase.months)
        length = months if isinstance(months, int) and not isinstance(months, bool) else None
        if (phase.starts_on and starts_on is None) or not (starts_on or ends_on or length):
            continue
        if ended_on := _day(values.get(phase.ended_on)):
            length, ends_on = None, ended_on
        found.append(Dated(phase.key, phase.kind, phase.start, starts_on, length, ends_on))
    return found


def first_inclusion(entry: PublicEntry, values: Mapping[str, Value]) -> date | None:
    """Return the day of the first inclusion, where it is recorded."""
    return _day(values.get(entry.first_inclusion))


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
