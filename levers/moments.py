"""When what is shown changes by itself: the first day on which a date already known makes a difference. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

BEGINS = ("valid_from", "opens_on", "ended_on")
"""Fields whose day is the first on which something is different."""

LASTS_UNTIL = ("valid_to", "closes_on", "review_due")
"""Fields whose day is the last one: the difference comes the day after."""


def next_change(rows: Iterable, at: date) -> date | None:
    """Return the first day after ``at`` on which one of the rows begins, ends or is due; None when none will."""
    return min((day for row in rows for day in _days(row) if day > at), default=None)


def _days(row) -> Iterable[date]:
    for name in BEGINS:
        if day := getattr(row, name, None):
            yield day
    for name in LASTS_UNTIL:
        if day := getattr(row, name, None):
            yield day + timedelta(days=1) if day < date.max else day


def earliest(days: Iterable[date | None]) -> date | None:
    """Return the first of some days of which any may be unknown."""
    return min((day for day in days if day), default=None)
