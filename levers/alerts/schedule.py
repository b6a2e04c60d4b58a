"""When an alert runs: every morning, or on Monday morning. Pure; the moment is given."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FRANCE = ZoneInfo("Europe/Paris")
MORNING = time(6, 30)
MONDAY = 0


class Frequency(StrEnum):
    """How often an alert may write."""

    DAILY = "daily"
    WEEKLY = "weekly"


def next_run(frequency: str, after: datetime) -> datetime:
    """Return the first morning of the frequency after a moment, half past six on the clocks of France."""
    day = after.astimezone(FRANCE).date()
    while True:
        moment = datetime.combine(day, MORNING, FRANCE)
        if moment > after and (frequency == Frequency.DAILY or day.weekday() == MONDAY):
            return moment
        day += timedelta(days=1)
