"""When a dossier is late: as conditions on dossiers, and the same said of values already read. One meaning everywhere.

Two dates may pass while it is not finished: that of its stage, and that of the legal delay, past which silence means
what the law says. Either makes it late, whoever is expected to act.
"""

from datetime import datetime

from django.db.models import Q


def past_stage(at: datetime) -> Q:
    """Return the condition that the date of the stage has passed."""
    return Q(ended_at=None, due_at__lte=at)


def silent(at: datetime) -> Q:
    """Return the condition that the legal delay has passed without an answer."""
    return Q(ended_at=None, legal_due_at__lte=at)


def late(at: datetime) -> Q:
    """Return the condition that either date has passed."""
    return Q(ended_at=None) & (Q(due_at__lte=at) | Q(legal_due_at__lte=at))


def late_since(ended: datetime | None, at: datetime, *dates: datetime | None) -> datetime | None:
    """Return the first of these dates of a dossier that has passed; None where it is finished, or none has."""
    return min((one for one in dates if one is not None and one <= at), default=None) if ended is None else None
