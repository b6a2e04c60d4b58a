"""What was prepared of an amendment, read from the journal: what it says, and which one waits to be signed. Pure.

It is prepared as an act of the journal (``projects/following/amending.py``); the last one since the dossier waits for
an amendment is the one that is signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from projects.engine.schedule import Row, from_data
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import Value

MOVE, LETTER = "move", "letter"
"""Kinds of entries of the journal."""

AMENDED, ROWS, SCHEDULE, REASON = "amendment", "rows", "schedule", "amendment_reason"


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment says of an aid: its whole amount, that of a year, the end, the rows of the schedule."""

    amount: Decimal
    per_year: Decimal
    ends_on: date
    reason: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An amendment as it was prepared: by which act, on which version of the schedule."""

    seq: int
    at: datetime
    schedule: int
    amended: Amended

    @property
    def values(self) -> dict[str, Value]:
        """Return the fields of the move that signs it; a reason that was erased is none."""
        one = self.amended
        found = {"amended_amount": one.amount, "amount_per_year": one.per_year, "exercise_ends_on": one.ends_on}
        return found | ({REASON: one.reason} if one.reason else {})


def amending_move(procedure: Procedure, stage: str) -> Move | None:
    """Return the move that signs an amendment at a stage; None where none does."""
    return next((move for move in procedure.moves_from(stage) if move.amends), None)


def prepared(entries: Iterable) -> Prepared | None:
    """Return the amendment that waits to be signed: the last one prepared since the last change of stage."""
    last = None
    for entry in entries:
        if entry.kind == MOVE and entry.from_stage != entry.to_stage:
            last = None
        elif entry.kind == LETTER and AMENDED in entry.data:
            last = entry
    return _read(last) if last is not None else None


def _read(entry) -> Prepared:
    said, texts = entry.data[AMENDED], {one.field: one.text for one in entry.texts.all()}
    amended = Amended(
        Decimal(said["amount"]),
        Decimal(said["per_year"]),
        date.fromisoformat(said["ends_on"]),
        texts.get(REASON, ""),
        from_data(entry.data[ROWS], texts),
    )
    return Prepared(entry.seq, entry.at, entry.data[SCHEDULE], amended)
