"""The legal clock: what each act does to it, and what holds whatever the acts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.engine.clock import FRANCE, Clock, Tick, add_months, after, replay
from projects.procedures.vocabulary import ClockEffect, Delay, Unit

START, SUSPEND, RESUME, STOP = ClockEffect.START, ClockEffect.SUSPEND, ClockEffect.RESUME, ClockEffect.STOP
TWO_MONTHS = Delay(2, Unit.MONTHS, "Silence.")
DAY0 = datetime(2026, 3, 2, 9, tzinfo=UTC)


def ticks(*acts: tuple[ClockEffect, int]) -> list[Tick]:
    """Acts on given days after the first one; what starts gives two months."""
    return [
        Tick(effect, DAY0 + timedelta(days=day), "", TWO_MONTHS if effect is START else None) for effect, day in acts
    ]


CASES = {
    "nothing": ([], 10, None, 0, False),
    "started": ([(START, 0)], 10, 0, 10, True),
    "not yet": ([(START, 5)], 3, 0, 0, True),
    "suspended": ([(START, 0), (SUSPEND, 4)], 10, 0, 4, False),
    "resumed: the pause is given back": ([(START, 0), (SUSPEND, 4), (RESUME, 9)], 20, 5, 15, True),
    "suspended twice": ([(START, 0), (SUSPEND, 1), (RESUME, 2), (SUSPEND, 5), (RESUME, 9)], 20, 5, 15, True),
    "suspended while suspended": ([(START, 0), (SUSPEND, 4), (SUSPEND, 8), (RESUME, 9)], 20, 5, 15, True),
    "resumed while running": ([(START, 0), (RESUME, 4)], 10, 0, 10, True),
    "stopped": ([(START, 0), (STOP, 7)], 30, 0, 7, False),
    "stopped while suspended": ([(START, 0), (SUSPEND, 3), (STOP, 7)], 30, 0, 3, False),
    "resumed after the end": ([(START, 0), (STOP, 7), (RESUME, 9)], 30, 0, 7, False),
    "stopped twice": ([(START, 0), (STOP, 7), (STOP, 9)], 30, 0, 7, False),
    "suspended before it starts": ([(SUSPEND, 0), (START, 2)], 6, 0, 4, True),
    "stopped before it starts": ([(STOP, 0), (START, 2)], 6, 0, 4, True),
    "started again: from nothing": ([(START, 0), (SUSPEND, 3), (START, 10)], 14, 0, 4, True),
}


@pytest.mark.parametrize("name", CASES)
def test_each_act_does_its_effect(name):
    acts, looked_at, given_back, elapsed, running = CASES[name]
    clock = replay(ticks(*acts))
    assert clock.elapsed(DAY0 + timedelta(days=looked_at)) == timedelta(days=elapsed)
    assert clock.is_running == running
    if given_back is None:
        assert clock.due_at is None
    else:
        began = [DAY0 + timedelta(days=day) for effect, day in acts if effect is START][-1]
        assert clock.due_at == after(began, TWO_MONTHS) + timedelta(days=given_back)


DELAYS = {
    "days keep the hour of France over the change of clocks": ("2026-03-20 09:00", Delay(20, Unit.DAYS, "x"), "2026-04-09 09:00"),
    "months keep the hour of France over the change of clocks": ("2026-03-20 09:00", Delay(1, Unit.MONTHS, "x"), "2026-04-20 09:00"),
    "the end of a short month": ("2026-01-31 12:00", Delay(1, Unit.MONTHS, "x"), "2026-02-28 12:00"),
    "the end of a leap February": ("2027-12-31 12:00", Delay(2, Unit.MONTHS, "x"), "2028-02-29 12:00"),
    "over the year": ("2026-11-30 23:59", Delay(3, Unit.MONTHS, "x"), "2027-02-28 23:59"),
    "twelve months": ("2026-05-15 08:00", Delay(12, Unit.MONTHS, "x"), "2027-05-15 08:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", DELAYS)
def test_a_delay_ends_at_the_same_hour_in_france(name):
    start, delay, end = DELAYS[name]
    at = datetime.fromisoformat(start).replace(tzinfo=FRANCE).astimezone(UTC)
    assert after(at, delay) == datetime.fromisoformat(end).replace(tzinfo=FRANCE)


def test_months_beyond_the_calendar_are_said_and_not_searched_for_ever():
    with pytest.raises(OverflowError):
        add_months(datetime(9999, 12, 31, tzinfo=UTC), 1)
    with pytest.raises(OverflowError):
        add_months(datetime(2026, 1, 31, tzinfo=UTC), 10**12)


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
ACTS = st.lists(
    st.builds(Tick, st.sampled_from(list(ClockEffect)), MOMENTS, st.just(""), st.sampled_from([TWO_MONTHS, None])), max_size=12
).map(lambda found: sorted(found, key=lambda tick: tick.at))  # fmt: skip


@given(ACTS, MOMENTS, MOMENTS)
def test_time_that_counts_is_never_negative_and_never_goes_back(acts, one, other):
    clock = replay(acts)
    early, late = sorted((one, other))
    assert timedelta() <= clock.elapsed(early) <= clock.elapsed(late)
    assert clock.elapsed(late) <= late - early + clock.elapsed(early)


@given(ACTS)
def test_something_is_due_only_where_something_started(acts):
    clock = replay(acts)
    assert clock.started_at is not None or (clock.due_at, clock.suspended_at, clock.stopped_at) == (None, None, None)
    assert clock.started_at is not None or clock == Clock(tuple(acts))
    assert clock.due_at is None or clock.due_at >= clock.started_at


@given(ACTS, MOMENTS)
def test_until_it_is_due_no_more_counts_than_the_delay(acts, at):
    clock = replay(acts)
    if clock.due_at and clock.suspended_at is None and clock.stopped_at is None:
        longest = after(clock.started_at, TWO_MONTHS) - clock.started_at.astimezone(FRANCE)
        hour = timedelta(hours=1)  # of a change of clocks
        assert clock.elapsed(min(at, clock.due_at)) <= longest + 2 * hour


@given(MOMENTS, st.integers(0, 400))
def test_months_come_in_order_and_on_a_day_that_exists(at, months):
    later = add_months(at, months)
    assert (later.year * 12 + later.month) - (at.year * 12 + at.month) == months
    assert later.day <= at.day
    assert later.timetz() == at.timetz()
