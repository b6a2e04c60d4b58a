"""Bars of a table, as numbers that a template writes into SVG attributes: no style, hence nothing for the CSP. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, BAR, LABEL, GAP = 640, 14, 18, 8
MOST = 12
"""Rows that are drawn; the table has them all."""

NUMBERS = 110
"""Kept at the right of the longest bar for its number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it is, how long, which column it draws, and its number in words."""

    y: int
    text_y: int
    width: int
    text_x: int
    column: int
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of a row, under its name."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    height: int
    groups: tuple[Group, ...]
    left_out: int = 0
    width: int = WIDTH


def chart(rows: Sequence[Sequence], drawn: Sequence[int]) -> Chart | None:
    """Return the bars of the first rows, the longest as wide as there is room; None where there is nothing to draw."""
    shown = [row for row in rows[:MOST] if any(row[column] for column in drawn)]
    most = max((row[column] or 0 for row in shown for column in drawn), default=0)
    if most <= 0:
        return None
    groups, y = [], 0
    for row in shown:
        top = y + LABEL
        bars = tuple(_bar(row[column] or 0, most, top + rank * (BAR + 2), rank) for rank, column in enumerate(drawn))
        groups.append(Group(str(row[0]), y + LABEL - 5, bars))
        y = top + len(drawn) * (BAR + 2) + GAP
    return Chart(y, tuple(groups), max(len(rows) - MOST, 0))


def _bar(value: int | Decimal, most: int | Decimal, y: int, rank: int) -> Bar:
    width = max(int(value * (WIDTH - NUMBERS) / most), 1) if value > 0 else 0
    return Bar(y, y + BAR - 3, width, width + 6, rank, value)
