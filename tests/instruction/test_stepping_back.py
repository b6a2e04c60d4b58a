"""Stepping back: the dossier is closed at once to whoever declares an interest, and the journal says so."""

import pytest
from django.urls import reverse

from apist.models import OutgoingMail
from projects.engine.people import agents_of
from projects.models import JournalEntry, Recusal
from tests.dossier_factories import NOW
from tests.instruction.conftest import deposited, leaks
from tests.people_factories import make_organisation


def address(dossier) -> str:
    return reverse("instruction-step-back", args=[dossier.reference])


def test_the_dossier_is_closed_at_once(client, dossier, of_the_region):
    client.force_login(of_the_region)
    assert client.get(address(dossier)).status_code == 200
    answer = client.post(address(dossier), {"reason": "Lien familial"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/instruction/"
    assert f"le dossier {dossier.reference} vous est fermé" in answer.content.decode()
    for page in ("instruction-dossier", "instruction-verify", "instruction-step-back"):
        assert client.get(reverse(page, args=[dossier.reference])).status_code == 404
    assert leaks(client.get("/instruction/dossiers/").content.decode()) == []


def test_the_journal_says_it_and_keeps_the_reason_beside(client, dossier, of_the_region):
    client.force_login(of_the_region)
    client.post(address(dossier), {"reason": "Lien familial"})
    entry = dossier.journal.last()
    assert (entry.kind, entry.actor) == (JournalEntry.Kind.RECUSED, of_the_region.pseudonym)
    assert "Lien familial" not in str(entry.data)
    assert entry.texts.get().text == "Lien familial"


def test_colleagues_see_it_without_the_reason_and_are_told(client, dossier, of_the_region, head):
    OutgoingMail.objects.all().delete()
    client.force_login(of_the_region)
    client.post(address(dossier), {"reason": "Lien familial"})
    told = agents_of(dossier, NOW)
    assert (head in told, of_the_region in told) == (True, False)
    client.force_login(head)
    html = client.get(reverse("instruction-dossier", args=[dossier.reference])).content.decode()
    assert "se déporte" in html
    assert "Lien familial" not in html


def test_the_reason_may_be_kept_to_oneself_and_twice_is_once(client, dossier, of_the_region):
    client.force_login(of_the_region)
    assert client.post(address(dossier), {}).status_code == 302
    assert client.post(address(dossier), {}).status_code == 404
    assert Recusal.objects.count() == 1


@pytest.mark.parametrize("who", ["of_another_region", "stranger", "applicant"])
def test_others_have_nothing_to_step_back_from(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    assert client.post(address(dossier), {"reason": "x"}).status_code == 404
    assert not Recusal.objects.exists()


def test_a_reason_that_is_too_long_comes_back(client, dossier, of_the_region):
    client.force_login(of_the_region)
    answer = client.post(address(dossier), {"reason": "x" * 301})
    assert answer.status_code == 200
    assert "x" * 301 in answer.content.decode()


def test_whoever_stepped_back_from_every_dossier_is_out_of_the_project(client, applicant, of_the_region, tried):
    """An officer who is also of the applicant's side reads the sections of the project nowhere any more."""
    organisation = make_organisation(of_the_region)
    one = deposited(applicant, tried, organisation=organisation)
    other = deposited(applicant, tried, organisation=organisation, project=one.project)
    client.force_login(of_the_region)
    address = f"/dossiers/projets/{one.project.public_id}/"
    assert client.get(address).status_code == 200
    one.recusals.create(user=of_the_region, since=NOW)
    assert client.get(address).status_code == 200
    other.recusals.create(user=of_the_region, since=NOW)
    for page in ("", "financement/", "partage/"):
        assert client.get(f"{address}{page}").status_code == 404
    client.force_login(applicant)
    other.recusals.create(user=applicant, since=NOW)
    one.recusals.create(user=applicant, since=NOW)
    assert client.get(address).status_code == 200
