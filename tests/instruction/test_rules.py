"""The rules of the agency's side, as tables and properties: the ledger, the scope, what is offered."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.engine.clock import Tick, replay
from projects.instruction.ledger import ledger
from projects.instruction.offers import refused_before
from projects.instruction.scope import entering_bodies, instructs
from projects.instruction.wording import CLOCK, TURNS, delay_in_words
from projects.procedures.asked import Question
from projects.procedures.conditions import recorded
from projects.procedures.types import Facts, Move
from projects.procedures.vocabulary import AGENCY_STAFF, ClockEffect, Delay, Kind, Turn, Unit
from projects.rights.holdings import Holdings

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TWO_MONTHS = Delay(2, Unit.MONTHS, "Refus.", "Un texte")


def tick(effect: ClockEffect, day: int) -> Tick:
    return Tick(effect, START + timedelta(days=day), "Un texte", TWO_MONTHS if effect is ClockEffect.START else None)


def test_the_ledger_says_what_is_due_after_each_act():
    acts = [tick(ClockEffect.START, 0), tick(ClockEffect.SUSPEND, 10), tick(ClockEffect.RESUME, 15)]
    lines = ledger([*acts, tick(ClockEffect.STOP, 20)])
    assert [line.due_at for line in lines] == [
        datetime(2026, 3, 5, 9, tzinfo=UTC), None, datetime(2026, 3, 10, 9, tzinfo=UTC), None,
    ]  # fmt: skip
    assert [line.suspended for line in lines] == [False, True, False, False]
    assert lines[0].delay == "2 mois"


def test_an_act_without_effect_is_shown_as_such():
    lines = ledger([tick(ClockEffect.SUSPEND, 0), tick(ClockEffect.START, 1)])
    assert "Sans effet" in lines[0].what
    assert "Sans effet" not in lines[1].what


@given(st.lists(st.tuples(st.sampled_from(list(ClockEffect)), st.integers(0, 20)), max_size=12))
def test_the_last_line_agrees_with_the_clock(acts):
    day, ticks = 0, []
    for effect, after in acts:
        day += after
        ticks.append(tick(effect, day))
    lines, clock = ledger(ticks), replay(ticks)
    assert len(lines) == len(ticks)
    if lines:
        assert lines[-1].due_at == (clock.due_at if clock.is_running else None)
        assert lines[-1].suspended == (clock.suspended_at is not None and clock.stopped_at is None)


def test_every_turn_and_every_effect_has_its_words():
    assert set(TURNS) == set(Turn)
    assert set(CLOCK) == set(ClockEffect)


@pytest.mark.parametrize(
    ("delay", "words"), [((1, Unit.DAYS), "1 jour"), ((15, Unit.DAYS), "15 jours"), ((1, Unit.MONTHS), "1 mois")]
)
def test_a_delay_in_words(delay, words):
    assert delay_in_words(Delay(*delay, "")) == words


def held(**names) -> Holdings:
    return Holdings(1, {name: frozenset(numbers) for name, numbers in names.items()})


@pytest.mark.parametrize(
    ("holdings", "judges", "enters"),
    [
        (held(self={1}), False, set()),
        (held(served_bodies={5}, officer_bodies={5}), True, {5}),
        (held(served_bodies={6}, head_bodies={6}), True, {6}),
        (held(served_bodies={7, 8}, legal_bodies={7}, director_bodies={8}), True, set()),
    ],
)
def test_who_instructs_and_who_enters(holdings, judges, enters):
    assert (instructs(holdings), entering_bodies(holdings)) == (judges, enters)


def test_a_condition_on_a_field_of_the_move_waits_for_its_form():
    condition = recorded("outcome", ("grant",), "Rien n'est accordé.")
    facts = Facts(START)
    own = Move("one", "Un", ("a",), "b", AGENCY_STAFF, (Question("outcome", "Quoi ?", Kind.TEXT),), (condition,))
    other = Move("two", "Deux", ("a",), "b", AGENCY_STAFF, (), (condition,))
    assert refused_before(own, facts) == ()
    assert [one.words for one in refused_before(other, facts)] == ["Rien n'est accordé."]
