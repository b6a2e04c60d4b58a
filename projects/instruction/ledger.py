"""The legal clock as a ledger: each act that touched it, on what ground, and what was due from then on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from projects.engine.clock import Clock, Tick, replay
from projects.instruction.wording import CLOCK, NO_EFFECT, delay_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """An act that touched the clock. ``due_at``: what is due after it; None while nothing runs."""

    at: datetime
    what: str
    ground: str
    delay: str
    due_at: datetime | None
    suspended: bool
    day_only: bool = False


def ledger(ticks: Sequence[Tick]) -> list[Line]:
    """Return the lines of a clock in their order; an act that changed nothing says so rather than be hidden."""
    lines, before = [], replay(())
    for number, tick in enumerate(ticks, 1):
        after = replay(ticks[:number])
        lines.append(
            Line(
                tick.at,
                CLOCK[tick.effect] if _changed(before, after) else f"{CLOCK[tick.effect]}. {NO_EFFECT}",
                tick.ground,
                delay_in_words(tick.delay) if tick.delay else "",
                after.due_at if after.is_running else None,
                after.suspended_at is not None and after.stopped_at is None,
                tick.day_only,
            )
        )
        before = after
    return lines


def _changed(before: Clock, after: Clock) -> bool:
    """Tell whether an act moved the clock, the list of acts apart."""
    names = ("started_at", "due_at", "suspended_at", "stopped_at", "suspended")
    return any(getattr(before, name) != getattr(after, name) for name in names)
