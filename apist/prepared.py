"""Queries of the ORM whose SQL is written once, and filled with the numbers and the moment of each request.

Writing the SQL of a query that has five subqueries takes the ORM longer than the database takes to answer it. What is
prepared here is written by the ORM all the same, from the same vocabulary: once with invented numbers and an invented
moment, once more with others, so that what changes between the two is known to be what a request fills in. What
changes otherwise is refused when it is prepared, not when it is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.db import connection
from django.utils import timezone

Text = tuple[str, tuple]
"""A piece of SQL and its parameters."""

NUMBERS = (7_000_000_000_000_000, 8_000_000_000_000_000)
MOMENTS = (datetime(1971, 2, 3, 10, 11, 12, 131415, UTC), datetime(1983, 8, 19, 13, 14, 15, 161718, UTC))
"""The numbers and moments with which a query is written twice; no row holds them."""
MOST_DAYS = 400
"""How many days from the moment a query may speak of (deadlines, new deposits)."""


class NotPreparable(Exception):
    """A parameter depends on the request otherwise than as a number, a moment or a day."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text, and where each of its parameters comes from: a number by its rank, days from the moment, or itself."""

    text: str
    slots: tuple[tuple[str, object], ...]

    def filled(self, numbers: Sequence[int], at: datetime) -> Text:
        """Return the text with the parameters of a request."""
        here = timezone.localtime(at).date()
        return self.text, tuple(_value(kind, what, numbers, at, here) for kind, what in self.slots)

    def rows(self, numbers: Sequence[int], at: datetime) -> list[tuple]:
        """Return what it answers: plain values of the database, without the ORM's conversions."""
        with connection.cursor() as cursor:
            cursor.execute(*self.filled(numbers, at))
            return cursor.fetchall()


def prepare(write: Callable[[Sequence[int], datetime], Text], how_many: int = 0) -> Prepared:
    """Return a query that is written for some numbers, in ascending order, and a moment; :class:`NotPreparable`."""
    first, second = (
        write([start + rank for rank in range(how_many)], at) for start, at in zip(NUMBERS, MOMENTS, strict=True)
    )
    if first[0] != second[0] or len(first[1]) != len(second[1]):
        raise NotPreparable
    slots = []
    for one, other in zip(first[1], second[1], strict=True):
        slot = _slot(one, 0, how_many)
        if slot != _slot(other, 1, how_many) or (slot is None and one != other):
            raise NotPreparable(one, other)
        slots.append(slot or ("", one))
    return Prepared(first[0], tuple(slots))


def _slot(value, turn: int, how_many: int) -> tuple[str, object] | None:
    """Return where a parameter comes from; None where it is always the same."""
    if type(value) is int and 0 <= value - NUMBERS[turn] < how_many:
        return "number", value - NUMBERS[turn]
    return _days(turn).get((type(value), value)) if isinstance(value, str | date) else None


@cache
def _days(turn: int) -> dict:
    """Return how many days from the moment each moment and each day are that a parameter may name."""
    at, found = MOMENTS[turn], {}
    for days in map(timedelta, range(-MOST_DAYS, MOST_DAYS + 1)):
        for kind, value in (("at", _moment(at + days)), ("on", _day(timezone.localtime(at).date() + days))):
            found[type(value), value] = (kind, days)
    return found


def _value(kind: str, what, numbers: Sequence[int], at: datetime, here: date):
    match kind:
        case "number":
            return numbers[what]
        case "at":
            return _moment(at + what)
        case "on":
            return _day(here + what)
    return what


def _moment(at: datetime):
    return connection.ops.adapt_datetimefield_value(at)


def _day(day: date):
    return connection.ops.adapt_datefield_value(day)
