"""The pages of what follows a grant: a fixed number of queries at any size; envelopes and their words; the admin."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.engine.recording import as_the_portal
from projects.following.indicating import add_indicator, record_evaluation, say_value
from projects.following.scheduling import write_schedule
from projects.models import Envelope
from projects.retention.erasing import erase
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier
from tests.following.builders import ANSWERS, make_envelope, plan, row, running, twins
from tests.instruction.conftest import text_of
from tests.people_factories import make_membership

ENVELOPES = "/instruction/enveloppes/"


def full(cast, dossier, count: int) -> None:
    """Give a dossier as many rows of everything."""
    officer = cast.actor(cast.officer)
    rows = [row(Decimal(60000) / count) for _ in range(count)]
    write_schedule(dossier.pk, rows, 0, officer, NOW)
    for rank in range(count):
        values = {"label": f"Indicateur {rank}", "baseline": None, "target": Decimal(80)}
        indicator = add_indicator(dossier.pk, values, officer, NOW)
        say_value(dossier.pk, indicator.pk, {"on": date(2026, 11, 1), "value": Decimal(rank)}, officer, NOW)
        record_evaluation(
            dossier.pk, {"kind": "final", "on": date(2026, 11, 1), "by": "Un service", "summary": "Bien"}, officer, NOW
        )


@pytest.mark.parametrize("count", [1, 30])
def test_both_pages_take_the_same_queries_for_one_row_and_for_thirty(
    count, cast, in_progress, client, django_assert_num_queries
):
    full(cast, in_progress, count)
    for who, name, queries in ((cast.officer, "instruction-following", 18), (cast.owner, "dossier-following", 17)):
        client.force_login(who)
        address = reverse(name, args=[in_progress.reference])
        client.get(address)
        with django_assert_num_queries(queries):
            page = client.get(address)
        assert len(page.context["followed"].planned) == len(page.context["followed"].measured) == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_envelopes_take_the_same_queries_for_one_and_for_thirty(
    count, cast, dossier, lever, client, django_assert_num_queries
):
    plan(cast, dossier)
    twins(dossier, [f"Projet {rank}" for rank in range(count - 1)])
    for _ in range(count):
        make_envelope(cast.body, factories.make_lever())
    make_envelope(cast.body, lever)
    client.force_login(cast.officer)
    client.get(ENVELOPES)
    with django_assert_num_queries(13):
        page = client.get(f"{ENVELOPES}?annee=2027")
    assert len(page.context["lines"]) == count + 1


def test_an_envelope_says_what_was_committed_paid_and_left(cast, in_progress, lever, client):
    make_envelope(cast.body, lever, 2027, 100000)
    plan(cast, in_progress)
    client.force_login(cast.officer)
    page = client.get(f"{ENVELOPES}?annee=2027")
    (line,) = page.context["lines"]
    assert (line.what, line.amount, line.committed, line.paid, line.left) == ("FIR", 100000, 40000, 0, 60000)
    assert client.get(f"{ENVELOPES}?annee=2028").context["lines"][0].left is None
    assert "Aucune enveloppe connue" in text_of(client.get(f"{ENVELOPES}?annee=2028"))
    Envelope.objects.update(amount=30000)
    assert "Dépassée de 10\u202f000\u00a0€" in text_of(client.get(f"{ENVELOPES}?annee=2027"))


@pytest.mark.parametrize(("dossiers", "told"), [(1, False), (4, False), (5, True), (9, True)])
@pytest.mark.parametrize("why", ["recused", "applicant"])
def test_who_stepped_back_or_carries_it_reads_no_sum_that_stands_for_under_five(
    why, dossiers, told, cast, dossier, lever, client
):
    plan(cast, dossier)
    twins(dossier, [f"Projet {rank}" for rank in range(dossiers - 1)])
    make_envelope(cast.body, lever, 2027, 900000)
    if why == "recused":
        dossier.recusals.create(user=cast.officer, since=NOW)
    else:
        make_membership(cast.organisation, cast.officer)
    client.force_login(cast.officer)
    page = client.get(f"{ENVELOPES}?annee=2027")
    (line,) = page.context["lines"]
    assert line.amount == 900000
    assert (line.committed, line.paid is None) == ((40000 * dossiers, False) if told else (None, True))
    assert (line.left is None) == (not told)
    assert ("Vous vous êtes déporté" in text_of(page), 2028 in page.context["years"]) == (True, False)
    client.force_login(cast.director)
    page = client.get(f"{ENVELOPES}?annee=2027")
    assert page.context["lines"][0].committed == 40000 * dossiers
    assert ("Vous vous êtes déporté" in text_of(page), 2028 in page.context["years"]) == (False, True)


def test_what_no_envelope_covers_has_no_line_where_its_sums_are_withheld(cast, dossier, client):
    plan(cast, dossier)
    client.force_login(cast.officer)
    assert len(client.get(f"{ENVELOPES}?annee=2027").context["lines"]) == 1
    dossier.recusals.create(user=cast.officer, since=NOW)
    assert client.get(f"{ENVELOPES}?annee=2027").context["lines"] == []


@pytest.mark.parametrize(
    "asked", ["", "?annee=", "?annee=hier", "?annee=99999", "?annee=\u0662\u0660\u0662\u0667", "?annee=1000"]
)
def test_a_year_that_is_not_known_is_this_year(asked, cast, client):
    client.force_login(cast.officer)
    page = client.get(f"{ENVELOPES}{asked}")
    assert (page.status_code, page.context["year"]) == (200, page.context["years"][0])


def test_envelopes_of_another_agency_are_not_shown(cast, client, stranger):
    make_envelope(cast.body, factories.make_lever(short_name="Levier caché"))
    client.force_login(stranger)
    assert client.get(ENVELOPES).status_code == 404


def test_a_dossier_that_was_not_granted_has_nothing_to_follow(cast, client, lever):
    dossier = make_dossier(cast.owner, "fir", organisation=cast.organisation, body=cast.body, lever=lever)
    drive(fill(dossier, ANSWERS), "deposit", cast.owner)
    address = reverse("instruction-following", args=[dossier.reference])
    client.force_login(cast.officer)
    assert "Rien à suivre" in text_of(client.get(address))
    assert address in text_of(client.get(reverse("instruction-dossier", args=[dossier.reference]))), "the tab"
    client.force_login(cast.owner)
    assert "Rien à suivre" in text_of(client.get(reverse("dossier-following", args=[dossier.reference])))
    assert "/suivi/" not in text_of(client.get(reverse("dossier", args=[dossier.reference])))


def test_erasing_takes_the_words_and_leaves_the_amounts(cast, lever):
    dossier = running(cast, lever=lever)
    officer = cast.actor(cast.officer)
    plan(cast, dossier, row(60000, condition="Mot Q48213"))
    add_indicator(dossier.pk, {"label": "Mot Q48213", "unit": "Mot Q48213"}, officer, NOW)
    given = {"kind": "final", "on": date(2026, 11, 1), "by": "Q48213", "reference": "Q48213", "summary": "Q48213"}
    record_evaluation(dossier.pk, given, officer, NOW)
    with as_the_portal(dossier.pk, NOW, officer) as desk:
        erase(desk, {"cause": "essai"})
    held = [
        *dossier.schedules.values_list("instalments__condition", "instalments__amount"),
        *dossier.indicators.values_list("label", "unit"),
        *dossier.evaluations.values_list("by", "reference", "summary"),
    ]
    assert "Q48213" not in str(held)
    assert held[0] == ("", Decimal(60000))


def test_an_envelope_is_written_in_the_admin_and_never_twice_for_the_same_days(admin_client, cast):
    lever = factories.make_lever()
    given = {
        "body": cast.body.pk, "year": 2027, "lever": lever.pk, "call": "", "amount": "1000", "valid_from": "2026-01-01",
        "valid_to": "", "source": "Décision d'essai",
    }  # fmt: skip
    address = reverse("admin:projects_envelope_add")
    assert admin_client.post(address, given).status_code == 302
    assert "vaut déjà ces jours-là" in text_of(admin_client.post(address, given | {"valid_from": "2026-06-01"}))
    assert "un levier ou un appel" in text_of(admin_client.post(address, given | {"lever": ""}))
    (one,) = Envelope.objects.all()
    change = reverse("admin:projects_envelope_change", args=[one.pk])
    closed = {"amount": "5", "valid_to": "2026-06-30", "source": "Décision d'essai"}
    assert admin_client.post(change, closed).status_code == 302
    one.refresh_from_db()
    assert (one.amount, one.valid_to) == (1000, date(2026, 6, 30)), "closed, and never rewritten"
    assert admin_client.post(address, given | {"valid_from": "2026-07-01", "amount": "2000"}).status_code == 302
    assert Envelope.objects.count() == 2
    assert admin_client.get(reverse("admin:projects_envelope_changelist")).status_code == 200
