"""What a procedure says of itself in the public register: which records date the phases of an entry. Pure data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicPhase:
    """A phase of a public entry, worked out from the records of moves: each name is the key of a field.

    ``kind`` and ``start`` are those of the register (``Phase.Kind``, ``Phase.Start``). ``months`` and ``ends_on``: one
    of them at most; the register computes an end from months.
    """

    key: str
    kind: str
    start: str
    starts_on: str = ""
    months: str = ""
    ends_on: str = ""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """What of the records the register shows. ``first_inclusion``: the field that holds its day."""

    phases: tuple[PublicPhase, ...] = ()
    first_inclusion: str = ""


NO_ENTRY = PublicEntry()
"""Nothing of the records dates an entry."""

MONEY_ENTRY = PublicEntry((PublicPhase("dossier-exercise", "experiment", "unknown", ends_on="exercise_ends_on"),))
"""A subsidy: until the end of what is financed."""
