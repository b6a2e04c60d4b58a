"""An experiment that ends before its term: the day on which it really ended is recorded, and every date follows it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from projects.ending.calendar import ending, rows_of
from projects.ending.rules import schedule_for
from projects.ending.warnings import send_due
from projects.engine.door import Refused
from projects.engine.passing import run_due
from projects.engine.people import actor_of
from projects.engine.reading import records
from projects.models import Experiment
from projects.procedures.article_51.definition import ARTICLE_51
from projects.procedures.checks import problems
from projects.procedures.public import dated_phases
from projects.publishing.acts import answer, propose, publish
from projects.register.schedule import schedule_of
from tests.dossier_factories import drive

pytestmark = pytest.mark.django_db

WORDS = {"title": "Un parcours", "summary": "Un parcours.", "text": "Des infirmiers suivent."}
FAVOURABLE = {"ctis_sense": "favourable", "csis_sense": "favourable"}
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
ENDED = "2026-02-28"


def schedule(dossier):
    entries = dossier.journal.order_by("seq").prefetch_related("texts")
    return schedule_for(dossier.procedure.public, records(dossier.procedure, entries))


def public_days(entry: Experiment) -> list[tuple[date | None, date | None]]:
    """Return the days of the phases, as the register computes them from its own rows."""
    found = schedule_of(entry.phases.all(), entry.first_inclusion_on)
    assert not any(one.disagrees for one in found.stretches)
    return [(one.begins, one.last_day) for one in found.stretches]


def published(experiment, people) -> Experiment:
    propose(experiment.pk, WORDS, actor_of(people["head"], AT), AT)
    answer(experiment.pk, dict.fromkeys(WORDS, True), actor_of(people["carrier"], AT), AT)
    return publish(experiment.pk, "regional", actor_of(people["head"], AT), AT)


def to_the_exit(experiment, people) -> None:
    drive(experiment, "evaluation-report", people["officer"], AT)
    drive(experiment, "exit-opinion", people["rapporteur"], AT, **FAVOURABLE)


@pytest.mark.parametrize(("move", "who"), [("end-experiment", "officer"), ("stop-early", "carrier")])
def test_the_register_the_calendar_and_the_evaluation_follow_the_real_end(move, who, experiment, people):
    entry = published(experiment, people)
    assert public_days(entry) == [(date(2024, 1, 15), date(2027, 1, 14))]
    drive(experiment, move, people[who], AT, experiment_ended_on=ENDED)
    assert public_days(entry) == [(date(2024, 1, 15), date(2026, 2, 28))]
    (row,) = rows_of(ending(actor_of(people["officer"], AT).holdings, AT), AT)
    assert (row.end.on, row.stage) == (date(2026, 2, 28), "Rapport final de l'évaluateur attendu")
    assert row.due_on == date(2026, 8, 28), "six months from the end, not from the day on which it is noted"


def test_nobody_is_warned_of_a_term_that_will_not_come(experiment, people):
    drive(experiment, "end-experiment", people["officer"], AT, experiment_ended_on=ENDED)
    assert send_due(datetime(2026, 7, 14, 9, tzinfo=UTC)) == ""


def test_a_transition_begins_after_the_real_end_and_the_phases_do_not_overlap(experiment, people):
    entry = published(experiment, people)
    drive(experiment, "end-experiment", people["officer"], AT, experiment_ended_on=ENDED)
    to_the_exit(experiment, people)
    with pytest.raises(Refused) as refused:
        drive(experiment, "exit-transition", people["director"], AT, transition_starts_on=ENDED, transition_months="12")
    assert [one.key for one in refused.value.reasons] == ["transition_starts_on-not-before-experiment_ended_on"]
    given = {"transition_starts_on": "2026-03-01", "transition_months": "12"}
    drive(experiment, "exit-transition", people["director"], AT, **given)
    days = [(date(2024, 1, 15), date(2026, 2, 28)), (date(2026, 3, 1), date(2027, 2, 28))]
    assert public_days(entry) == days
    assert [(one.begins, one.last_day) for one in schedule(experiment).stretches] == days


def test_an_experiment_taken_up_again_has_its_computed_end_again(experiment, people):
    entry = published(experiment, people)
    drive(experiment, "stop-early", people["carrier"], AT, experiment_ended_on=ENDED)
    to_the_exit(experiment, people)
    drive(experiment, "exit-rework", people["director"], AT, months_authorised="48")
    assert public_days(entry) == [(date(2024, 1, 15), date(2028, 1, 14))]
    assert "experiment_ended_on" not in records(experiment.procedure, experiment.journal.order_by("seq"))
    assert run_due(datetime(2028, 1, 15, 9, tzinfo=UTC)) == "1 dossier(s) à l'échéance"
    assert public_days(entry) == [(date(2024, 1, 15), date(2028, 1, 14))]


@pytest.mark.parametrize("move", ["end-experiment", "stop-early"])
@pytest.mark.parametrize(
    ("day", "at", "why"),
    [
        ("2024-01-14", AT, "experiment_ended_on-not-before-first_inclusion_on"),
        ("2024-01-15", AT, None),
        ("2026-03-10", AT, None),
        ("2026-03-11", AT, "end-has-come"),
        ("2027-01-14", datetime(2027, 1, 20, 9, tzinfo=UTC), None),
        ("2027-01-15", datetime(2027, 1, 20, 9, tzinfo=UTC), "experiment_ended_on-before-due"),
        ("", AT, "experiment_ended_on"),
    ],
)
def test_the_day_is_one_on_which_it_ran(move, day, at, why, experiment, people):
    director = people["officer"] if move == "end-experiment" else people["director"]
    if why is None:
        drive(experiment, move, director, at, experiment_ended_on=day)
        assert experiment.stage == "evaluation"
        return
    with pytest.raises(Refused) as refused:
        drive(experiment, move, director, at, experiment_ended_on=day)
    assert [one.key for one in refused.value.reasons] == [why]


def test_at_its_term_the_portal_says_nothing_and_the_computed_end_stays(experiment, people):
    entry = published(experiment, people)
    assert run_due(datetime(2027, 1, 14, 22, tzinfo=UTC)) == ""
    at = datetime(2027, 1, 14, 23, 5, tzinfo=UTC)
    assert run_due(at) == "1 dossier(s) à l'échéance"
    experiment.refresh_from_db()
    assert (experiment.stage, experiment.journal.order_by("-seq").first().move) == ("evaluation", "term-reached")
    assert public_days(entry) == [(date(2024, 1, 15), date(2027, 1, 14))]


def test_what_ended_before_the_day_was_asked_keeps_the_computed_end():
    known = {"first_inclusion_on": date(2024, 1, 15), "months_authorised": 36, "transition_months": 12}
    known |= {"transition_starts_on": date(2026, 3, 1)}
    experiment, transition = dated_phases(ARTICLE_51.public, known)
    assert (experiment.months, experiment.ends_on) == (36, None)
    assert transition.months == 12
    (ended, _) = dated_phases(ARTICLE_51.public, known | {"experiment_ended_on": date(2026, 2, 28)})
    assert (ended.months, ended.ends_on) == (None, date(2026, 2, 28))


def test_a_move_voids_only_what_a_move_records():
    moves = tuple(
        replace(one, voids=("no-such-field",)) if one.key == "exit-rework" else one for one in ARTICLE_51.moves
    )
    assert problems(replace(ARTICLE_51, moves=moves)) == ["move exit-rework: voids an unknown field no-such-field"]
