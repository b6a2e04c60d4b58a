"""Whether a lever can be entered on a day: computed from its windows, never typed.

Pure: rows and a date in, a status out. The catalogue's ``status`` facet, the
cards, the verdicts and the API all call :func:`availability`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    """The five values of the contract."""

    PERMANENT = "permanent"
    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    ENDED = "ended"


STATUS_LABELS = {
    Status.PERMANENT: "Ouvert toute l'année",
    Status.OPEN: "Ouvert",
    Status.UPCOMING: "À venir",
    Status.CLOSED: "Fermé",
    Status.ENDED: "Terminé",
}


CANNOT_ENTER = frozenset({Status.CLOSED, Status.ENDED})
"""Where preparing something would be in vain; what is to come can be prepared."""


class Period(Protocol):
    """What is read of a window."""

    label: str
    kind: str
    opens_on: date
    closes_on: date | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A window without the row it comes from: ten times lighter, for what a process keeps."""

    label: str
    kind: str
    opens_on: date
    closes_on: date | None

    @classmethod
    def of(cls, window: Period) -> "Opening":
        """Return what lists and rules read of a window."""
        return cls(window.label, window.kind, window.opens_on, window.closes_on)


@dataclass(frozen=True, slots=True)
class Availability:
    """The status on a day, the window that decides it, and the last one that closed."""

    status: Status
    current: Period | None = None
    coming: Period | None = None
    last: Period | None = None

    @property
    def label(self) -> str:
        """Return the status in words."""
        return STATUS_LABELS[self.status]


def availability(windows: Iterable[Period], *, annual: bool, ended_on: date | None, at: date) -> Availability:
    """Return whether one may enter on ``at``; opening and closing days are included.

    In order: ``ended`` from ``ended_on`` on; ``permanent`` or ``open`` inside a
    window; ``upcoming`` when a window is announced, or when the campaign comes back
    every year even though its date is not known; else ``closed``.
    """
    windows = sorted(windows, key=lambda window: window.opens_on)
    past = [window for window in windows if window.closes_on and window.closes_on < at]
    last = max(past, key=lambda window: window.closes_on, default=None)
    if ended_on and at >= ended_on:
        return Availability(Status.ENDED, last=last)
    current = [w for w in windows if w.opens_on <= at and (w.closes_on is None or at <= w.closes_on)]
    if current:
        permanent = any(window.kind == "permanent" for window in current)
        return Availability(Status.PERMANENT if permanent else Status.OPEN, current=current[-1], last=last)
    coming = next((window for window in windows if window.opens_on > at), None)
    status = Status.UPCOMING if coming or annual else Status.CLOSED
    return Availability(status, coming=coming, last=last)
