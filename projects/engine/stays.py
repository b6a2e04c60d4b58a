"""How long a dossier stayed at each stage, worked out from the moves of its journal. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """A move of a journal: the stage that it reaches, and which version of the dossier that made."""

    version: int
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay at a stage, from the version that began it; without ``left_at``, the dossier is still there."""

    version: int
    stage: str
    entered_at: datetime
    left_at: datetime | None = None

    @property
    def days(self) -> int | None:
        """Return how many whole days it lasted; None while it lasts."""
        return None if self.left_at is None else whole_days(self.entered_at, self.left_at)


def whole_days(start: datetime, end: datetime) -> int:
    """Return how many times twenty-four hours passed between two moments; none where the second comes first."""
    return max((end - start).days, 0)


def stays(moves: Iterable[Passed]) -> list[Stay]:
    """Return the stays of a dossier after its moves, in their order; an act that stays where it is begins none."""
    found: list[Stay] = []
    for move in moves:
        if found and found[-1].stage == move.stage:
            continue
        if found:
            last = found.pop()
            found.append(Stay(last.version, last.stage, last.entered_at, move.at))
        found.append(Stay(move.version, move.stage, move.at))
    return found
