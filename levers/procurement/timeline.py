"""Where the lines of the picture of thresholds go: years across, euros upwards. Pure geometry, drawn by a template.

Each line is a threshold as it moved; what it says in the picture, the table beside it
says in words. Lines differ by their dashes and by the name at their end, never by
colour alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from levers.procurement.rules import EVERYONE, Key, Purchases, Threshold

WIDTH, HEIGHT = 800, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 600, 20, 360
FIRST_YEAR = 2020
STEP = 50_000
MOST_YEARS = 20
SHOWN = (Key.FREE, Key.INNOVATIVE, Key.FORMAL)
"""The announcement has no line: its amount has not moved, and would run into that of the innovative purchase."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text, or a line that crosses the picture, and where it stands."""

    x: int
    y: int
    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold through the years: its path, its amounts where they begin, where its name goes."""

    key: Key
    buyers: str
    rank: int
    path: str
    values: tuple[Mark, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the template draws."""

    lines: tuple[Line, ...]
    years: tuple[Mark, ...]
    amounts: tuple[Mark, ...]
    need: Mark | None = None
    day: Mark | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class Frame:
    """What the picture spans, and where a day and an amount stand in it."""

    begin: date
    end: date
    most: int

    def across(self, day: date) -> int:
        """Return how far to the right a day stands; those outside stand on the edge."""
        inside = min(max(day, self.begin), self.end)
        return LEFT + (inside - self.begin).days * (RIGHT - LEFT) // (self.end - self.begin).days

    def upwards(self, value: Decimal | int) -> int:
        """Return how high an amount stands."""
        return BOTTOM - int(value) * (BOTTOM - TOP) // self.most


def chart_of(thresholds: Iterable[Threshold], amount: Decimal | None = None, on: date | None = None) -> Chart | None:
    """Return the picture for supplies and services, with a need and a day where they fall inside; None without rows.

    Works have no picture: their formal threshold is fifty times the others, which would
    all lie on the ground.
    """
    begin = date(FIRST_YEAR, 1, 1)
    asked = (EVERYONE, Purchases.SUPPLIES_SERVICES)
    rows = [t for t in thresholds if t.key in SHOWN and t.category in asked and (t.valid_to or date.max) >= begin]
    if not rows:
        return None
    last_year = max((one.valid_to or one.valid_from).year for one in rows)
    end = date(min(max(last_year, FIRST_YEAR), FIRST_YEAR + MOST_YEARS) + 1, 1, 1)
    frame = Frame(begin, end, (max(int(one.value) for one in rows) // STEP + 1) * STEP)
    rows.sort(key=lambda one: (*_series(one), one.valid_from))
    return Chart(
        lines=tuple(_line(list(same), rank, frame) for rank, (_, same) in enumerate(groupby(rows, _series))),
        years=tuple(Mark(frame.across(date(y, 1, 1)), BOTTOM, str(y)) for y in range(begin.year, end.year + 1)),
        amounts=tuple(Mark(LEFT, frame.upwards(v), "", Decimal(v)) for v in range(0, frame.most + 1, STEP)),
        need=Mark((LEFT + RIGHT) // 2, frame.upwards(amount), "", amount)
        if amount is not None and amount < frame.most
        else None,
        day=Mark(frame.across(on), TOP, "") if on and begin <= on < end else None,
    )


def _series(one: Threshold) -> tuple[int, str]:
    return SHOWN.index(one.key), one.buyers


def _line(rows: list[Threshold], rank: int, frame: Frame) -> Line:
    """Return the steps of one threshold; a gap in its days is a gap in its line."""
    path, values, pen = [], [], None
    for one in rows:
        left, height = frame.across(one.valid_from), frame.upwards(one.value)
        path.append(f"M{left} {height}" if pen is None or left > pen else f"V{height}")
        pen = frame.across(one.valid_to + timedelta(days=1) if one.valid_to and one.valid_to < frame.end else frame.end)
        path.append(f"H{pen}")
        if not values or values[-1].value != one.value:
            values.append(Mark(left, height, "", one.value))
    return Line(rows[0].key, rows[0].buyers, rank, "".join(path), tuple(values), frame.upwards(rows[-1].value))
