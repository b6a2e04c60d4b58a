"""What day and what time it is, asked in one place: everything else is given its date."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def today() -> date:
    """Return the day in France: status and validity change at midnight there."""
    return timezone.localdate()


def now() -> datetime:
    """Return the moment, to the minute: nothing that the portal shows changes within one."""
    return timezone.now().replace(second=0, microsecond=0)


def midnight() -> datetime:
    """Return the end of this day in France."""
    return start_of(tomorrow())


def start_of(day: date) -> datetime:
    """Return when a day begins in France."""
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def tomorrow() -> date:
    """Return the day from which a page that says today's date is false."""
    return today() + timedelta(days=1)
