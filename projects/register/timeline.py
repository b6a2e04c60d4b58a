"""Where the phases of an experiment go in its picture: years across, a bar a phase, the limits of the law. Pure.

What the picture says, the table under it says in words. Sure, optional and « au plus tard » are told apart
by how a bar is drawn and by words, never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from projects.register.schedule import DAY, Schedule, Stretch

WIDTH, LEFT, RIGHT, TOP, STEP, BAR = 800, 10, 790, 34, 48, 18
MOST_YEARS = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase: where its bar begins and ends, how much of it is only possible, where its name goes."""

    stretch: Stretch
    name: str
    x: int
    width: int
    more: int
    y: int

    @property
    def words(self) -> int:
        """Return where the name stands: above the bar."""
        return self.y - 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that crosses the picture, and its words."""

    x: int
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the template draws."""

    bars: tuple[Bar, ...]
    years: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    today: Mark | None
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP

    @property
    def bottom(self) -> int:
        """Return where the bars end and the words of the limits begin."""
        return self.height - 22 * len(self.limits) - 22


def chart_of(schedule: Schedule, names: Sequence[str], at: date) -> Chart | None:
    """Return the picture of the phases of which both ends are known; None where there is none."""
    drawn = [(one, name) for one, name in zip(schedule.stretches, names, strict=True) if one.begins and one.last_day]
    if not drawn:
        return None
    limits = schedule.limits
    first = min(one.begins for one, _ in drawn).year
    days = [*(one.last_day for one, _ in drawn), *(limit.ends for limit in limits)]
    last = min(max(day.year for day in days) + 1, first + MOST_YEARS, date.max.year)
    begin, end = date(first, 1, 1), date(last, 1, 1) if last > first else date(first, 12, 31)

    def across(day: date) -> int:
        inside = min(max(day, begin), end)
        return LEFT + (inside - begin).days * (RIGHT - LEFT) // (end - begin).days

    bars = []
    for rank, (one, name) in enumerate(drawn):
        x, sure, most = across(one.begins), across(_after(one.ends or one.begins)), across(_after(one.last_day))
        bars.append(Bar(one, name, x, max(sure - x, 2), most - sure, TOP + 20 + rank * STEP))
    words = {"experiment": "cinq ans", "transition": "dix-huit mois"}
    return Chart(
        bars=tuple(bars),
        years=tuple(Mark(across(date(year, 1, 1)), str(year)) for year in range(first, last + 1)),
        limits=tuple(Mark(across(_after(one.ends)), words[one.kind], "end") for one in limits),
        today=Mark(across(at), "aujourd'hui") if begin <= at <= end else None,
        height=TOP + len(bars) * STEP + 22 * len(limits) + 34,
    )


def _after(day: date) -> date:
    return day + DAY if day < date.max else day
