"""Dossiers of before an upgrade get what their deposits say, once, and their journals stay as they were."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from projects import guards
from projects.engine import catching_up
from projects.engine.catching_up import Completed, complete
from projects.engine.verifying import verify
from projects.models import Dossier, DossierFacet, JournalEntry, Maintenance, MoneyLine, StageSpan, SteeringRun
from projects.procedures.vocabulary import Macro, MoneyKind, Turn
from tests.dossier_factories import NOW, drive, fill, make_dossier
from tests.people_factories import make_agency_body
from tests.steering.conftest import deposited

pytestmark = pytest.mark.django_db

NOTHING = Completed()


def state() -> list[list[tuple]]:
    """Return what a deposit gives, whatever the numbers of rows."""
    return [
        list(Dossier.objects.order_by("pk").values_list("pk", "facet_values", "asked")),
        sorted(DossierFacet.objects.values_list("dossier", "name", "value", "words")),
        sorted(MoneyLine.objects.values_list("dossier", "entry", "kind", "year", "amount", "on")),
    ]


def age(*dossiers: Dossier) -> None:
    """Make dossiers as they were before facets and amounts were kept."""
    with guards.maintenance("Essai", NOW):
        MoneyLine.objects.filter(dossier__in=dossiers, kind=MoneyKind.ASKED).delete()
    DossierFacet.objects.filter(dossier__in=dossiers).delete()
    Dossier.objects.filter(pk__in=[one.pk for one in dossiers]).update(facet_values=None, asked=None)


def asking(answers: dict | None = None) -> Dossier:
    """Return a dossier of the fund that was deposited and asks for money."""
    return deposited(make_agency_body(), "fir", answers=answers)


def test_what_a_deposit_would_have_written_is_written_and_only_once():
    old, fresh, draft = asking(), asking({"fir_missions": ["prevention"]}), fill(make_dossier(procedure="fir"))
    before, acts = state(), list(JournalEntry.objects.order_by("pk").values())
    assert any(row[0] == old.pk for row in before[2])
    age(old)
    assert state() != before
    assert complete(NOW) == Completed(facets=1, asked=1)
    assert state() == before
    assert complete(NOW) == NOTHING
    assert list(JournalEntry.objects.order_by("pk").values()) == acts
    assert all(verify(one).is_whole for one in (old, fresh, draft))


def test_an_amount_whose_line_exists_is_only_carried_to_the_dossier():
    dossier = asking()
    before = state()
    Dossier.objects.filter(pk=dossier.pk).update(asked=None)
    assert complete(NOW) == Completed(asked=1)
    assert state() == before


def test_facets_are_those_of_the_last_deposit_and_the_amount_that_of_the_first():
    dossier = asking()
    drive(dossier, "acknowledge", dossier.body.posts.first().user)
    first = dossier.snapshots.get()
    with guards.maintenance("Essai", NOW):
        entry = dossier.journal.order_by("-seq").first()
        content = {**first.content, "answers": {**first.content["answers"]}}
        content["answers"]["fir-request"] = {"fir_missions": ["access"], "amount_asked": "1"}
        dossier.snapshots.create(entry=entry, number="x", content=content, sha256="0" * 64, taken_at=NOW)
    asked = dossier.asked
    age(dossier)
    assert complete(NOW) == Completed(facets=1, asked=1)
    dossier.refresh_from_db()
    assert dossier.asked == asked
    assert [one.value for one in dossier.facets.filter(name="mission")] == ["access"]


def test_an_erased_dossier_and_one_that_was_not_deposited_stay_as_they_are():
    erased, draft = asking(), fill(make_dossier(procedure="fir"))
    age(erased)
    Dossier.objects.filter(pk=erased.pk).update(erased_at=NOW)
    before = state()
    assert complete(NOW) == NOTHING
    assert state() == before
    assert draft.facet_values is None


def test_killed_between_two_batches_it_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(catching_up, "BATCH", 1)
    old = [asking() for _ in range(2)]
    before = state()
    age(*old)
    seen, real = [], catching_up.facets_in

    def killed(dossier, content):
        seen.append(dossier.pk)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(dossier, content)

    monkeypatch.setattr(catching_up, "facets_in", killed)
    with pytest.raises(KeyboardInterrupt):
        complete(NOW)
    assert [Dossier.objects.get(pk=one.pk).facet_values is None for one in old] == [False, True]
    assert complete(NOW) == Completed(facets=1, asked=1)
    assert state() == before


def test_five_dossiers_cost_the_queries_of_one(django_assert_num_queries):
    old = [asking()]
    age(*old)
    with django_assert_num_queries(20):
        complete(NOW)
    old += [asking() for _ in range(4)]
    age(*old)
    with django_assert_num_queries(20):
        complete(NOW)


def stale(dossier: Dossier, **fields) -> None:
    """Make a dossier say a status that its procedure does not say any more."""
    with guards.maintenance("Essai", NOW):
        Dossier.objects.filter(pk=dossier.pk).update(**fields)
    StageSpan.objects.filter(dossier=dossier, left_at=None).update(macro=fields["macro"])


def test_a_status_that_its_stage_left_behind_is_righted_by_the_door_of_maintenance():
    dossier = deposited(make_agency_body())
    right = (dossier.macro, dossier.turn)
    stale(dossier, macro=Macro.CLOSED, turn=Turn.NOBODY, ended_at=NOW)
    assert not verify(dossier).is_whole
    with pytest.raises(DatabaseError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(macro=right[0])
    assert complete(NOW).statuses == 1
    dossier.refresh_from_db()
    assert (dossier.macro, dossier.turn, dossier.ended_at) == (*right, None)
    assert dossier.spans.get(left_at=None).macro == right[0]
    assert verify(dossier).is_whole
    door = Maintenance.objects.order_by("pk").last()
    assert ("« closed » devient" in door.reason, door.is_open) == (True, False)
    assert complete(NOW).statuses == 0


def test_an_experiment_whose_follow_up_was_an_opinion_runs():
    dossier = make_dossier(procedure="article-51")
    stale(dossier, stage="exit", macro=Macro.OPINION, turn=Turn.NATIONAL)
    assert complete(NOW).statuses == 1
    dossier.refresh_from_db()
    assert dossier.macro == Macro.RUNNING


def test_a_stage_that_ends_gives_an_end_and_an_unknown_one_is_left():
    ended, unknown = make_dossier(procedure="article-51"), make_dossier()
    staged = NOW - timedelta(days=3)
    stale(ended, stage="ended", macro=Macro.RUNNING, staged_at=staged)
    stale(unknown, stage="nowhere", macro=Macro.RUNNING)
    complete(NOW)
    ended.refresh_from_db()
    unknown.refresh_from_db()
    assert (ended.macro, ended.ended_at) == (Macro.CLOSED, staged)
    assert unknown.macro == Macro.RUNNING


def test_the_end_of_the_legal_delay_is_worked_out_again_from_the_journal():
    running, never = asking(), fill(make_dossier(procedure="fir"))
    drive(running, "acknowledge", running.body.posts.first().user)
    running.refresh_from_db()
    due = running.legal_due_at
    assert due > NOW
    for wrong in (None, NOW):
        Dossier.objects.filter(pk__in=[running.pk, never.pk]).update(legal_due_at=wrong)
        Dossier.objects.filter(pk=never.pk).update(legal_due_at=None)
        acts = list(JournalEntry.objects.order_by("pk").values())
        assert complete(NOW) == Completed(delays=1)
        running.refresh_from_db()
        assert running.legal_due_at == due
        assert complete(NOW) == NOTHING
        assert list(JournalEntry.objects.order_by("pk").values()) == acts


def test_the_command_says_what_it_did_and_has_the_figures_counted_again():
    dossier = asking()
    age(dossier)
    said = StringIO()
    call_command("complete_dossiers", stdout=said)
    assert said.getvalue() == "Facettes : 1 dossier(s) ; montant demandé : 1 ; statut : 0 ; délai légal : 0.\n"
    assert SteeringRun.objects.count() == 1
    call_command("complete_dossiers", stdout=StringIO())
    assert SteeringRun.objects.count() == 1
