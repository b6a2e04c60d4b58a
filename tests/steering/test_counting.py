"""What is counted, for whom: the counts are those of what the table of rights lets one read."""

from collections import Counter
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Sum

from actors.models import Body, Post
from projects import guards
from projects.engine.facets import write_facets
from projects.engine.people import actor_of
from projects.engine.stays import Passed, stays
from projects.models import Dossier, JournalEntry, MoneyLine, StageSpan, SteeringCell, SteeringRun
from projects.procedures.vocabulary import MoneyKind
from projects.rights.table import INSTRUCTING_SIDE
from projects.steering import reading, running
from projects.steering.answers import GIVEN, MISSION, OBJECTIVE
from projects.steering.figures import Chosen
from tests.dossier_factories import NOW, drive, make_dossier, make_officer
from tests.people_factories import make_body
from tests.steering.conftest import deposited

MINUTE = timedelta(minutes=1)


def counts(run: SteeringRun, scope, block: str = "dossiers", **wanted) -> int:
    """Return how many a scope has."""
    rows = SteeringCell.objects.filter(run=run, scope=str(scope), block=block, **wanted)
    return rows.aggregate(n=Sum("n"))["n"] or 0


def spans(dossier: Dossier) -> list[tuple]:
    return list(dossier.spans.values_list("version", "stage", "entered_at", "left_at", "days"))


def test_each_move_ends_a_stay_and_begins_another_as_the_journal_tells(guadeloupe, agent):
    dossier = deposited(guadeloupe)
    drive(dossier, "plan", agent, NOW - timedelta(days=3))
    moves = dossier.journal.exclude(stage_version=None).order_by("seq").values_list("stage_version", "to_stage", "at")
    told = stays(Passed(*move) for move in moves)
    assert spans(dossier) == [(one.version, one.stage, one.entered_at, one.left_at, one.days) for one in told]
    assert [span[4] for span in spans(dossier)][:2] == [1, 7]
    assert list(dossier.spans.values_list("macro", flat=True))[-1] == dossier.macro


def test_the_journals_of_dossiers_that_were_there_fill_the_stays(guadeloupe, agent):
    dossiers = [deposited(guadeloupe), deposited(guadeloupe, days_ago=30), make_dossier()]
    drive(dossiers[0], "plan", agent, NOW)
    columns = ("dossier_id", "version", "stage", "macro", "entered_at", "left_at", "days")
    before = list(StageSpan.objects.order_by("dossier_id", "version").values_list(*columns))
    StageSpan.objects.all().delete()
    import_module("projects.migrations.0016_steering").fill_from_the_journals(apps, None)
    assert list(StageSpan.objects.order_by("dossier_id", "version").values_list(*columns)) == before
    assert len(before) == 3 + 2 + 1  # draft, received, planned; draft, received; draft


@pytest.fixture
def several(guadeloupe, occitanie):
    """Three dossiers here, one there, one confidential here, a draft, one handed to the ministry."""
    make_body(Body.Kind.DGOS)
    found = [deposited(guadeloupe, days_ago=days) for days in (5, 6, 7)]
    found.append(deposited(occitanie))
    found.append(deposited(guadeloupe, "cpom"))
    found.append(deposited(guadeloupe, "mig"))
    make_dossier(body=guadeloupe)
    return found


@pytest.mark.parametrize("kind", [Body.Kind.AGENCY, Body.Kind.DGOS, Body.Kind.CNSA])
def test_a_scope_counts_exactly_what_its_people_may_read(kind, several, guadeloupe, db):
    run = running.refresh(NOW)
    body = guadeloupe if kind == Body.Kind.AGENCY else Body.objects.filter(kind=kind).first() or make_body(kind)
    for role in (Post.Role.OFFICER, Post.Role.HEAD, Post.Role.DIRECTOR, Post.Role.LEGAL):
        holdings = actor_of(make_officer(body, role), NOW).holdings
        readable = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE)
        by_stage = Counter(readable.values_list("procedure_key", "stage"))
        rows = SteeringCell.objects.filter(run=run, scope=str(body.pk), block="dossiers")
        counted = Counter()
        for key, stage, n in rows.values_list("procedure", "stage", "n"):
            counted[key, stage] += n
        assert counted == by_stage


def test_confidential_dossiers_count_for_their_agency_alone(several, guadeloupe, occitanie):
    run = running.refresh(NOW)
    holders = set(SteeringCell.objects.filter(run=run, procedure="cpom").values_list("scope", flat=True))
    assert holders == {str(guadeloupe.pk)}
    assert counts(run, guadeloupe.pk) == 5
    assert counts(run, occitanie.pk) == 1
    assert counts(run, SteeringCell.EVERYBODY) == 5
    assert run.dossiers == 6


def test_a_confidential_procedure_is_secret_even_where_its_dossier_forgot_to_say_so(guadeloupe):
    dossier = deposited(guadeloupe, "cpom")
    Dossier.objects.filter(pk=dossier.pk).update(confidential=False)
    run = running.refresh(NOW)
    assert counts(run, SteeringCell.EVERYBODY) == 0
    assert counts(run, guadeloupe.pk) == 1


def test_deciles_of_a_stage_and_of_a_decision_come_from_whole_days(guadeloupe, agent):
    for days in (3, 5, 40):
        drive(deposited(guadeloupe, days_ago=days), "plan", agent, NOW)
    found = reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen())
    assert {3: 1, 5: 1, 40: 1} in found.stage_days.values()


def test_missions_and_objectives_are_those_of_the_last_deposit(guadeloupe):
    silent = deposited(guadeloupe, "fir", answers={"fir_missions": ["prevention", "access"]})
    frozen = silent.snapshots.get()
    frozen.content["answers"]["fir-request"]["prs_objective"] = "  "  # as an agent enters what a letter does not say
    write_facets(silent, frozen.content)
    deposited(guadeloupe, "fir", answers={"fir_missions": ["prevention"], "prs_objective": "=1+1"})
    found = reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen())
    assert found.answers == {
        (MISSION, "prevention"): 2,
        (MISSION, "access"): 1,
        (OBJECTIVE, GIVEN[True]): 1,
        (OBJECTIVE, GIVEN[False]): 1,
    }


def as_frozen() -> Counter:
    """Count the answers of dossiers in what is frozen, deposit by deposit, without their facets."""
    found = Counter()
    for dossier in Dossier.objects.exclude(deposited_at=None).filter(erased_at=None):
        answers = dossier.snapshots.first().content["answers"]
        for section in dossier.procedure.sections:
            said = answers.get(section.key, {})
            for question in section.questions:
                if question.key == MISSION:
                    found.update((MISSION, one) for one in said.get(MISSION) or ())
                elif question.key == OBJECTIVE:
                    found[OBJECTIVE, GIVEN[bool((said.get(OBJECTIVE) or "").strip())]] += 1
    return found


def test_facets_give_the_figures_of_what_is_frozen(guadeloupe):
    for chosen in (["prevention"], ["prevention", "access"], ["access"]):
        deposited(guadeloupe, "fir", answers={"fir_missions": chosen})
    for key in ("first-contact", "grades-support"):
        deposited(guadeloupe, key)
    silent = deposited(guadeloupe, "fir")
    frozen = silent.snapshots.get()
    frozen.content["answers"]["fir-request"] |= {"prs_objective": " ", "fir_missions": []}
    with guards.maintenance("Essai", NOW):
        frozen.save()
    write_facets(silent, frozen.content)
    found = reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen()).answers
    assert found == as_frozen()
    assert found == {
        (MISSION, "prevention"): 2,
        (MISSION, "access"): 2,
        (OBJECTIVE, GIVEN[True]): 3,
        (OBJECTIVE, GIVEN[False]): 1,
    }


def test_facets_too_many_for_a_column_count_all_the_same(guadeloupe):
    for _ in range(2):
        dossier = deposited(guadeloupe, "fir")
    before = reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen()).answers
    Dossier.objects.filter(pk=dossier.pk).update(facet_values=None)
    assert reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen()).answers == before
    assert before[OBJECTIVE, GIVEN[True]] == 2


def test_an_erased_dossier_and_one_of_before_facets_say_neither_yes_nor_no(guadeloupe):
    erased, old = (deposited(guadeloupe, "fir") for _ in range(2))
    for dossier in (erased, old):
        dossier.facets.all().delete()
        Dossier.objects.filter(pk=dossier.pk).update(facet_values=None)
    assert reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen()).answers == {}


def test_amounts_are_added_to_the_cent_by_budget_year(guadeloupe):
    dossier = deposited(guadeloupe)
    entry = dossier.journal.last()
    for kind, amount in ((MoneyKind.GRANTED, "0.10"), (MoneyKind.COMMITTED, "999999999999.99")):
        MoneyLine.objects.create(dossier=dossier, entry=entry, kind=kind, year=2027, amount=amount, on=NOW.date())
    found = reading.figures(running.refresh(NOW).stamp, str(guadeloupe.pk), Chosen(year=2027))
    assert {key: str(value) for key, value in found.money.items()} == {
        (2027, "granted"): "0.1",
        (2027, "committed"): "999999999999.99",
    }
    assert found.standing == ()


def test_the_clock_counts_after_ten_minutes_where_somebody_acted_and_after_an_hour_anyway(guadeloupe):
    assert running.run_due(NOW) == ""  # counted all the same: there is nothing to say
    assert SteeringRun.objects.get().dossiers == 0
    assert running.run_due(NOW + 30 * MINUTE) == ""
    deposited(guadeloupe)
    assert running.run_due(NOW + 9 * MINUTE) == ""
    assert "1 dossier" in running.run_due(NOW + 10 * MINUTE)
    assert running.run_due(NOW + 69 * MINUTE) == ""
    assert running.run_due(NOW + 70 * MINUTE) != ""
    assert SteeringRun.objects.count() == running.KEPT


def test_counting_asks_as_many_queries_at_any_number(guadeloupe, django_assert_num_queries):
    queries = 5  # participations, dossiers, stays, money, facets that no column holds
    deposited(guadeloupe)
    with django_assert_num_queries(queries):
        running.count(NOW)
    for _ in range(5):
        deposited(guadeloupe)
    with django_assert_num_queries(queries):
        running.count(NOW)


def test_the_command_says_what_it_counted(guadeloupe, capsys):
    deposited(guadeloupe)
    call_command("refresh_figures")
    assert capsys.readouterr().out.startswith("1 dossier(s), ")
    assert JournalEntry.objects.order_by("-pk").first().pk == running.latest().last_entry
