"""The legal clock of a dossier, replayed from its journal: started, suspended, resumed, stopped. Pure.

Nothing is kept but the acts: what is due is always worked out again from them. Time that is suspended is given
back at the end of the delay.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from zoneinfo import ZoneInfo

from projects.procedures.types import Delay
from projects.procedures.vocabulary import ClockEffect, Unit

FRANCE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Tick:
    """An act that touches the clock: what it does, when, on what ground, and the delay that it starts.

    ``day_only``: it counts from a day whose hour is not known (a letter).
    """

    effect: ClockEffect
    at: datetime
    ground: str
    delay: Delay | None = None
    day_only: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the clock stands."""

    ticks: tuple[Tick, ...]
    started_at: datetime | None = None
    due_at: datetime | None = None
    suspended_at: datetime | None = None
    stopped_at: datetime | None = None
    suspended: timedelta = timedelta()
    """How long it was suspended in all, the present suspension apart."""

    @property
    def is_running(self) -> bool:
        """Tell whether time passes now."""
        return self.started_at is not None and self.suspended_at is None and self.stopped_at is None

    def elapsed(self, at: datetime) -> timedelta:
        """Return the time that counted until a moment; never negative."""
        if self.started_at is None:
            return timedelta()
        end = min(moment for moment in (at, self.suspended_at, self.stopped_at) if moment is not None)
        return max(end - self.started_at - self.suspended, timedelta())


def after(at: datetime, delay: Delay) -> datetime:
    """Return when a delay from a moment is over: the same hour in France, so many days or months later.

    A month that has no such day ends on its last one (31 January and a month: 28 February).
    """
    here = at.astimezone(FRANCE)
    if delay.unit is Unit.DAYS:
        return here + timedelta(days=delay.count)
    return add_months(here, delay.count)


def add_months(at: datetime, months: int) -> datetime:
    """Return the same day and hour some months later, or the last day of a month that is too short.

    ``OverflowError`` past the end of the calendar.
    """
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OverflowError(f"{months} months after {at:%Y-%m-%d} is past the end of the calendar")
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def replay(ticks: Iterable[Tick]) -> Clock:
    """Return where the clock stands after these acts, in their order; an effect without object changes nothing."""
    done: list[Tick] = []
    started = due = suspended_at = stopped = None
    suspended = timedelta()
    for tick in ticks:
        done.append(tick)
        match tick.effect:
            case ClockEffect.START:
                started, stopped, suspended_at, suspended = tick.at, None, None, timedelta()
                due = after(tick.at, tick.delay) if tick.delay else None
            case ClockEffect.SUSPEND if started and not suspended_at and not stopped:
                suspended_at = tick.at
            case ClockEffect.RESUME if suspended_at and not stopped:
                pause = max(tick.at - suspended_at, timedelta())
                suspended += pause
                due = due + pause if due else None
                suspended_at = None
            case ClockEffect.STOP if started and not stopped:
                stopped = tick.at
    return Clock(tuple(done), started, due, suspended_at, stopped, suspended)
