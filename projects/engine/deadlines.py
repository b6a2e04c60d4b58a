"""Until when somebody is expected to act at a stage. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from projects.engine.clock import FRANCE, add_months, after
from projects.procedures.types import Move, Stage
from projects.procedures.vocabulary import Value


def due_at(stage: Stage, move: Move, records: Mapping[str, Value], at: datetime) -> datetime | None:
    """Return until when the stage that a move reaches is expected to last; None where nothing says so.

    A move may name a date that was recorded, and the stage lasts until that day is over; or count from it (a first
    inclusion) a number of months that was recorded too, at most ``due_at_most``; else the stage's own delay counts
    from now. A date past the end of the calendar is none.
    """
    start = records.get(move.due_from) if move.due_from else None
    months = records.get(move.due_months) if move.due_months else None
    if isinstance(start, date):
        if not (move.due_months or move.due_at_most):
            return datetime.combine(start + timedelta(days=1), time.min, FRANCE)
        asked = months if isinstance(months, int) else move.due_at_most
        span = min(asked, move.due_at_most) if move.due_at_most else asked
        try:
            return add_months(datetime.combine(start, time.min, FRANCE), span)
        except OverflowError:
            return None
    return after(at, stage.due) if stage.due else None
