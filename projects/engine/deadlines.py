"""Until when somebody is expected to act at a stage. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from projects.engine.clock import FRANCE, add_months, after
from projects.procedures.types import Move, Stage
from projects.procedures.vocabulary import Value


def counted_from(day: Value, at: datetime) -> datetime:
    """Return from when a delay counts that runs from a day rather than from the act: noon of that day in France.

    The hour of a letter is not known; noon in France is the same day everywhere in the Republic. Never after the act.
    """
    return min(at, datetime.combine(day, time(12), FRANCE)) if isinstance(day, date) else at


def due_at(stage: Stage, move: Move, records: Mapping[str, Value], at: datetime) -> datetime | None:
    """Return until when the stage that a move reaches is expected to last; None where nothing says so.

    A move may name a recorded date: the stage lasts until the end of that day in France, or for so many months after
    it (recorded too, and at most ``due_at_most``; or ``due_at_most`` alone). Else the stage counts from now.
    Months that are recorded last from a first day: five years from 1 March end as 1 March begins. Months that are
    always the same run from a last day (a report, six months after an exercise): the day they lead to is still in time.
    A date past the end of the calendar is none.
    """
    start = records.get(move.due_from) if move.due_from else None
    if not isinstance(start, date):
        return after(at, stage.due) if stage.due else None
    asked = records.get(move.due_months) if move.due_months else None
    months = asked if isinstance(asked, int) else move.due_at_most
    if not months:
        return datetime.combine(start + timedelta(days=1), time.min, FRANCE)
    span = min(months, move.due_at_most) if move.due_at_most else months
    try:
        end = add_months(datetime.combine(start, time.min, FRANCE), span)
        return end if move.due_months else end + timedelta(days=1)
    except OverflowError:
        return None
