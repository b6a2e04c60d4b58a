"""When what was granted ends, how that stands to what the law allows, and when people are warned. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from projects.procedures.public import PublicEntry, dated_phases, first_inclusion
from projects.procedures.vocabulary import Value
from projects.register.schedule import Limit, Schedule, schedule_of

AHEAD_MONTHS = 12
"""How far the calendar looks."""


STAYS_DUE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class End:
    """The end of the phase in which a dossier is. ``limit``: what the law allows for it, where it says."""

    on: date
    begins: date | None
    limit: Limit | None

    @property
    def is_beyond(self) -> bool:
        """Tell whether it is later than the law allows."""
        return self.limit is not None and self.on > self.limit.ends

    @property
    def room(self) -> int | None:
        """Return how many days remain between this end and the limit; None where no limit is known."""
        return (self.limit.ends - self.on).days if self.limit is not None else None


def schedule_for(entry: PublicEntry, values: Mapping[str, Value]) -> Schedule:
    """Return the phases of a dossier with their days, as the public register computes them."""
    return schedule_of(dated_phases(entry, values), first_inclusion(entry, values))


def end_of(entry: PublicEntry, values: Mapping[str, Value]) -> End | None:
    """Return the end of the last phase that is dated; None where none is."""
    schedule = schedule_for(entry, values)
    last = next((one for one in reversed(schedule.stretches) if one.last_day), None)
    if last is None:
        return None
    kind = "transition" if last.kind == "transition" else "experiment"
    limit = next((one for one in schedule.limits if one.kind == kind), None)
    return End(last.last_day, last.begins, limit)


def months_before(day: date, months: int) -> date:
    """Return the day so many months before another; the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def warning_due(ends_on: date, steps: tuple[int, ...], since: date, today: date) -> int | None:
    """Return which warning is due, in months before the end; None where none is, or where it is over.

    One whose day came before the stage began is not due: who starts six months before the end knows it. A day stays
    due for a month, in case the clock was stopped; no longer, since the trace of a mail that left is kept for 90 days
    only and the same warning would leave again.
    """
    if today > ends_on:
        return None
    days = {months: months_before(ends_on, months) for months in steps}
    due = [months for months, day in days.items() if since <= day <= today < day + STAYS_DUE]
    return min(due, default=None)
