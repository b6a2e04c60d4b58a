"""Cooperation, the e-health group, the contract, and what is prepared here and deposited elsewhere."""

import pytest

from projects.procedures.catalogue import LATEST
from projects.procedures.mig_sections import CRITERIA
from projects.procedures.vocabulary import DECIDERS, Channel, Macro, Party, Turn
from projects.procedures.walks import steps
from tests.procedures.builders import refused

MIG, GRADES, CPOM = LATEST["mig"], LATEST["grades-support"], LATEST["cpom"]
ALL_MET = tuple(one.value for one in CRITERIA)


def test_cooperation_has_ten_compulsory_criteria():
    assert len(CRITERIA) == 10


@pytest.mark.parametrize(
    ("met", "renewal", "report", "why"),
    [
        (ALL_MET, False, None, []),
        (ALL_MET[:-1], False, None, ["recorded-all-criteria_met"]),
        ((), False, None, ["recorded-all-criteria_met"]),
        (ALL_MET, True, None, ["recorded-report_received"]),
        (ALL_MET, True, False, ["recorded-report_received"]),
        (ALL_MET, True, True, []),
    ],
)
def test_cooperation_is_admitted_with_every_criterion_and_a_renewal_with_its_report(met, renewal, report, why):
    given = {"criteria_met": met, "report_received": report}
    assert refused(MIG, "admit", given=given, answers={"renewal": renewal}) == why


def test_cooperation_goes_to_both_the_agency_and_the_ministry_and_the_ministry_decides():
    assert MIG.deposit.hands_to is Party.DGOS
    assert MIG.move("territorial-opinion").by == {Party.OFFICER, Party.HEAD}
    assert {move.key for move in MIG.moves if move.decides and move.by == {Party.DGOS}} == {
        "refuse-admission",
        "decide",
    }
    assert refused(MIG, "decide") == ["done-weigh"]


SHEET = {"in_strategy": False, "harmless": True, "common_interest": True, "public_interest": True}
STUDIED = ("deliver-study", "check-strategy")


@pytest.mark.parametrize(
    ("done", "records", "outcome", "why"),
    [
        (STUDIED, SHEET, "grant", []),
        (STUDIED, {"in_strategy": True}, "grant", []),
        (STUDIED, {**SHEET, "harmless": False}, "grant", ["fits-strategy"]),
        (STUDIED, {**SHEET, "common_interest": False}, "grant", ["fits-strategy"]),
        (STUDIED, {**SHEET, "public_interest": False}, "grant", ["fits-strategy"]),
        (("check-strategy",), SHEET, "grant", ["done-deliver-study"]),
        ((), {}, "refuse", []),
    ],
)
def test_the_group_commits_after_a_study_and_outside_the_strategy_on_three_conditions_at_once(
    done, records, outcome, why
):
    assert refused(GRADES, "propose", done=done, records=records, given={"outcome": outcome}) == why


def test_no_path_reaches_the_decision_on_a_support_without_the_study():
    studied = {state.stage for state, move in steps(GRADES) if Party.GRADES in state.handed}
    assert studied >= {"study", "review", "proposed", "granted"}
    assert {move.to for move in GRADES.moves_from("study")} == {"review", "withdrawn"}


def test_nothing_of_a_contract_is_handed_to_anybody():
    assert CPOM.confidential
    assert {party for move in CPOM.moves for party in move.by} <= {
        Party.CARRIER, Party.DEPOSITOR, Party.EDITOR, Party.OFFICER, Party.HEAD, *DECIDERS, Party.SYSTEM, Party.ENTERER,
    }  # fmt: skip


def test_a_contract_lasts_five_years_at_most_and_an_amendment_refused_does_not_end_it():
    assert (CPOM.move("sign").due_from, CPOM.move("sign").due_at_most) == ("contract_starts_on", 60)
    assert CPOM.move("refuse-amendment").to == "running"
    for move in CPOM.moves:
        if move.to == "running":
            assert (move.due_from, move.due_months) == ("contract_starts_on", "contract_months"), move.key


PREPARED = ["cpom", "conference-des-financeurs", "esms-numerique", "prepared-elsewhere"]


@pytest.mark.parametrize("key", PREPARED)
def test_what_is_ready_is_not_deposited_and_is_hidden_from_every_agency(key):
    procedure = LATEST[key]
    ready = procedure.stage("ready")
    assert (ready.macro, ready.due is not None, "n'est pas déposé" in ready.next_for_applicant) == (
        Macro.DRAFT,
        True,
        True,
    )
    assert refused(procedure, "ready", channel=Channel.EXTERNAL, missing=("need",)) == ["complete"]
    assert refused(procedure, "ready", channel=Channel.PORTAL) == ["deposited-elsewhere"]


@pytest.mark.parametrize("key", PREPARED)
def test_who_deposits_elsewhere_may_do_so_whatever_is_missing_here(key):
    assert refused(LATEST[key], "deposited-elsewhere", channel=Channel.EXTERNAL, missing=("need",)) == []


@pytest.mark.parametrize(
    ("key", "party", "decides", "turn"),
    [
        ("conference-des-financeurs", Party.DEPARTMENT, {Party.DEPARTMENT}, Turn.DEPARTMENT),
        ("esms-numerique", Party.CNSA, {Party.CNSA, *DECIDERS}, Turn.NATIONAL),
    ],
)
def test_where_the_authority_adopts_the_portal_it_answers_itself(key, party, decides, turn):
    procedure = LATEST[key]
    assert procedure.deposit.hands_to is party
    answers = {one for move in procedure.moves_from("review") if move.decides for one in move.by}
    assert answers == decides
    assert procedure.stage("review").turn is turn


def test_a_first_contact_decides_nothing_and_asks_for_credibility_without_obliging():
    procedure = LATEST["first-contact"]
    assert not any(move.decides or move.clock for move in procedure.moves)
    optional = {one.key for section in procedure.sections for one in section.questions if not one.required}
    assert {"credibility", "ethics_charter"} <= optional
    assert procedure.move("orient").redirects
