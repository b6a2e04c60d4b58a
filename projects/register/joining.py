"""« Peut-on la rejoindre ? », computed on a day from what is curated, the known end and the call. Pure.

Never « oui » after a date that says otherwise, nor where nobody knows.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projects.register.schedule import OVER, Status


class Join(StrEnum):
    """The words of the answer, as the facet and the JSON have them."""

    YES = "yes"
    SOON = "soon"
    TO_CHECK = "to-check"
    NO = "no"


JOIN_LABELS = {Join.YES: "Oui", Join.SOON: "Bientôt, par un appel", Join.TO_CHECK: "À vérifier", Join.NO: "Non"}
"""In the order of the facet."""


class Why(StrEnum):
    """What decides, for the sentence that explains it."""

    OPEN = "open"
    CALL_OPEN = "call-open"
    CALL_COMING = "call-coming"
    CALL_CLOSED = "call-closed"
    CALL_UNKNOWN = "call-unknown"
    DATE_PASSED = "date-passed"
    END_PASSED = "end-passed"
    ORDINARY_LAW = "ordinary-law"
    ENDED = "ended"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CallState:
    """What is read of the call by which one joins: whether one can answer, whether it is to come, its last day."""

    can_answer: bool
    upcoming: bool
    closes: date | None = None
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one may join, until when (last day included, None where not known), and what decides."""

    join: Join
    why: Why
    until: date | None = None


def answer_of(
    joining: str, until: date | None, call: CallState | None, *, status: Status, ends: date | None, at: date
) -> Answer:
    """Return whether one may join on a day.

    Over for good, or a last day to join that has passed: no. A known end that has passed: to be checked,
    since an extension may not have been published here. By a call: as long as one can answer it.
    """
    if status in OVER:
        return Answer(Join.NO, Why(status.value))
    if joining == "no":
        return Answer(Join.NO, Why.REFUSED)
    if until is not None and at > until:
        return Answer(Join.NO, Why.DATE_PASSED, until)
    if status is Status.TO_CHECK:
        return Answer(Join.TO_CHECK, Why.END_PASSED, ends)
    if joining == "yes":
        return Answer(Join.YES, Why.OPEN, _first(until, ends))
    if joining == "by-call":
        return _by_call(call, until, ends)
    return Answer(Join.TO_CHECK, Why.UNKNOWN)


def _by_call(call: CallState | None, until: date | None, ends: date | None) -> Answer:
    if call is None:
        return Answer(Join.TO_CHECK, Why.CALL_UNKNOWN)
    if call.can_answer:
        return Answer(Join.YES, Why.CALL_OPEN, _first(until, ends, call.closes))
    if call.upcoming:
        return Answer(Join.SOON, Why.CALL_COMING, call.opens)
    return Answer(Join.NO, Why.CALL_CLOSED, call.closes)


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
