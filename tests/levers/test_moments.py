"""The first day on which something already known makes a difference."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from levers.moments import earliest, next_change

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row(), None),
        (Row(opens_on=date(2026, 6, 1)), None),
        (Row(opens_on=date(2026, 6, 2)), date(2026, 6, 2)),
        (Row(closes_on=date(2026, 5, 31)), None),
        (Row(closes_on=date(2026, 6, 1)), date(2026, 6, 2)),
        (Row(closes_on=None, valid_to=date(2026, 12, 31)), date(2027, 1, 1)),
        (Row(valid_from=date(2026, 7, 1), valid_to=date(2026, 12, 31)), date(2026, 7, 1)),
        (Row(ended_on=date(2026, 6, 5)), date(2026, 6, 5)),
        (Row(review_due=date(2026, 6, 5)), date(2026, 6, 6)),
        (Row(valid_to=date.max), date.max),
    ],
)
def test_the_next_change_is_the_day_a_period_begins_or_the_day_after_it_ends(row, expected):
    assert next_change([row], TODAY) == expected


def test_of_several_rows_the_first_change_counts():
    rows = [Row(opens_on=date(2026, 9, 1)), Row(closes_on=date(2026, 6, 30)), Row()]
    assert next_change(rows, TODAY) == date(2026, 7, 1)
    assert next_change([], TODAY) is None


def test_the_earliest_of_days_of_which_some_are_unknown():
    assert earliest([None, date(2026, 2, 1), date(2026, 1, 1)]) == date(2026, 1, 1)
    assert earliest([None]) is None
