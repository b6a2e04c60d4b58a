"""What the moves of dossiers say, read for a list: the last act of each name, with its fields and its texts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from projects.engine.clock import add_months

HALF_YEAR = 6
"""Months between two reports of a regional group on what it carries out (``003``, lines 291 to 294)."""


@dataclass(frozen=True, slots=True)
class Act:
    """A move that was made: when, what was given with it, what was written."""

    move: str
    at: datetime
    given: Mapping[str, object] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a dossier, in their order."""

    acts: tuple[Act, ...] = ()

    def last(self, *moves: str) -> Act | None:
        """Return the last act that is one of these moves; None where there is none."""
        return next((act for act in reversed(self.acts) if act.move in moves), None)

    def given(self, move: str, name: str) -> object:
        """Return what was last given with a move under a name; None where nothing was."""
        act = self.last(move)
        return act.given.get(name) if act else None

    def written(self, move: str, name: str) -> str:
        """Return what was last written with a move under a name; nothing once erased."""
        act = self.last(move)
        return act.written.get(name, "") if act else ""


def by_dossier(rows: Iterable[tuple[int, Act]]) -> dict[int, Acts]:
    """Return the acts of each dossier, in the order in which they come."""
    found: dict[int, list[Act]] = {}
    for dossier, act in rows:
        found.setdefault(dossier, []).append(act)
    return {dossier: Acts(tuple(acts)) for dossier, acts in found.items()}


def report_due(began: datetime | None, reported: datetime | None) -> datetime | None:
    """Return when the next half-yearly report is due: six months after the last one, or after the project began."""
    start = reported or began
    return add_months(start, HALF_YEAR) if start else None
