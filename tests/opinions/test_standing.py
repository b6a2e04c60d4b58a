"""Where a request stands, what it still opens, when it is reminded: a table, and properties."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.opinions.prefilling import prefill, recording_of
from projects.opinions.standing import (
    GRACE,
    Standing,
    is_open,
    is_over,
    link_expires,
    link_opens,
    may_be_read,
    reminder_due,
    standing_of,
)
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import FINAL, Macro

AT = datetime(2026, 11, 28, 10, tzinfo=UTC)
PARIS, GUADELOUPE = "Europe/Paris", "America/Guadeloupe"


@dataclass(frozen=True)
class Request:
    due_on: date = date(2026, 12, 20)
    asked_at: datetime = AT
    reminded_at: datetime | None = None
    ended_at: datetime | None = None
    answered_at: datetime | None = None
    after_decision: bool = False
    token_digest: str = "x"
    expires_at: datetime | None = AT + timedelta(days=30)


@pytest.mark.parametrize(
    ("request_", "declared", "on", "standing"),
    [
        (Request(), False, date(2026, 12, 1), Standing.WAITING),
        (Request(), True, date(2026, 12, 20), Standing.READING),
        (Request(), True, date(2026, 12, 21), Standing.LATE),
        (Request(answered_at=AT), True, date(2027, 1, 1), Standing.GIVEN),
        (Request(ended_at=AT), False, date(2027, 1, 1), Standing.ENDED),
    ],
)
def test_where_a_request_stands(request_, declared, on, standing):
    assert standing_of(request_, on, declared=declared) == standing


@pytest.mark.parametrize("macro", sorted(Macro))
def test_what_is_asked_before_the_decision_is_read_until_it_and_what_is_asked_after_until_the_end(macro):
    decided = macro in FINAL | {Macro.GRANTED, Macro.RUNNING, Macro.ELSEWHERE}
    assert is_over(Request(), macro) == decided
    assert is_over(Request(after_decision=True), macro) == (macro in FINAL | {Macro.ELSEWHERE})


@given(
    st.builds(
        Request,
        ended_at=st.sampled_from([None, AT]),
        answered_at=st.sampled_from([None, AT]),
        after_decision=st.booleans(),
        token_digest=st.sampled_from(["", "x"]),
        expires_at=st.sampled_from([None, AT - timedelta(1), AT, AT + timedelta(1)]),
    ),
    st.sampled_from(sorted(Macro)),
)
def test_a_link_opens_no_more_than_an_account_and_nothing_that_is_over(request_, macro):
    if link_opens(request_, macro, AT):
        assert is_open(request_, macro)
        assert request_.token_digest
        assert request_.expires_at > AT
    if is_open(request_, macro):
        assert may_be_read(request_, macro)
    if request_.ended_at or is_over(request_, macro):
        assert not may_be_read(request_, macro)


def test_a_link_lives_two_weeks_after_the_day_that_is_expected_and_after_it_was_sent():
    assert link_expires(date(2026, 12, 20), PARIS, AT) == datetime(2026, 12, 20, 23, tzinfo=UTC) + GRACE
    assert link_expires(date(2026, 11, 1), PARIS, AT) == AT + GRACE


@pytest.mark.parametrize(
    ("zone", "at", "reminded_at", "due"),
    [
        (PARIS, datetime(2026, 12, 13, 6, 59, tzinfo=UTC), None, False),
        (PARIS, datetime(2026, 12, 13, 7, 0, tzinfo=UTC), None, True),
        (PARIS, datetime(2026, 12, 14, 7, 0, tzinfo=UTC), datetime(2026, 12, 13, 7, 1, tzinfo=UTC), False),
        (PARIS, datetime(2026, 12, 18, 7, 0, tzinfo=UTC), datetime(2026, 12, 13, 7, 1, tzinfo=UTC), True),
        (PARIS, datetime(2026, 12, 21, 7, 0, tzinfo=UTC), None, False),
        (GUADELOUPE, datetime(2026, 12, 13, 11, 59, tzinfo=UTC), None, False),
        (GUADELOUPE, datetime(2026, 12, 13, 12, 0, tzinfo=UTC), None, True),
    ],
)
def test_a_reminder_leaves_seven_days_before_then_two_in_the_morning_there(zone, at, reminded_at, due):
    assert reminder_due(Request(reminded_at=reminded_at), zone, at) is due


def test_who_is_asked_three_days_before_is_not_reminded_of_the_seventh():
    late = Request(asked_at=datetime(2026, 12, 17, 9, tzinfo=UTC))
    assert not reminder_due(late, PARIS, datetime(2026, 12, 17, 12, tzinfo=UTC))
    assert reminder_due(replace(late), PARIS, datetime(2026, 12, 18, 12, tzinfo=UTC))


def test_the_opinion_of_the_insurance_is_recorded_by_its_move_at_its_stage_alone():
    procedure = LATEST["article-51"]
    found = recording_of(procedure, "opinions", "insurance")
    assert {found.sense, found.words, found.on} <= {one.key for one in procedure.move(found.move).fields}
    assert recording_of(procedure, "reading", "insurance") is None
    assert recording_of(procedure, "opinions", "expert") is None


@pytest.mark.parametrize("sense", ["favourable", "reserved", "unfavourable", "none"])
def test_a_sense_that_the_move_does_not_know_is_left_to_be_chosen(sense):
    move = LATEST["article-51"].move("insurance-opinion")
    known = {choice.value for one in move.fields for choice in one.choices}
    filled = prefill(recording_of(LATEST["article-51"], "opinions", "insurance"), sense, "Mots", date(2026, 12, 1))
    assert filled.get("insurance_sense", "") == (sense if sense in known else "")
    assert (filled["insurance_words"], filled["insurance_on"]) == ("Mots", "2026-12-01")
