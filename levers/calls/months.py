"""A month as a calendar: its days, what happens on each of them, the months before and after. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from levers.calls.sentences import MONTHS, name_of
from levers.calls.status import Moment

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)

MOST = 6
"""How many events a day tells; the list tells them all."""


class Told(Protocol):
    """What is read of a call."""

    title: str
    url: str
    events: Iterable[Moment]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month and what happens on it: name of the event, title and address of the call."""

    day: date
    events: tuple[tuple[str, str, str], ...]
    others: int

    @property
    def weekday(self) -> str:
        """Return the name of the day."""
        return WEEKDAYS[self.day.weekday()]


@dataclass(frozen=True, slots=True)
class Month:
    """A month, its days and its neighbours as addresses write them."""

    first: date
    days: tuple[Day, ...]

    @property
    def name(self) -> str:
        """Return « mars 2026 »."""
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def before(self) -> str:
        """Return the month before, as an address writes it."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """Return the month after, as an address writes it."""
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def begins_on(self) -> int:
        """Return the column of the first day: 1 for a Monday."""
        return self.first.isoweekday()

    @property
    def total(self) -> int:
        """Return how many events it holds."""
        return sum(len(day.events) + day.others for day in self.days)


def first_day(written: str, today: date) -> date:
    """Return the first day of the month that an address writes, of this month where it writes none."""
    found = WRITTEN.fullmatch(written)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month_of(calls: Iterable[Told], first: date) -> Month:
    """Return what happens in the month that begins on ``first``; dates that no source gives to the day stay out."""
    last = (first + timedelta(days=31)).replace(day=1)
    found: dict[date, list] = defaultdict(list)
    for call in calls:
        for event in call.events:
            if first <= event.day < last and event.precision == "day":
                found[event.day].append((name_of(event), call.title, call.url))
    days = (first + timedelta(days=number) for number in range((last - first).days))
    return Month(first, tuple(_day(day, sorted(found[day])) for day in days))


def _day(day: date, events: list) -> Day:
    return Day(day, tuple(events[:MOST]), max(0, len(events) - MOST))
