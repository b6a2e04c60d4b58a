"""Indicators as both sides say them, side by side, and whether a target is reached. Pure.

A value is corrected by a later one of the same day and side: the last one counts, the others remain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

APPLICANT, AGENCY, EVALUATOR = "applicant", "agency", "evaluator"
JUNE, DECEMBER = (6, 30), (12, 31)


@dataclass(frozen=True, slots=True)
class Said:
    """A value of an indicator: which, on which day, by which side, said when."""

    indicator: int
    on: date
    side: str
    value: Decimal
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A day of an indicator: what each side says of it, and how many values were corrected."""

    on: date
    applicant: Decimal | None
    agency: Decimal | None
    evaluator: Decimal | None
    corrected: int

    @property
    def differs(self) -> bool:
        """Tell whether two sides say two things."""
        return len({value for value in (self.applicant, self.agency, self.evaluator) if value is not None}) > 1


def lines_of(values: Iterable[Said]) -> dict[int, list[Line]]:
    """Return the days of each indicator, the last first, with the last value of each side."""
    last: dict[tuple[int, date], dict[str, Decimal]] = {}
    count: dict[tuple[int, date], int] = {}
    for one in sorted(values, key=lambda said: said.said_at):
        day = (one.indicator, one.on)
        last.setdefault(day, {})[one.side] = one.value
        count[day] = count.get(day, 0) + 1
    found: dict[int, list[Line]] = {}
    for indicator, on in sorted(last, key=lambda day: (day[0], day[1]), reverse=True):
        said = last[indicator, on]
        sides = (said.get(APPLICANT), said.get(AGENCY), said.get(EVALUATOR))
        found.setdefault(indicator, []).append(Line(on, *sides, count[indicator, on] - len(said)))
    return found


def half_years(start: date, end: date) -> list[date]:
    """Return the last days of the half-years that end within a period, both ends included."""
    ends = [date(year, *day) for year in range(start.year, end.year + 1) for day in (JUNE, DECEMBER)]
    return [day for day in ends if start <= day <= end]


def half_year_of(day: date) -> date:
    """Return the first day of the half-year that ends on a day."""
    return date(day.year, 1, 1) if (day.month, day.day) == JUNE else date(day.year, 7, 1)


def is_told(day: date, until: date, told: Iterable[date]) -> bool:
    """Tell whether a value was given for the half-year that ends on a day: dated within it, or soon after."""
    return any(half_year_of(day) <= on <= until for on in told)


def a_month_after(day: date) -> date:
    """Return until when the values of a half-year are waited for: 31 days, a usage of the portal."""
    return day + timedelta(days=31)
