"""What day it is, asked in one place: everything else is given its date."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Return the day in France: status and validity change at midnight there."""
    return timezone.localdate()
