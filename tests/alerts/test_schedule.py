"""Alerts run in the morning, on the clocks of France, winter and summer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.alerts.schedule import FRANCE, Frequency, next_run
from levers.models import Alert


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=FRANCE)


@pytest.mark.parametrize(
    ("frequency", "after", "expected"),
    [
        ("daily", "2026-11-23T06:00", "2026-11-23T06:30"),
        ("daily", "2026-11-23T06:30", "2026-11-24T06:30"),
        ("daily", "2026-11-23T23:59", "2026-11-24T06:30"),
        ("weekly", "2026-11-23T06:00", "2026-11-23T06:30"),  # a Monday
        ("weekly", "2026-11-23T06:30", "2026-11-30T06:30"),
        ("weekly", "2026-11-24T00:00", "2026-11-30T06:30"),
        ("daily", "2026-03-28T12:00", "2026-03-29T06:30"),  # the hour changes that night
        ("daily", "2026-12-31T12:00", "2027-01-01T06:30"),
    ],
)
def test_the_next_morning_of_a_frequency(frequency, after, expected):
    assert next_run(frequency, paris(after)) == paris(expected)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)), st.sampled_from([*Frequency]))
def test_a_run_is_always_ahead_and_never_further_than_the_frequency(after, frequency):
    moment = next_run(frequency, after)
    assert after < moment <= after + timedelta(days=1 if frequency == Frequency.DAILY else 7, hours=1)


def test_the_base_and_the_rule_know_the_same_frequencies():
    assert set(Alert.Frequency.values) == {*Frequency}
