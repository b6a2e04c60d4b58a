"""When a dossier goes: the rule as a table, and what holds whatever the dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.procedures.vocabulary import FINAL, Macro
from projects.retention.calendar import LEAVING, Kept, Step, due, last_day_of

DRAFT = Kept(Macro.DRAFT, date(2026, 1, 31), None, False, False, False, draft_months=24, kept_months=120)
ENDED = replace(DRAFT, macro=Macro.CLOSED, ended_on=date(2026, 3, 10), deposited=True)

LAST_DAYS = {
    "a draft, from its last change": (DRAFT, date(2028, 1, 31)),
    "a draft of the last day of a long month": (replace(DRAFT, draft_months=25), date(2028, 2, 29)),
    "what ended, from its end": (ENDED, date(2036, 3, 10)),
    "refused": (replace(ENDED, macro=Macro.REFUSED), date(2036, 3, 10)),
    "deposited elsewhere, from its last change": (replace(DRAFT, macro=Macro.ELSEWHERE), date(2036, 1, 31)),
    "given back as a draft after a deposit: open": (replace(DRAFT, deposited=True), None),
    "under review": (replace(ENDED, macro=Macro.REVIEW, ended_on=None), None),
    "granted": (replace(ENDED, macro=Macro.GRANTED, ended_on=None), None),
    "erased already": (replace(ENDED, erased=True), None),
}


@pytest.mark.parametrize("name", LAST_DAYS)
def test_the_last_day_of_keeping(name):
    kept, day = LAST_DAYS[name]
    assert last_day_of(kept) == day


LAST = date(2028, 1, 31)
WARNED = replace(DRAFT, announced=LAST, warned_on=date(2027, 12, 3))
REMINDED = replace(WARNED, reminded_on=date(2028, 1, 17))

STEPS = {
    "61 days before: nothing": (DRAFT, date(2027, 12, 2), None),
    "60 days before: warned": (DRAFT, date(2027, 12, 3), Step.WARN),
    "once is enough": (WARNED, date(2027, 12, 4), None),
    "15 days before: reminded": (WARNED, date(2028, 1, 17), Step.REMIND),
    "once is enough too": (REMINDED, date(2028, 1, 18), None),
    "the last day is kept": (REMINDED, LAST, None),
    "the day after it goes": (REMINDED, date(2028, 2, 1), Step.ERASE),
    "held: nothing, however late": (replace(REMINDED, held=True), date(2040, 1, 1), None),
    "the portal was stopped for years: warned first": (DRAFT, date(2031, 6, 1), Step.WARN),
    "warned late: the 60 days run from there": (replace(WARNED, warned_on=date(2031, 6, 1)), date(2031, 7, 1), None),
    "reminded late: the 15 days run from there": (replace(REMINDED, reminded_on=date(2028, 3, 1)), date(2028, 3, 15), None),
    "a warning for another day counts for nothing": (replace(REMINDED, announced=date(2028, 1, 1)), date(2028, 2, 1), Step.WARN),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_what_a_day_asks_for(name):
    kept, on, step = STEPS[name]
    assert due(kept, on).step == step


days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
anything = st.builds(
    Kept, st.sampled_from(list(Macro)), days, st.none() | days, st.booleans(), st.booleans(), st.booleans(),
    st.integers(1, 60), st.integers(1, 240), st.none() | days, st.none() | days, st.none() | days,
)  # fmt: skip


@given(anything, days)
def test_nothing_open_held_or_unannounced_is_ever_erased(kept, on):
    if due(kept, on).step is not Step.ERASE:
        return
    assert kept.macro in FINAL | {Macro.DRAFT, Macro.ELSEWHERE} == LEAVING
    assert not kept.held
    assert not kept.erased
    assert kept.announced == last_day_of(kept) < on
    assert on - kept.warned_on >= timedelta(days=60)
    assert on - kept.reminded_on >= timedelta(days=15)


@given(anything.filter(lambda kept: not kept.held and last_day_of(kept)), st.integers(0, 30))
def test_from_any_state_a_clock_that_runs_warns_then_reminds_then_erases(kept, gap):
    on, steps = last_day_of(kept) + timedelta(days=1), []
    while len(steps) < 3 and on < date(2100, 1, 1):
        step = due(kept, on).step
        if step is Step.WARN:
            kept = replace(kept, announced=last_day_of(kept), warned_on=on, reminded_on=None)
        elif step is Step.REMIND:
            kept = replace(kept, reminded_on=on)
        if step:
            steps.append(step)
        if step is Step.ERASE:
            break
        on += timedelta(days=1 + gap)
    assert steps == [Step.WARN, Step.REMIND, Step.ERASE][-len(steps) :]
    assert steps[-1] is Step.ERASE
