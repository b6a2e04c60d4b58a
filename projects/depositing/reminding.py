"""When a draft's people are reminded that its call closes: seven days before, then two, in the morning there. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

STEPS = (7, 2)
"""Days before the last day."""

MORNING = time(8)


def reminds_at(closes_at: datetime, zone: str, days: int) -> datetime:
    """Return when a reminder leaves: at eight in the morning of the place, so many days before the last day.

    ``closes_at`` is the end of the window, excluded: a call that lasts its whole last day ends at the midnight after.
    """
    there = ZoneInfo(zone)
    last = (closes_at - timedelta(microseconds=1)).astimezone(there).date()
    return datetime.combine(last - timedelta(days=days), MORNING, there)


def step_due(closes_at: datetime, zone: str, opened_at: datetime, at: datetime) -> int | None:
    """Return which reminder is due, in days before the end; None where none is.

    One that was due before the draft was opened is not: who opens a draft three days before the end knows it.
    """
    if at >= closes_at:
        return None
    due = [days for days in STEPS if opened_at < reminds_at(closes_at, zone, days) <= at]
    return min(due, default=None)
