"""When what was granted ends, against the law, and when people are warned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.ending.rules import end_of, months_before, warning_due
from projects.procedures.catalogue import LATEST

ARTICLE_51, FIR = LATEST["article-51"].public, LATEST["fir"].public
INCLUDED = {"first_inclusion_on": date(2024, 1, 15)}


@pytest.mark.parametrize(
    ("values", "ends", "limit"),
    [
        (INCLUDED | {"months_authorised": 36}, date(2027, 1, 14), date(2029, 1, 14)),
        (INCLUDED | {"months_authorised": 60}, date(2029, 1, 14), date(2029, 1, 14)),
        (
            INCLUDED | {"months_authorised": 60, "transition_starts_on": date(2029, 1, 15), "transition_months": 18},
            date(2030, 7, 14), date(2030, 7, 14),
        ),
    ],
)  # fmt: skip
def test_an_experiment_ends_counted_from_its_first_inclusion_within_what_the_law_allows(values, ends, limit):
    end = end_of(ARTICLE_51, values)
    assert (end.on, end.limit.ends, end.is_beyond) == (ends, limit, False)


def test_an_end_beyond_the_law_is_said():
    end = end_of(ARTICLE_51, INCLUDED | {"months_authorised": 61})
    assert end.is_beyond
    assert end.room < 0


def test_nothing_is_said_before_the_first_inclusion():
    assert end_of(ARTICLE_51, {"months_authorised": 36}) is None
    assert end_of(FIR, {}) is None


def test_a_subsidy_ends_with_its_exercise_and_has_no_limit():
    end = end_of(FIR, {"exercise_ends_on": date(2027, 12, 31)})
    assert (end.on, end.limit, end.room) == (date(2027, 12, 31), None, None)


ENDS = date(2027, 1, 14)
SINCE = date(2024, 1, 15)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 1, 13), None), (date(2026, 1, 14), 12), (date(2026, 2, 12), 12), (date(2026, 2, 13), None),
        (date(2026, 7, 13), None), (date(2026, 7, 14), 6), (date(2026, 10, 14), 3), (date(2026, 11, 12), 3),
        (date(2026, 11, 13), None), (date(2027, 1, 15), None),
    ],
)  # fmt: skip
def test_people_are_warned_a_year_then_six_months_then_three_before(today, months):
    assert warning_due(ENDS, (12, 6, 3), SINCE, today) == months


def test_who_starts_late_is_not_warned_of_what_they_know():
    assert warning_due(ENDS, (12, 6, 3), date(2026, 9, 1), date(2026, 9, 2)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_a_month_before_is_never_later_and_never_more_than_its_length(day, months):
    before = months_before(day, months)
    assert before <= day
    assert day - before <= timedelta(days=31 * months)
