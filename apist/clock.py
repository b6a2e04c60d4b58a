"""What day it is, asked in one place: everything else is given its date."""

from datetime import date, timedelta

from django.utils import timezone


def today() -> date:
    """Return the day in France: status and validity change at midnight there."""
    return timezone.localdate()


def tomorrow() -> date:
    """Return the day from which a page that says today's date is false."""
    return today() + timedelta(days=1)
