"""Whether a text still holds on a day. Pure.

What decides is written on its row: its days, and the text that came after. Nothing is
guessed: a text of which nobody knows since when it holds is to be checked.
"""

from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a text stands."""

    IN_FORCE = "in-force"
    UPCOMING = "upcoming"
    REPLACED = "replaced"
    ENDED = "ended"
    TO_CHECK = "to-check"


STATUS_LABELS = {
    Status.IN_FORCE: "En vigueur",
    Status.UPCOMING: "À venir",
    Status.REPLACED: "Remplacé",
    Status.ENDED: "Terminé",
    Status.TO_CHECK: "À vérifier",
}

TONES = {
    Status.IN_FORCE: "success",
    Status.UPCOMING: "info",
    Status.REPLACED: "warning",
    Status.ENDED: "warning",
    Status.TO_CHECK: "new",
}
"""The kind of badge of each (``components/badge.html``)."""


def status_of(first: date | None, last: date | None, has_successor: bool, at: date) -> Status:
    """Return where a text stands on a day, its first and last day included.

    A text whose last day is past is replaced, or ended where nothing came after. One
    whose first day nobody knows is to be checked, unless it is known to be over.
    """
    if last is not None and last < at:
        return Status.REPLACED if has_successor else Status.ENDED
    if first is None:
        return Status.TO_CHECK
    return Status.UPCOMING if first > at else Status.IN_FORCE
