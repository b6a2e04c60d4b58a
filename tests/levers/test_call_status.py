"""Whether one can still answer a call: the same for the object and for the database, at any moment, in any place."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levers.calls.status import CallStatus, Moment, next_change, standing
from levers.clocks import ZONES
from levers.models import Call
from tests import factories

PARIS = "Europe/Paris"


def events(*triples) -> list[Moment]:
    return [
        Moment(str(number), kind, "", date.fromisoformat(day), time.fromisoformat(hour) if hour else None)
        for number, (kind, day, hour) in enumerate(triples)
    ]


SPRING = (("opening", "2026-03-01", ""), ("closing", "2026-04-15", ""))
NOON = (("opening", "2026-03-01", "10:00"), ("closing", "2026-04-15", "12:00"))


@pytest.mark.parametrize(
    ("dates", "at", "status"),
    [
        (SPRING, date(2026, 2, 28), "upcoming"),
        (SPRING, date(2026, 3, 1), "open"),
        (SPRING, date(2026, 3, 31), "open"),
        (SPRING, date(2026, 4, 1), "closing-soon"),
        (SPRING, date(2026, 4, 15), "closing-soon"),
        (SPRING, date(2026, 4, 16), "closed"),
        (SPRING, datetime(2026, 4, 15, 21, 59, tzinfo=UTC), "closing-soon"),
        (SPRING, datetime(2026, 4, 15, 22, 0, tzinfo=UTC), "closed"),
        (NOON, date(2026, 3, 1), "open"),
        (NOON, datetime(2026, 3, 1, 8, 59, tzinfo=UTC), "upcoming"),
        (NOON, datetime(2026, 3, 1, 9, 0, tzinfo=UTC), "open"),
        (NOON, date(2026, 4, 15), "closing-soon"),
        (NOON, datetime(2026, 4, 15, 10, 0, tzinfo=UTC), "closing-soon"),
        (NOON, datetime(2026, 4, 15, 10, 0, 1, tzinfo=UTC), "closed"),
        ((("opening", "2026-03-01", ""),), date(2030, 1, 1), "open"),
        ((("closing", "2026-04-15", ""),), date(2026, 1, 1), "open"),
        ((("closing", "2026-04-15", ""),), date(2026, 4, 10), "closing-soon"),
        ((("closing", "2026-04-15", ""),), date(2026, 4, 16), "closed"),
        ((("hearing", "2026-04-15", ""),), date(2026, 4, 1), "closed"),
        ((), date(2026, 4, 1), "closed"),
        ((*SPRING, ("opening", "2027-03-01", "")), date(2026, 5, 1), "upcoming"),
        ((*SPRING, ("opening", "2027-03-01", "")), date(2027, 3, 1), "open"),
        ((*SPRING, ("closing", "2027-03-01", "")), date(2026, 5, 1), "closed"),
    ],
)
def test_the_dates_and_the_moment_give_the_status(dates, at, status):
    assert standing(events(*dates), expected=False, zone=PARIS, at=at).status == status


def test_a_call_expected_back_is_upcoming_without_a_date_and_tells_its_last_campaign():
    where = standing(events(*SPRING), expected=True, zone=PARIS, at=date(2026, 5, 1))
    assert (where.status, where.opens.day, where.closes.day) == ("upcoming", date(2026, 3, 1), date(2026, 4, 15))


def test_an_expected_call_is_open_while_it_is_open():
    assert standing(events(*SPRING), expected=True, zone=PARIS, at=date(2026, 3, 9)).status == "open"


def test_the_last_day_ends_with_the_day_of_the_place():
    last_hour_there = datetime(2026, 4, 16, 3, 59, tzinfo=UTC)
    assert (
        standing(events(*SPRING), expected=False, zone="America/Guadeloupe", at=last_hour_there).status
        == "closing-soon"
    )
    assert standing(events(*SPRING), expected=False, zone=PARIS, at=last_hour_there).status == "closed"


def test_what_comes_next_may_be_something_else_than_the_end():
    dates = events(*SPRING, ("letter", "2026-03-20", ""), ("results", "2026-06-01", ""))
    where = standing(dates, expected=False, zone=PARIS, at=date(2026, 3, 10))
    assert (where.next.kind, where.closes.day) == ("letter", date(2026, 4, 15))
    assert standing(dates, expected=False, zone=PARIS, at=date(2026, 5, 1)).next.kind == "results"


KINDS = st.sampled_from(["opening", "closing", "closing", "opening", "letter", "results"])
DAYS = st.dates(date(2026, 3, 20), date(2026, 4, 20))
HOURS = st.none() | st.sampled_from([time(0, 0), time(12, 0), time(23, 59), time(9, 30)])
DATES = st.lists(st.tuples(KINDS, DAYS, HOURS), max_size=5)
MOMENTS = st.datetimes(datetime(2026, 3, 18), datetime(2026, 4, 22), timezones=st.just(UTC)) | DAYS


@pytest.mark.django_db
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(DATES, st.booleans(), st.sampled_from(sorted(ZONES)), st.lists(MOMENTS, min_size=1, max_size=4))
def test_the_database_and_the_object_agree(dates, expected, zone, moments):
    Call.objects.all().delete()
    call = factories.make_call(expected=expected, time_zone=zone)
    for kind, day, hour in dates:
        factories.make_event(call, kind, day.isoformat(), hour.isoformat() if hour else "")
    told = [Moment(e.key, e.kind, "", e.day, e.hour) for e in call.events.all()]
    for at in moments:
        where = standing(told, expected=expected, zone=zone, at=at)
        found = {
            "open": Call.objects.open(at).exists(),
            "upcoming": Call.objects.upcoming(at).exists(),
            "closed": Call.objects.closed(at).exists(),
        }
        plain = "open" if where.status == CallStatus.CLOSING_SOON else where.status.value
        assert found == {name: name == plain for name in found}


@settings(max_examples=150, deadline=None)
@given(
    DATES,
    st.booleans(),
    st.sampled_from(sorted(ZONES)),
    st.datetimes(datetime(2026, 3, 18), datetime(2026, 4, 22), timezones=st.just(UTC)),
)
def test_nothing_changes_before_the_instant_that_is_announced(dates, expected, zone, at):
    told = [Moment(str(n), kind, "", day, hour) for n, (kind, day, hour) in enumerate(dates)]
    until = next_change(told, zone, at) or at + timedelta(days=60)
    before = standing(told, expected=expected, zone=zone, at=at)
    for moment in (at + (until - at) / 2, until - timedelta(microseconds=1)):
        assert standing(told, expected=expected, zone=zone, at=max(moment, at)) == before


@pytest.mark.django_db
def test_calls_closing_by_a_day_are_open_and_end_by_then():
    ends = factories.make_call(events=[("opening", "2026-03-01"), ("closing", "2026-04-15")])
    factories.make_call(events=[("opening", "2026-03-01"), ("closing", "2026-04-16")])
    factories.make_call(events=[("opening", "2026-04-10"), ("closing", "2026-04-15")])
    assert list(Call.objects.closing_by(date(2026, 4, 2), date(2026, 4, 15))) == [ends]
