"""Calls: what all share, and what each extra adds."""

from datetime import timedelta

import pytest

from projects.procedures.calls.published import CALLS
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import DECIDERS, Party
from projects.procedures.walks import steps
from tests.procedures.builders import NOON, refused

HOUR = timedelta(hours=1)
FIRST_DEPOSIT = {one.key: one.deposit.key for one in CALLS}


@pytest.mark.parametrize("procedure", CALLS, ids=lambda one: one.key)
@pytest.mark.parametrize(
    ("opens", "closes", "allowed"),
    [
        (None, None, True),
        (NOON - HOUR, NOON + HOUR, True),
        (NOON + HOUR, None, False),
        (None, NOON, False),
    ],
)
def test_one_answers_within_the_window_of_the_call(procedure, opens, closes, allowed):
    found = refused(
        procedure,
        procedure.deposit.key,
        opens_at=opens,
        closes_at=closes,
        answers={"commits_to_specification": True},
    )
    assert (found == []) is allowed


@pytest.mark.parametrize("procedure", CALLS, ids=lambda one: one.key)
def test_a_call_is_opened_for_a_call_and_compares_before_it_chooses(procedure):
    assert procedure.needs_call
    assert "done-rank" in refused(procedure, "propose", given={"outcome": "grant"})
    assert {one.value for one in procedure.move("propose").fields[0].choices} == {"grant", "reserve", "refuse"}


@pytest.mark.parametrize("procedure", CALLS, ids=lambda one: one.key)
def test_the_waiting_list_ends_by_a_decision_either_way(procedure):
    leaving = {one.key: (one.by, one.decides) for one in procedure.moves_from("reserve") if one.key != "withdraw"}
    assert leaving == {
        "call-up": (DECIDERS, True),
        "end-reserve": (DECIDERS, True),
    }


@pytest.mark.parametrize(
    ("commits", "why"),
    [(True, []), (False, ["answered-commits_to_specification"]), (None, ["answered-commits_to_specification"])],
)
def test_a_candidate_commits_to_the_solution_described(commits, why):
    assert refused(LATEST["call-aac"], "deposit", answers={"commits_to_specification": commits}) == why


@pytest.mark.parametrize("key", ["call-aap-letter", "call-aap-letter-jury", "call-ami-letter"])
def test_a_letter_asks_for_the_idea_alone_and_the_full_file_has_its_own_date(key):
    procedure = LATEST[key]
    assert procedure.deposit.key == "deposit-letter"
    assert {one.key for one in procedure.asked_by("deposit-letter").sections} == {"idea", "impact", "body"}
    assert procedure.asked_by("deposit-letter").pieces == ()
    assert {one.key for one in procedure.asked_by("deposit").sections} == {one.key for one in procedure.sections}
    assert refused(procedure, "deposit", closes_at=NOON - HOUR, due_at=NOON + HOUR) == []
    assert refused(procedure, "deposit", due_at=NOON) == ["in-time"]
    assert procedure.move("invite").due_from == "full_file_by"


def test_a_full_file_that_never_comes_is_closed_by_the_portal_once_its_date_has_passed():
    move = LATEST["call-aap-letter"].move("lapse")
    assert Party.SYSTEM in move.by
    assert refused(LATEST["call-aap-letter"], "lapse", due_at=NOON + HOUR) == ["overdue"]
    assert refused(LATEST["call-aap-letter"], "lapse", due_at=NOON) == []


@pytest.mark.parametrize("key", ["call-aap-jury", "call-aap-letter-jury", "call-aac-jury"])
def test_a_call_with_a_hearing_proposes_after_it(key):
    assert "done-jury-opinion" in refused(LATEST[key], "propose")
    assert "done-jury-opinion" not in refused(LATEST[key], "propose", done=("jury-opinion",))


@pytest.mark.parametrize(
    ("done", "records", "settlement", "allowed"),
    [
        (("declare-use", "report"), {}, "paid", False),
        (("declare-use", "report", "confirm-use"), {"use_met": True}, "paid", True),
        (("declare-use", "report", "confirm-use"), {"use_met": False}, "paid", False),
        (("declare-use", "report", "confirm-use"), {"use_met": False}, "nothing", True),
        (("confirm-use", "next-year", "declare-use", "report"), {"use_met": True}, "paid", False),
    ],
)
def test_the_balance_of_a_deployment_follows_the_use_that_was_confirmed(done, records, settlement, allowed):
    found = refused(
        LATEST["call-aap-deployment"], "settle", done=done, records=records, given={"settlement": settlement}
    )
    assert (found == []) is allowed


@pytest.mark.parametrize(
    ("move", "done", "allowed"),
    [
        ("report", (), False),
        ("report", ("share",), True),
        ("close", ("share",), False),
        ("close", ("share", "publish-evaluation"), True),
    ],
)
def test_shared_experiments_close_once_they_are_shared_and_their_evaluation_published(move, done, allowed):
    assert (refused(LATEST["call-aap-experiments"], move, done=done) == []) is allowed


@pytest.mark.parametrize(("done", "allowed"), [((), False), (("demonstrate",), True), (("choose-none",), True)])
def test_a_challenge_ends_with_a_demonstration_or_with_the_word_that_no_answer_fitted(done, allowed):
    assert (refused(LATEST["call-challenge"], "report", done=done) == []) is allowed


def test_co_creation_lasts_seven_months_or_so():
    assert LATEST["call-challenge"].stage("co-creation").due.count == 7
    assert LATEST["call-challenge-solver"].stage("co-creation") == LATEST["call-challenge"].stage("co-creation")


def test_a_call_for_interest_gives_no_money_and_sharpens_the_specification():
    procedure = LATEST["call-ami"]
    assert {one.key for one in procedure.moves_from("sharpening")} == {"contribute", "conclude-work"}
    assert not any("paid" in {field.key for field in move.fields} for move in procedure.moves)


@pytest.mark.parametrize("procedure", [one for one in CALLS if one.variant_of], ids=lambda one: one.key)
def test_a_variant_is_its_base_with_more_and_never_with_less(procedure):
    procedure, base = LATEST[procedure.key], LATEST[procedure.variant_of]
    assert procedure.call_kinds == base.call_kinds
    if procedure.key != "call-challenge-solver":
        assert {one.key for one in base.stages} <= {one.key for one in procedure.stages}
        assert {one.key for one in base.moves} <= {one.key for one in procedure.moves}


def test_what_is_paid_follows_a_decision_in_every_call():
    for procedure in CALLS:
        assert all(state.decided for state, move in steps(procedure) if move.letter == "paid")
