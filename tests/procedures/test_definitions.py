"""Every procedure holds; and each check finds the procedure that it is made for."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levers.facts.table import FACTS
from levers.facts.types import Kind as FactKind
from projects.procedures.asked import Document, Piece, Question, Section
from projects.procedures.catalogue import LATEST, PROCEDURES, for_call, for_lever, procedure_at, variants_of
from projects.procedures.checks import problems, questions
from projects.procedures.conditions import NOT_HERE, Condition, answered, done, recorded
from projects.procedures.funding import FundingRule, Verdict
from projects.procedures.letters import LETTERS
from projects.procedures.types import Move
from projects.procedures.vocabulary import (
    DECIDERS,
    DEPOSITORS,
    FINAL,
    THE_CLOCK,
    Choice,
    ClockEffect,
    Delay,
    Kind,
    Macro,
    Party,
    Unit,
    When,
)
from projects.procedures.walks import reached
from projects.rights.table import APPLICANT_SIDE
from tests.procedures.builders import AGENCY_STAFF, ASK, DEPOSIT, DRAFT, OUTCOME, SIGN, SOUND, broken, stage

EVERY = [pytest.param(one, id=f"{one.key}-{one.version}") for one in PROCEDURES]
SLUGS = (
    "fir cpom article-51 ami-aap-aac mig-cooperation-internationale achats-innovants conference-des-financeurs tiga "
    "indemand structures-3-0 esms-numerique grades"
).split()


@pytest.mark.parametrize("procedure", EVERY)
def test_the_carrier_is_never_told_that_the_carrier_alone_will_read_what_they_write(procedure):
    own = [field.help for move in procedure.moves if move.by & APPLICANT_SIDE for field in move.fields]
    assert [words for words in own if words.endswith("lus par le porteur.")] == []


@pytest.mark.parametrize("procedure", EVERY)
def test_a_procedure_does_not_contradict_itself(procedure):
    assert problems(procedure) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lever_but_public_procurement_has_its_procedure(slug):
    procedure = for_lever(slug)
    assert (procedure is None) == (slug == "achats-innovants")
    assert procedure is None or (slug in procedure.levers and not procedure.variant_of)


def test_a_lever_is_served_by_one_procedure_variants_apart():
    served = [slug for one in PROCEDURES if not one.variant_of for slug in one.levers]
    assert sorted(served) == sorted(set(served))


@pytest.mark.parametrize(
    ("kind", "named", "expected"),
    [
        ("aap", "", "call-aap"),
        ("aap", "call-aap-letter", "call-aap-letter"),
        ("aap", "call-ami", "call-aap"),
        ("ami", "", "call-ami"),
        ("aac", "", "call-aac"),
        ("challenge", "", "call-challenge"),
        ("challenge", "call-challenge-solver", "call-challenge-solver"),
    ],
)
def test_a_call_has_the_procedure_of_its_kind_or_the_variant_that_it_names(kind, named, expected):
    assert for_call(kind, named).key == expected


def test_there_is_none_for_a_kind_of_call_that_does_not_exist():
    assert (for_call("loterie"), variants_of("loterie")) == (None, ())


def test_a_version_is_found_again_and_one_that_never_was_is_not():
    assert procedure_at("fir", 1) is LATEST["fir"]
    with pytest.raises(KeyError):
        procedure_at("fir", 99)


@pytest.mark.parametrize("procedure", EVERY)
def test_a_question_that_names_a_fact_of_the_diagnostic_may_take_its_answer(procedure):
    kinds = {
        FactKind.BOOLEAN: {Kind.YES_NO},
        FactKind.CHOICE: {Kind.CHOICE},
        FactKind.CHOICES: {Kind.CHOICES},
        FactKind.INTEGER: {Kind.INTEGER, Kind.CHOICE},
    }
    for question in questions(procedure).values():
        if question.fact:
            fact = FACTS[question.fact]
            assert question.kind in kinds[fact.kind], question.key
            if question.kind in (Kind.CHOICE, Kind.CHOICES) and fact.kind is not FactKind.INTEGER:
                assert {one.value for one in question.choices} <= {one.value for one in fact.choices}, question.key


@pytest.mark.parametrize("procedure", EVERY)
def test_a_deposit_that_is_made_elsewhere_can_be_recorded_taken_up_again_and_answered(procedure):
    move = procedure.move("deposited-elsewhere")
    assert procedure.initial.key in move.from_stages
    assert (move.external, move.freezes, NOT_HERE in move.conditions) == (True, True, True)
    assert procedure.stage(move.to).macro is Macro.ELSEWHERE
    assert {one.key for one in procedure.moves_from("elsewhere")} >= {"prepare-again", "answered-elsewhere"}


@pytest.mark.parametrize("procedure", EVERY)
def test_whoever_deposits_here_may_commit_the_organisation(procedure):
    deposits = procedure.deposits
    assert deposits
    assert procedure.deposit in deposits
    if procedure.needs_mandate:
        assert {party for move in deposits for party in move.by} == DEPOSITORS


@pytest.mark.parametrize("procedure", EVERY)
def test_what_the_agency_prepares_is_not_shown_before_it_is_notified(procedure):
    for move in procedure.moves:
        if procedure.stage(move.to).macro is Macro.PROPOSED and move.key != "withdraw":
            assert move.internal or procedure.key in ("cpom", "article-51"), move.key


def test_only_the_contract_is_confidential():
    assert [one.key for one in PROCEDURES if one.confidential] == ["cpom"]


def test_every_letter_is_sent_by_some_move():
    assert {move.letter for one in PROCEDURES for move in one.moves} - {""} == set(LETTERS)


def test_a_letter_that_follows_a_decision_is_legal_unless_it_only_informs():
    informs = {key for key, letter in LETTERS.items() if letter.after_decision and not letter.legal}
    assert informs == {"paid", "evaluated", "work-opened", "work-concluded"}


NO_FIELD = Move("go", "Aller", ("review",), "review", AGENCY_STAFF)
BAD_DUE = Delay(0, Unit.DAYS, "Rien.")
UNKNOWN = Move("go", "Aller", ("nowhere",), "review", AGENCY_STAFF)


@pytest.mark.parametrize(
    ("procedure", "found"),
    [
        (replace(SOUND, stages=(*SOUND.stages, stage("review"))), "stage review: twice"),
        (replace(SOUND, moves=(*SOUND.moves, SIGN)), "move sign: twice"),
        (replace(SOUND, sections=(ASK, replace(ASK, key="more"))), "question what: twice"),
        (replace(SOUND, pieces=(Piece("p", "P"), Piece("p", "P"))), "piece p: twice"),
        (broken(moves=(replace(NO_FIELD, fields=(OUTCOME, OUTCOME)),)), "field of go outcome: twice"),
        (broken(stages=(stage("draft", Macro.REVIEW),)), "stage draft: the initial one, and no draft that can be written"),
        (broken(stages=(replace(DRAFT, editable=False),)), "stage draft: the initial one, and no draft that can be written"),
        (broken(stages=(stage("island", Macro.CLOSED),)), "stage island: no path reaches it"),
        (broken(stages=(stage("trap"),), moves=(replace(NO_FIELD, to="trap"),)), "stage trap: no way out"),
        (
            broken(stages=(stage("trap"),), moves=(replace(NO_FIELD, to="trap"), replace(NO_FIELD, key="turn", from_stages=("trap",), to="trap"))),
            "stage trap: no path leads to an end",
        ),
        (broken(moves=(replace(NO_FIELD, from_stages=("closed",)),)), "stage closed: it is an end, and has a way out"),
        (broken(stages=(replace(stage("review"), agency_label=""),)), "stage review: words are missing for one side"),
        (broken(stages=(replace(stage("review"), next_for_applicant=""),)), "stage review: words are missing for one side"),
        (broken(stages=(stage("review", due=BAD_DUE),)), "stage review: a delay without length, or without what follows it"),
        (broken(moves=(UNKNOWN,)), "move go: unknown stage nowhere"),
        (broken(moves=(replace(NO_FIELD, to="nowhere"),)), "move go: unknown stage nowhere"),
        (broken(moves=(replace(NO_FIELD, by=frozenset()),)), "move go: nobody may make it"),
        (broken(moves=(replace(NO_FIELD, from_stages=()),)), "move go: no stage to leave"),
        (broken(moves=(replace(NO_FIELD, label=""),)), "move go: no label"),
        (broken(moves=(replace(NO_FIELD, letter="unknown"),)), "move go: unknown letter unknown"),
        (broken(moves=(replace(NO_FIELD, letter="granted"),)), "move go: the letter granted follows a decision, and the move does not say so"),
        (broken(moves=(replace(NO_FIELD, letter="granted", after_decision=True),)), "move go: its letter could leave without a decision"),
        (broken(moves=(replace(NO_FIELD, internal=True, letter="admitted"),)), "move go: an internal act tells the applicant"),
        (broken(moves=(replace(NO_FIELD, redirects=True),)), "move go: redirects without saying where to"),
        (broken(moves=(replace(NO_FIELD, keeps_version="Lue"),)), "move go: keeps a version of a text that is not written together"),
        (broken(moves=(replace(NO_FIELD, opens_request=True, document=Document("Avis")),)), "move go: its page has no place for a document"),
        (
            broken(moves=(replace(NO_FIELD, by=AGENCY_STAFF | {Party.SYSTEM}, document=Document("Avis", required=True)),)),
            "move go: the portal itself joins no document",
        ),
        (replace(SOUND, written_together=True), "a text is written together, and no move sends a version of it"),
        (broken(moves=(replace(NO_FIELD, external=True, conditions=(NOT_HERE,)),)), "move go: a deposit elsewhere without place, date and receipt"),
        (broken(moves=(replace(SOUND.move("deposited-elsewhere"), conditions=()),)), "move deposited-elsewhere: a deposit elsewhere where the portal is the place"),
        (
            broken(moves=(replace(NO_FIELD, clock=ClockEffect.START, clock_delay=Delay(2, Unit.MONTHS, "Refus.")),)),
            "move go: the legal delay runs, and the portal is perhaps not the place",
        ),
        (broken(moves=(replace(DEPOSIT, clock=ClockEffect.START),)), "move deposit: a clock that starts has a delay, and no other effect has one"),
        (broken(moves=(replace(NO_FIELD, clock=ClockEffect.RESUME),)), "move go: resume where the clock is none"),
        (broken(moves=(replace(NO_FIELD, clock=ClockEffect.SUSPEND),)), "move go: suspend where the clock is none"),
        (
            broken(moves=(replace(DEPOSIT, clock=ClockEffect.START, clock_delay=Delay(2, Unit.MONTHS, "Refus.")),)),
            "move sign: ends in closed with the clock running",
        ),
        (broken(moves=(replace(NO_FIELD, closes_request=True),)), "move go: closes a request where none is open"),
        (broken(moves=(replace(NO_FIELD, opens_request=True),)), "move go: opens a request where one is open"),
        (broken(moves=(replace(NO_FIELD, to="draft"),)), "move go: hides a deposited dossier behind a draft (draft)"),
        (broken(moves=(replace(NO_FIELD, by=frozenset({Party.DGOS})),)), "move go: nobody handed the dossier to dgos"),
        (broken(moves=(replace(NO_FIELD, by=frozenset({Party.DGOS})),), confidential=True), "move go: a confidential dossier is closed to those it names"),
        (broken(moves=(replace(DEPOSIT, hands_to=Party.CNSA),), confidential=True), "move deposit: a confidential dossier is closed to those it names"),
        (broken(moves=(replace(NO_FIELD, due_from="never"),)), "move go: due data: never is no date that a move gives"),
        (broken(moves=(replace(NO_FIELD, fields=(OUTCOME,), due_from="outcome"),)), "move go: due data: outcome is no date that a move gives"),
        (broken(moves=(replace(NO_FIELD, due_at_most=6),)), "move go: due data: months from no date"),
        (
            broken(moves=(replace(NO_FIELD, fields=(Question("on", "Le", Kind.DATE), Question("n", "N", Kind.INTEGER)), due_from="on", due_months="n"),)),
            "move go: due data: months without a limit",
        ),
        (broken(moves=(replace(NO_FIELD, by=THE_CLOCK, to="closed"),)), "move go: made at a date, and review has none after deposit"),
        (broken(moves=(replace(NO_FIELD, by=THE_CLOCK, fields=(OUTCOME,)),)), "move go: made at a date, and asks for what the portal cannot say"),
        (
            broken(moves=(replace(NO_FIELD, by=THE_CLOCK, to="closed"), replace(NO_FIELD, key="go-too", by=THE_CLOCK, to="closed"))),
            "stage review: the portal would not know which of 2 moves to make at its date",
        ),
        (broken(moves=(replace(NO_FIELD, conditions=(done("never", "Non."),)),)), "move go: condition done-never: unknown move never"),
        (broken(moves=(replace(NO_FIELD, conditions=(answered("never", ("a",), "Non."),)),)), "move go: condition answered-never: unknown question never"),
        (broken(moves=(replace(NO_FIELD, conditions=(answered("kind", ("c",), "Non."),)),)), "move go: condition answered-kind: kind is never c"),
        (broken(moves=(replace(NO_FIELD, conditions=(recorded("never", ("a",), "Non."),)),)), "move go: condition recorded-never: unknown field never"),
        (broken(moves=(replace(NO_FIELD, conditions=(Condition("mute", "", bool),)),)), "move go: condition mute: refuses without a word"),
        (broken(moves=(replace(NO_FIELD, fields=(replace(OUTCOME, when=When("kind", ("a",))),)),)), "move go: question outcome: asked under an unknown question kind"),
        (
            broken(sections=(Section("more", "Plus", "", (Question("why", "Pourquoi ?", Kind.TEXT, when=When("never", (True,))),)),)),
            "question why: asked under an unknown question never",
        ),
        (
            broken(sections=(Section("more", "Plus", "", (Question("why", "Pourquoi ?", Kind.TEXT, when=When("kind", ("c",))),)),)),
            "question why: kind is never c",
        ),
        (broken(sections=(Section("more", "Plus", "", (replace(OUTCOME, when=When("outcome", ("grant",))),)),)), "question outcome: asked under its own answer"),
        (broken(sections=(Section("more", "Plus", "", (Question("why", "Pourquoi ?", Kind.CHOICE),)),)), "question why: choices and kind do not agree"),
        (
            broken(sections=(Section("more", "Plus", "", (Question("why", "Pourquoi ?", Kind.TEXT, choices=(Choice("a", "A"),)),)),)),
            "question why: choices and kind do not agree",
        ),
        (
            broken(sections=(Section("more", "Plus", "", (replace(OUTCOME, choices=(Choice("a", "A"), Choice("a", "B"))),)),)),
            "question outcome: the choice a is there twice",
        ),
        (broken(sections=(Section("more", "Plus", "", (Question("n", "N", Kind.INTEGER, low=2, high=1),)),)), "question n: no number is between its bounds"),
        (broken(sections=(Section("more", "Plus", "", (Question("n", "", Kind.INTEGER),)),)), "question n: no label"),
        (broken(sections=(Section("more", "Plus", "", ()),)), "section more: empty"),
        (broken(sections=(replace(ASK, when=When("never", (True,))),)), "section ask: asked under an unknown question never"),
        (broken(sections=(replace(ASK, at=("never",)),)), "section ask: asked by an unknown move never"),
        (broken(sections=(replace(ASK, at=("sign",)),)), "section ask: asked by sign, before which nothing can be written"),
        (replace(SOUND, pieces=(Piece("p", "P", at=("sign",)),)), "piece p: asked by sign, before which nothing can be written"),
        (replace(SOUND, pieces=(Piece("p", "P", when=When("never", (True,))),)), "piece p: asked under an unknown question never"),
        (
            replace(SOUND, funding_rules=(FundingRule(Verdict.REFUSED, "fir", "Non.", "Test", when=When("never", (True,))),)),
            "funding rule of fir: asked under an unknown question never",
        ),
        (
            broken(
                stages=(stage("signed"),),
                moves=(
                    replace(SIGN, to="signed", fields=(OUTCOME,), letter="", by=DECIDERS),
                    Move("yes", "Oui", ("signed",), "closed", AGENCY_STAFF, conditions=(recorded("outcome", ("grant",), "Non."),)),
                ),
            ),
            "stage signed: outcome may be refuse, and no move takes it",
        ),
    ],
)  # fmt: skip
def test_a_check_finds_what_it_is_made_for(procedure, found):
    assert found in problems(procedure)


def test_the_procedure_that_the_others_break_is_sound():
    assert problems(SOUND) == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_the_moves_a_dossier_that_goes_on_ends_and_stays_within_what_paths_reach(data):
    procedure = data.draw(st.sampled_from(PROCEDURES), label="procedure")
    reachable, at = reached(procedure), procedure.initial.key
    for _ in range(400):
        assert at in reachable
        moves = procedure.moves_from(at)
        if not moves:
            break
        # What brings nearer to an end is drawn more often: a walk among loops could otherwise last for ever.
        ends = [move for move in moves if procedure.stage(move.to).macro in FINAL]
        at = data.draw(st.sampled_from((*moves, *ends)), label="move").to
    if not procedure.moves_from(at):
        assert procedure.stage(at).macro in FINAL


@pytest.mark.parametrize("procedure", EVERY)
def test_every_stage_is_reached(procedure):
    assert reached(procedure) == {one.key for one in procedure.stages}
