"""The financing model as a drawing: for each year, a bar of what is paid and a bar of what is avoided. Pure.

The drawing says nothing that the table beside it does not; sizes are whole numbers, heights in proportion.
"""

from dataclasses import dataclass
from decimal import Decimal

from projects.specification.model import Table

WIDTH, HEIGHT, FOOT, TOP = 640, 240, 24, 8
MOST_BAR = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar. ``is_cost``: what is paid; else what is avoided."""

    x: int
    y: int
    width: int
    height: int
    is_cost: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A year under its bars."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, and the frame in which it is."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - FOOT


def chart_of(table: Table) -> Chart | None:
    """Return the drawing of a model; None where there is nothing to draw."""
    most = max((max(row.cost, row.avoided) for row in table.rows), default=Decimal(0))
    if most <= 0:
        return None
    step = WIDTH // len(table.rows)
    width = max(min(step // 3, MOST_BAR), 1)
    bars, marks = [], []
    for rank, row in enumerate(table.rows):
        middle = rank * step + step // 2
        for amount, x, is_cost in ((row.cost, middle - width, True), (row.avoided, middle, False)):
            height = int(amount / most * (HEIGHT - FOOT - TOP))
            bars.append(Bar(x, HEIGHT - FOOT - height, width, height, is_cost))
        marks.append(Mark(middle, str(row.given.year)))
    return Chart(tuple(bars), tuple(marks))
