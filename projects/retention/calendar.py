"""When a dossier goes: after which day, warned when, and what stops it. Pure.

Regulation (EU) 2016/679, article 5.1.e: personal data are kept no longer than what they serve. How long that is comes
from the procedure (``draft_kept_months``, ``kept_months``), whose durations are a usage of the portal, to be checked
by whoever runs it. Nothing goes by surprise: people are warned 60 days, then 15 days before, and where the portal was
stopped meanwhile the erasure waits for its warnings rather than catch up.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from projects.engine.clock import FRANCE, add_months
from projects.procedures.vocabulary import FINAL, Macro

WARNED_BEFORE, REMINDED_BEFORE = timedelta(days=60), timedelta(days=15)
DAY = timedelta(days=1)

LEAVING = FINAL | {Macro.DRAFT, Macro.ELSEWHERE}
"""The statuses at which a dossier may go one day: nothing that somebody here examines or follows is among them."""


class Step(StrEnum):
    """What the day asks for."""

    WARN = "warn"
    REMIND = "remind"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides of the end of a dossier, in days of France.

    ``changed_on``: the last day somebody did anything to it. ``announced``: the last day of keeping that was
    announced; a warning holds for that day alone.
    """

    macro: Macro
    changed_on: date
    ended_on: date | None
    deposited: bool
    held: bool
    erased: bool
    draft_months: int
    kept_months: int
    announced: date | None = None
    warned_on: date | None = None
    reminded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of keeping, the first day on which it may be erased, and what is to be done today, if anything."""

    last_day: date | None
    goes_on: date | None
    step: Step | None = None


def day_in_france(moment: datetime | None) -> date | None:
    """Return the day in France at a moment."""
    return moment.astimezone(FRANCE).date() if moment else None


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is too short."""
    return add_months(datetime(day.year, day.month, day.day, tzinfo=FRANCE), months).date()


def last_day_of(kept: Kept) -> date | None:
    """Return the last day on which a dossier is kept; None where no date makes it go.

    A draft, from its last change; what ended, from its end; what was deposited elsewhere, of which the portal will
    hear nothing more, from its last change. Everything else is open: kept without a date.
    """
    if kept.erased or kept.macro not in LEAVING:
        return None
    if kept.macro in FINAL:
        return months_after(kept.ended_on or kept.changed_on, kept.kept_months)
    if kept.macro == Macro.ELSEWHERE:
        return months_after(kept.changed_on, kept.kept_months)
    return None if kept.deposited else months_after(kept.changed_on, kept.draft_months)


def due(kept: Kept, on: date) -> Due:
    """Return what the calendar asks for on a day.

    Warned once the day comes within 60 days; reminded once within 15; erased after the last day, never less than 60
    days after the warning and 15 after the reminder. Held: nothing. A warning for another day counts for nothing.
    """
    last_day = last_day_of(kept)
    if last_day is None or kept.held:
        return Due(last_day, None)
    holds = kept.announced == last_day
    warned_on = kept.warned_on if holds else None
    reminded_on = kept.reminded_on if warned_on else None
    goes_on = first_day_gone(last_day, warned_on or on, reminded_on)
    step = None
    if warned_on is None:
        step = Step.WARN if on >= last_day + DAY - WARNED_BEFORE else None
    elif reminded_on is None:
        step = Step.REMIND if on >= goes_on - REMINDED_BEFORE else None
    elif on >= goes_on:
        step = Step.ERASE
    return Due(last_day, goes_on, step)


def first_day_gone(last_day: date, warned_on: date, reminded_on: date | None) -> date:
    """Return the first day on which a dossier may be erased, its warnings being what they are."""
    days = [last_day + DAY, warned_on + WARNED_BEFORE]
    return max([*days, reminded_on + REMINDED_BEFORE] if reminded_on else days)


class Said(StrEnum):
    """What the page of a dossier says of its keeping."""

    ERASED = "erased"
    HELD = "held"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said, and the day it happened or will. ``reason`` of a hold is for those who review."""

    said: Said
    day: date | None = None
    is_draft: bool = False
    reason: str = ""


def notice_for(dossier, on: date) -> Notice | None:
    """Return what the page of a dossier says of its keeping on a day; None where there is nothing to say yet.

    ``dossier`` is a row, or anything with its columns; nothing is read but them.
    """
    if dossier.erased_at is not None:
        return Notice(Said.ERASED, day_in_france(dossier.erased_at))
    if dossier.held_because:
        return Notice(Said.HELD, reason=dossier.held_because)
    warned_on = day_in_france(dossier.warned_at)
    if warned_on is None or dossier.erase_after is None or dossier.macro not in LEAVING:
        return None
    day = first_day_gone(dossier.erase_after, warned_on, day_in_france(dossier.reminded_at))
    return Notice(Said.SOON, max(day, on), is_draft=dossier.macro == Macro.DRAFT)
