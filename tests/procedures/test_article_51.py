"""The two branches, the opinions, the dates and the exits of an article 51 experiment."""

import pytest

from projects.procedures.article_51.definition import ARTICLE_51
from projects.procedures.vocabulary import DECIDERS, Channel, Macro, Party
from projects.procedures.walks import steps
from tests.procedures.builders import refused

OUT_TO_BE_SIGNED = ("agreement", "countersign")
"""Reached from an authorised project only, and led back to it."""

ORGANISATION = {"purpose": "organisation"}


@pytest.mark.parametrize(
    ("scale", "purpose", "branch"),
    [
        ("local", "organisation", "deposit"),
        ("departmental", "organisation", "deposit"),
        ("regional", "organisation", "deposit"),
        ("interregional", "organisation", "deposit-national"),
        ("national", "organisation", "deposit-national"),
        ("regional", "health-products", "deposit-national"),
        ("national", "health-products", "deposit-national"),
    ],
)
def test_a_letter_of_intent_goes_to_the_agency_or_straight_to_the_rapporteur(scale, purpose, branch):
    answers = {"scale": scale, "purpose": purpose}
    allowed = [one.key for one in ARTICLE_51.deposits if not refused(ARTICLE_51, one.key, answers=answers)]
    assert allowed == [branch]


@pytest.mark.parametrize(
    "move", ["deposit", "deposit-national", "submit-specification", "submit-specification-national"]
)
@pytest.mark.parametrize(("months", "allowed"), [(60, True), (61, False), (None, True)])
def test_five_years_is_the_most_that_one_may_ask(move, months, allowed):
    assert ("sixty-months" not in refused(ARTICLE_51, move, answers={"months": months})) is allowed


@pytest.mark.parametrize("move", ["admit", "admit-national"])
@pytest.mark.parametrize(
    ("objective", "derogation", "why"),
    [
        (True, True, []),
        (True, False, ["recorded-derogation_needed"]),
        (False, True, ["recorded-objective_met"]),
        (False, False, ["recorded-objective_met", "recorded-derogation_needed"]),
    ],
)
def test_admissible_is_one_objective_and_one_derogation(move, objective, derogation, why):
    given = {"objective_met": objective, "derogation_needed": derogation}
    assert refused(ARTICLE_51, move, given=given) == why


@pytest.mark.parametrize(
    ("done", "protocol", "why"),
    [
        ((), False, ["done-insurance-opinion"]),
        (("insurance-opinion",), False, []),
        (("insurance-opinion",), True, ["has-heard"]),
        (("insurance-opinion", "has-opinion"), True, []),
    ],
)
def test_the_director_speaks_after_the_insurance_and_after_the_has_where_professionals_share_acts(done, protocol, why):
    assert refused(ARTICLE_51, "director-opinion", done=done, answers={"cooperation_protocol": protocol}) == why


def test_the_national_level_hands_back_what_an_agency_passed_and_nothing_else():
    assert refused(ARTICLE_51, "hand-back-to-agency") == ["done-pass-to-national"]
    assert refused(ARTICLE_51, "hand-back-to-agency", done=("pass-to-national",)) == []
    move = ARTICLE_51.move("hand-back-to-agency")
    assert (move.from_stages, move.to, move.by) == (("national-reading",), "reading", {Party.RAPPORTEUR})


def test_a_national_project_reaches_the_committee_after_the_agencies_spoke():
    assert refused(ARTICLE_51, "submit-to-committee-national") == ["done-agencies-opinion"]
    assert refused(ARTICLE_51, "submit-to-committee-national", done=("agencies-opinion",)) == []


@pytest.mark.parametrize(
    ("done", "allowed"),
    [
        (("submit-to-committee",), "committee-opinion"),
        (("submit-to-committee-national",), "committee-opinion-national"),
        (("submit-to-committee", "pass-to-national", "submit-to-committee-national"), "committee-opinion-national"),
    ],
)
def test_who_decides_follows_from_how_the_committee_was_reached_whatever_the_project_says_since(done, allowed):
    moves = ("committee-opinion", "committee-opinion-national")
    answers = {"scale": "national" if allowed == "committee-opinion" else "local"}
    assert [key for key in moves if not refused(ARTICLE_51, key, done=done, answers=answers)] == [allowed]


@pytest.mark.parametrize(
    ("sense", "outcome", "allowed"),
    [
        ("favourable", "grant", True),
        ("reserved", "grant", True),
        ("unfavourable", "grant", False),
        ("unfavourable", "refuse", True),
    ],
)
def test_no_order_against_the_committee(sense, outcome, allowed):
    found = refused(ARTICLE_51, "propose", records={"committee_sense": sense}, given={"outcome": outcome})
    assert (found == []) is allowed


def test_the_order_of_one_region_is_the_directors_and_that_of_several_is_recorded_for_the_ministers():
    assert ARTICLE_51.move("sign").by == DECIDERS
    assert (ARTICLE_51.move("ministers-order").by, ARTICLE_51.move("ministers-order").decides) == (
        {Party.RAPPORTEUR},
        True,
    )


@pytest.mark.parametrize(("done", "allowed"), [((), False), (("publish",), True), (("publish-national",), True)])
def test_nobody_is_included_before_the_order_is_published(done, allowed):
    assert (refused(ARTICLE_51, "first-inclusion", done=done) == []) is allowed
    assert all(
        "publish" in move.key
        for move in ARTICLE_51.moves
        if move.to == "authorised" and not set(move.from_stages) & {"authorised", *OUT_TO_BE_SIGNED}
    )


@pytest.mark.parametrize(
    ("move", "due"),
    [
        ("first-inclusion", ("first_inclusion_on", "months_authorised", 60)),
        ("extend", ("first_inclusion_on", "months_authorised", 60)),
        ("interim-report", ("first_inclusion_on", "months_authorised", 60)),
        ("exit-rework", ("first_inclusion_on", "months_authorised", 60)),
        ("exit-transition", ("transition_starts_on", "transition_months", 18)),
        ("extend-transition", ("transition_starts_on", "transition_months", 18)),
    ],
)
def test_ends_are_computed_five_years_and_eighteen_months_at_most(move, due):
    found = ARTICLE_51.move(move)
    assert (found.due_from, found.due_months, found.due_at_most) == due
    assert {field.high for field in found.fields if field.key.endswith(("_authorised", "_months"))} <= {due[2]}


HEARD = ("evaluation-report", "exit-opinion")
FOR = {"ctis_sense": "favourable", "csis_sense": "reserved"}


@pytest.mark.parametrize(
    ("move", "done", "records", "allowed"),
    [
        ("exit-transition", HEARD, FOR, True),
        ("exit-transition", HEARD, {**FOR, "csis_sense": "unfavourable"}, False),
        ("exit-transition", HEARD, {**FOR, "ctis_sense": "unfavourable"}, False),
        ("exit-transition", ("evaluation-report",), {}, False),
        ("enter-ordinary-law", HEARD, FOR, True),
        ("enter-ordinary-law", HEARD, {**FOR, "csis_sense": "unfavourable"}, False),
        ("exit-rework", HEARD, {"csis_sense": "unfavourable"}, True),
        ("exit-rework", ("exit-opinion", "exit-rework", "evaluation-report"), {}, False),
        ("end", HEARD, {"csis_sense": "unfavourable"}, True),
        ("end", (), {}, False),
    ],
)
def test_an_exit_follows_the_opinions_on_the_last_evaluation(move, done, records, allowed):
    assert (refused(ARTICLE_51, move, done=done, records=records) == []) is allowed


def test_an_experiment_has_four_ways_out():
    assert {move.to for move in ARTICLE_51.moves_from("exit")} == {
        "exit",
        "running",
        "transition",
        "ordinary-law",
        "ended",
    }
    assert {one.key for one in ARTICLE_51.stages if one.macro is Macro.CLOSED} >= {"ordinary-law", "ended"}


def test_the_evaluation_is_due_six_months_after_the_end_and_says_that_its_source_is_to_be_checked():
    due = ARTICLE_51.stage("evaluation").due
    assert (due.count, "à vérifier" in due.source) == (6, True)


def test_no_legal_delay_runs_since_no_source_says_what_silence_is_worth():
    assert {state.clock for state, _ in steps(ARTICLE_51)} == {"none"}
    assert ARTICLE_51.mentions.silence == ""


def test_the_letter_asks_little_and_the_specification_asks_the_rest():
    letter = {one.key for one in ARTICLE_51.asked_by("deposit").sections}
    specification = {one.key for one in ARTICLE_51.asked_by("submit-specification").sections}
    assert specification - letter == {"context", "model", "terrain"}
    assert "specification" not in {one.key for one in ARTICLE_51.asked_by("deposit").pieces}
    assert "specification" in {
        one.key for one in ARTICLE_51.asked_by("submit-specification-national").pieces if one.required
    }


def test_where_the_agency_has_not_adopted_the_portal_the_specification_is_prepared_here_and_carried_there():
    assert refused(ARTICLE_51, "prepare-specification", channel=Channel.EXTERNAL) == []
    assert refused(ARTICLE_51, "prepare-specification") == ["deposited-elsewhere"]
    assert {one.key for one in ARTICLE_51.written_in("specification-draft").sections} >= {"idea", "model", "terrain"}
    assert refused(ARTICLE_51, "submit-specification", channel=Channel.EXTERNAL) == ["deposited-here"]


def test_a_regional_rapporteur_sees_nothing_before_the_director_has_spoken():
    regional = {state.stage for state, _ in steps(ARTICLE_51) if Party.RAPPORTEUR not in state.handed}
    assert regional >= {"received", "admissibility", "co-construction", "reading", "opinions"}
    assert not regional & {"rapporteur", "committee", "ministers", "national-received"}
