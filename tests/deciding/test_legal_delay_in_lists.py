"""A list says when the legal delay is over, which the delay of a stage does not tell."""

from datetime import timedelta

from projects.access import holdings_of
from projects.instruction.filters import desk_of
from projects.instruction.rows import rows_of
from projects.views.instruction_rows import lines_html
from tests.deciding.builders import notified
from tests.dossier_factories import NOW


def row(dossier, people, at):
    return rows_of([dossier.pk], desk_of(holdings_of(people["officer"], at), at))[0]


def line(one) -> str:
    return lines_html([one], lambda reference: f"/instruction/{reference}/")


def test_a_delay_that_runs_is_said_beside_that_of_the_stage(fir, people):
    one = row(fir, people, NOW + timedelta(days=1))
    assert NOW < one.legal_due_at < NOW + timedelta(days=130)
    assert not one.is_silent
    assert "Délai légal\u00a0: " in line(one)


def test_a_delay_that_is_over_without_an_answer_is_told_apart(fir, people):
    one = row(fir, people, NOW + timedelta(days=200))
    assert one.is_silent
    assert "<strong>Délai légal passé le " in line(one)


def test_nothing_is_said_of_it_once_it_is_stopped(fir, people):
    notified(fir, people)
    one = row(fir, people, NOW + timedelta(days=1))
    assert one.legal_due_at is None
    assert "Délai légal" not in line(one)
