"""The rules of a subsidy, as facts that allow or refuse each move."""

from decimal import Decimal

import pytest

from projects.procedures.fir import FIR
from projects.procedures.vocabulary import DECIDERS, Channel, Macro, Party
from projects.procedures.walks import steps
from tests.procedures.builders import NOON, refused

SHEET = {"initiated_by_carrier": True, "service_ordered": False, "qualified_as": "subsidy"}
GRANT = {"given": {"outcome": "grant"}}


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, []),
        ({"channel": Channel.EXTERNAL}, ["deposited-here"]),
        ({"missing": ("need",)}, ["complete"]),
        ({"organisation_is_known": False}, ["organisation"]),
        ({"excludes": ("ABCD2345",)}, ["no-exclusion"]),
        ({"unfundable": ("0",)}, ["fundable"]),
        ({"closes_at": NOON}, ["open"]),
    ],
)
def test_a_deposit_asks_for_a_place_a_body_and_a_complete_file(known, why):
    assert refused(FIR, "deposit", **known) == why


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (
            GRANT,
            ["done-qualify", "recorded-qualified_as", "recorded-service_ordered", "recorded-initiated_by_carrier"],
        ),
        ({**GRANT, "done": ("qualify",), "records": SHEET}, []),
        (
            {**GRANT, "done": ("qualify",), "records": {**SHEET, "qualified_as": "procurement"}},
            ["recorded-qualified_as"],
        ),
        ({**GRANT, "done": ("qualify",), "records": {**SHEET, "service_ordered": True}}, ["recorded-service_ordered"]),
        (
            {**GRANT, "done": ("qualify",), "records": {**SHEET, "initiated_by_carrier": False}},
            ["recorded-initiated_by_carrier"],
        ),
        ({"given": {"outcome": "refuse"}}, []),
    ],
)
def test_no_grant_without_a_qualification_sheet_that_says_subsidy_and_a_refusal_needs_none(known, why):
    assert refused(FIR, "propose", **known) == why


@pytest.mark.parametrize("move", ["start", "pay-advance", "next-year", "sign-amendment"])
@pytest.mark.parametrize(
    ("private", "amount", "signed", "allowed"),
    [
        (True, "23000", False, True),
        (True, "23000.01", False, False),
        (True, "23000.01", True, True),
        (False, "500000", False, True),
    ],
)
def test_above_23_000_euros_a_year_a_private_body_is_paid_after_an_agreement_only(
    move, private, amount, signed, allowed
):
    found = refused(
        FIR,
        move,
        organisation_is_private=private,
        records={"amount_per_year": Decimal(amount)},
        done=("sign-agreement",) if signed else (),
        amendment={"amendment_reason": "Plus de sites"},
    )
    assert (found == []) is allowed


def test_proposing_checking_signing_and_notifying_are_acts_of_different_people():
    by = {key: FIR.move(key).by for key in ("propose", "check", "sign", "notify-grant")}
    assert by == {
        "propose": {Party.OFFICER, Party.HEAD},
        "check": {Party.LEGAL},
        "sign": DECIDERS,
        "notify-grant": {Party.OFFICER, Party.HEAD},
    }
    assert [move.key for move in FIR.moves if move.decides] == [
        "refuse-admission", "sign", "correct-granted", "correct-refused", "correct-running",
    ]  # fmt: skip


def test_nothing_is_paid_before_the_decision_is_notified():
    assert all(
        state.decided
        for state, move in steps(FIR)
        if "paid" in {field.key for field in move.fields} or move.key == "settle"
    )


def test_the_clock_waits_while_the_applicant_completes_and_runs_again_with_the_answer():
    waiting = {state.clock for state, _ in steps(FIR) if state.stage in ("to-complete", "to-clarify")}
    studied = {state.clock for state, _ in steps(FIR) if state.stage in ("admissibility", "review")}
    assert (waiting, studied) == ({"suspended"}, {"running"})


def test_a_file_is_refused_as_inadmissible_before_any_review_with_a_letter_of_its_own():
    move = FIR.move("refuse-admission")
    assert (move.from_stages, move.letter, FIR.stage(move.to).macro) == (
        ("admissibility",),
        "inadmissible",
        Macro.REFUSED,
    )


def test_the_financial_report_is_due_six_months_after_the_exercise_and_asks_its_own_pieces():
    move = FIR.move("ask-report")
    assert (move.due_from, move.due_months, move.due_at_most) == ("exercise_ends_on", "", 6)
    asked = {piece.key for piece in FIR.asked_by("report").pieces} - {
        piece.key for piece in FIR.asked_by("deposit").pieces
    }
    assert asked == {"financial-report", "activity-report"}


def test_while_the_report_is_written_the_request_itself_is_closed():
    writable = FIR.written_in("report")
    assert (writable.sections, {piece.key for piece in writable.pieces}) == (
        (),
        {"financial-report", "activity-report"},
    )
    assert FIR.written_in("draft").sections == FIR.sections


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"body_kind": "public", "by_delegation": False}, {"bank-details", "budget"}),
        ({"body_kind": "public", "by_delegation": True}, {"bank-details", "budget", "delegation"}),
        (
            {"body_kind": "association"},
            {"statutes", "bank-details", "accounts", "body-budget", "statement", "budget"},
        ),
        ({"body_kind": "alone"}, {"bank-details", "statement", "budget"}),
        ({"body_kind": "public", "renewal": True}, {"bank-details", "budget", "previous-report"}),
        ({"body_kind": "public", "medical_device": "marked"}, {"bank-details", "budget", "device-proof"}),
    ],
)
def test_the_pieces_depend_on_who_asks_and_for_what(answers, asked):
    pieces = FIR.asked_by("deposit").pieces
    assert {piece.key for piece in pieces if piece.required and piece.is_asked(answers)} == asked


@pytest.mark.parametrize("answers", [{}, {"digital_solution": False}])
def test_nothing_digital_is_asked_of_a_project_that_is_not(answers):
    section = next(one for one in FIR.sections if one.key == "digital")
    assert section.asked(answers) == ()
    assert section.asked({"digital_solution": True}) == section.questions
