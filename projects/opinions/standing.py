"""Where a request for an opinion stands, what it still opens, and until when. Pure.

Whoever is asked reads the dossier from the moment they declare no interest until the decision, whether they have
answered or not. A link does less: it dies with the answer, at its date, or as soon as the request ends.
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from projects.depositing.reminding import STEPS, reminds_at
from projects.procedures.vocabulary import FINAL, Macro

GRACE = timedelta(days=14)
"""How long a link lives after the day for which the opinion is expected; at least so long after it was sent."""

DECIDED = FINAL | {Macro.GRANTED, Macro.RUNNING}
AFTER_A_DECISION = frozenset({Macro.GRANTED, Macro.RUNNING})
"""Where one may still ask, about what follows the decision; the reading then lasts until the dossier is closed."""

ASKABLE = frozenset(Macro) - FINAL - {Macro.DRAFT, Macro.ELSEWHERE}
"""The statuses at which an opinion may be asked for."""


class Standing(StrEnum):
    """Where a request stands, for those who instruct."""

    WAITING = "waiting"
    READING = "reading"
    LATE = "late"
    GIVEN = "given"
    ENDED = "ended"


WORDS = {
    Standing.WAITING: "En attente",
    Standing.READING: "En lecture",
    Standing.LATE: "En retard",
    Standing.GIVEN: "Rendu",
}
"""What is said of each; of one that ended, why."""


class Request(Protocol):
    """What is asked of a request."""

    due_on: date
    asked_at: datetime
    reminded_at: datetime | None
    ended_at: datetime | None
    answered_at: datetime | None
    after_decision: bool
    token_digest: str
    expires_at: datetime | None


def is_over(request: Request, macro: str) -> bool:
    """Tell whether the dossier has gone past the point for which the opinion was asked: nothing is read any more."""
    return macro in FINAL or macro == Macro.ELSEWHERE or (macro in DECIDED and not request.after_decision)


def is_open(request: Request, macro: str) -> bool:
    """Tell whether an answer is still expected."""
    return request.ended_at is None and request.answered_at is None and not is_over(request, macro)


def may_be_read(request: Request, macro: str) -> bool:
    """Tell whether whoever was asked, and has an account, may still read the dossier by this request."""
    return request.ended_at is None and not is_over(request, macro)


def link_opens(request: Request, macro: str, at: datetime) -> bool:
    """Tell whether the link of a request opens something at a moment."""
    alive = bool(request.token_digest) and request.expires_at is not None and at < request.expires_at
    return alive and is_open(request, macro)


def link_expires(due_on: date, zone: str, at: datetime) -> datetime:
    """Return when a link sent at a moment dies."""
    return max(end_of(due_on, zone), at) + GRACE


def end_of(day: date, zone: str) -> datetime:
    """Return the end of a day, excluded, on the clocks of a place."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def reminder_due(request: Request, zone: str, at: datetime) -> bool:
    """Tell whether a reminder must leave: seven days before the day that is expected, then two, in the morning there.

    One that was due before the question was put, or before the last reminder, is not due any more.
    """
    closes = end_of(request.due_on, zone)
    last = request.reminded_at or request.asked_at
    return at < closes and any(last < reminds_at(closes, zone, days) <= at for days in STEPS)


def standing_of(request: Request, on: date, *, declared: bool) -> Standing:
    """Return where a request stands on a day; ``declared``: somebody declared no interest and reads."""
    if request.ended_at is not None:
        return Standing.ENDED
    if request.answered_at is not None:
        return Standing.GIVEN
    if request.due_on < on:
        return Standing.LATE
    return Standing.READING if declared else Standing.WAITING
