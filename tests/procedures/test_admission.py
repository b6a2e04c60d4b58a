"""Acknowledging and admitting come before any review on the merits, in every procedure where the portal judges."""

import pytest

from projects.procedures.catalogue import PROCEDURES
from projects.procedures.letters import LETTERS
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import FINAL, ClockEffect, Kind, Macro
from projects.procedures.walks import RUNNING, WAITING, moved, steps

MERITS = frozenset({Macro.REVIEW, Macro.PROPOSED})
"""Where a request is weighed, or its decision is being made."""

WITHOUT = {
    "first-contact": "it decides nothing",
    "cpom": "a contract is negotiated, not admitted",
    "conference-des-financeurs": "it is prepared here; the department only answers",
    "esms-numerique": "it is prepared here; the managing body only answers",
    "prepared-elsewhere": "it is prepared here; somebody else only answers",
}
"""Procedures without admissibility, each with its reason."""


def refusing(procedure: Procedure) -> list[Move]:
    """The moves by which a procedure refuses to admit: those that send the letter of inadmissibility."""
    return [move for move in procedure.moves if move.letter == "inadmissible"]


JUDGING = [pytest.param(one, id=f"{one.key}-{one.version}") for one in PROCEDURES if one.key not in WITHOUT]


def after_merits(procedure: Procedure) -> set[str]:
    """The stages at which a request may be once it was weighed, whatever the paths."""
    waiting = [stage.key for stage in procedure.stages if stage.macro in MERITS]
    found: set[str] = set(waiting)
    while waiting:
        for move in procedure.moves_from(waiting.pop()):
            if move.to not in found:
                found.add(move.to)
                waiting.append(move.to)
    return found


def test_the_others_are_those_that_do_not_admit():
    assert {one.key for one in PROCEDURES if not refusing(one)} == set(WITHOUT)


@pytest.mark.parametrize("procedure", JUDGING)
def test_nothing_is_refused_as_inadmissible_once_it_was_weighed(procedure):
    late = after_merits(procedure)
    assert [move.key for move in refusing(procedure) if set(move.from_stages) & late] == []


@pytest.mark.parametrize("procedure", JUDGING)
def test_nothing_is_weighed_without_having_been_admitted(procedure):
    for state, move in steps(procedure):
        if procedure.stage(move.to).macro in MERITS and procedure.stage(state.stage).macro is Macro.ADMISSIBILITY:
            assert move.letter == "admitted", move.key
    refused_at = {stage for move in refusing(procedure) for stage in move.from_stages}
    assert {procedure.stage(one).macro for one in refused_at} == {Macro.ADMISSIBILITY}
    assert refused_at == {one.key for one in procedure.stages if one.macro is Macro.ADMISSIBILITY}


@pytest.mark.parametrize("procedure", JUDGING)
def test_such_a_refusal_has_its_reason_its_letter_and_how_to_contest_it(procedure):
    letter = LETTERS["inadmissible"]
    assert letter.legal
    assert letter not in [one for key, one in LETTERS.items() if key != "inadmissible"]
    assert procedure.mentions.appeal
    for move in refusing(procedure):
        assert move.decides
        assert move.after_decision
        assert not move.internal
        assert [one.kind for one in move.fields if one.required] == [Kind.LONG]
        assert procedure.stage(move.to).macro in FINAL


@pytest.mark.parametrize("procedure", JUDGING)
def test_the_legal_clock_stops_with_it_where_one_runs(procedure):
    for state, move in steps(procedure):
        if move in refusing(procedure) and state.clock in (RUNNING, WAITING):
            assert move.clock is ClockEffect.STOP, move.key
            assert moved(state, move).clock not in (RUNNING, WAITING)


@pytest.mark.parametrize("procedure", JUDGING)
def test_what_is_deposited_is_acknowledged_or_read_for_admission_first(procedure):
    for deposit in procedure.deposits:
        reached = {deposit.to} | {move.to for move in procedure.moves_from(deposit.to) if move.letter == "acknowledged"}
        assert deposit.letter in LETTERS
        assert not {procedure.stage(one).macro for one in reached} & MERITS
