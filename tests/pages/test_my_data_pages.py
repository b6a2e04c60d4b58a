"""One's own data: the page, closing the account, keeping a dossier."""

import pytest

from actors.models import User
from projects.models import Dossier
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.pages.reading import visit
from tests.people_factories import make_membership, make_organisation

pytestmark = pytest.mark.django_db

CLOSE = "/compte/donnees/supprimer/"


def test_the_page_says_how_long_and_leads_to_the_two_acts(client, applicant):
    client.force_login(applicant)
    page = visit(client, "/compte/donnees/")
    assert "24 mois sans modification pour un brouillon" in page.text
    assert {"/compte/donnees/export.zip", CLOSE} <= {link.get("href") for link in page.all("a")}


def test_what_would_go_is_said_before(client, applicant):
    draft = make_dossier(applicant)
    client.force_login(applicant)
    assert f"Le brouillon {draft.reference}" in visit(client, CLOSE).one("main").text
    assert client.get(CLOSE).status_code == 200
    assert User.objects.filter(pk=applicant.pk).exists()


def test_closing_signs_out_and_says_that_it_is_done(client, applicant):
    client.force_login(applicant)
    answer = client.post(CLOSE, {"email": applicant.email.upper()}, follow=True)
    assert answer.redirect_chain == [("/compte/donnees/supprime/", 302)]
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(pk=applicant.pk).exists()


@pytest.mark.parametrize("typed", ["", "autre@exemple.invalid", "rien"])
def test_another_address_closes_nothing_and_the_error_is_at_the_field(typed, client, applicant):
    client.force_login(applicant)
    answer = client.post(CLOSE, {"email": typed})
    assert answer.context["form"].errors["email"]
    assert User.objects.filter(pk=applicant.pk).exists()


def test_what_stands_in_the_way_is_said_with_what_to_do_and_no_form(client, applicant, stranger):
    make_membership(make_organisation(applicant), stranger, may_manage=False)
    client.force_login(applicant)
    page = visit(client, CLOSE).one("main")
    assert "Donnez d'abord à l'un d'eux" in page.text
    assert page.all("form") == []
    client.post(CLOSE, {"email": applicant.email})
    assert User.objects.filter(pk=applicant.pk).exists()


# --- Keeping a dossier --------------------------------------------------------


@pytest.fixture
def ended(applicant) -> Dossier:
    dossier = fill(make_dossier(applicant))
    drive(dossier, "deposit", applicant)
    drive(dossier, "withdraw", applicant)
    return dossier


def keeping(dossier: Dossier) -> str:
    return f"/instruction/{dossier.reference}/conservation/"


def test_an_officer_keeps_a_dossier_then_lets_it_go(client, ended):
    client.force_login(make_officer(ended.body))
    answer = client.post(keeping(ended), {"act": "hold", "reason": "Recours au tribunal"}, follow=True)
    assert "Motif : Recours au tribunal" in answer.content.decode()
    client.post(keeping(ended), {"act": "hold", "reason": "Recours en appel"})
    ended.refresh_from_db()
    assert ended.held_because == "Recours en appel"
    client.post(keeping(ended), {"act": "release", "reason": "Jugé"})
    ended.refresh_from_db()
    assert ended.held_because == ""
    assert [act.texts.get().text for act in ended.journal.filter(kind="held")] == [
        "Recours au tribunal",
        "Recours en appel",
        "Jugé",
    ]


def test_without_a_reason_nothing_is_kept(client, ended):
    client.force_login(make_officer(ended.body))
    assert client.post(keeping(ended), {"act": "hold", "reason": " "}).context["form"].errors
    ended.refresh_from_db()
    assert ended.held_because == ""


def test_the_applicant_sees_that_it_is_kept_without_the_reason_and_may_not_decide(client, applicant, ended):
    Dossier.objects.filter(pk=ended.pk).update(held_because="Recours au tribunal")
    client.force_login(applicant)
    page = client.get(f"/dossiers/{ended.reference}/").content.decode()
    assert "conservé à la demande de l'administration" in page
    assert "Recours" not in page
    assert client.get(keeping(ended)).status_code == 403
    assert client.post(keeping(ended), {"act": "release", "reason": "x"}).status_code == 403


def test_a_stranger_does_not_learn_that_it_exists(client, stranger, ended):
    client.force_login(stranger)
    assert client.get(keeping(ended)).status_code == 404


def test_an_erased_dossier_says_so_to_those_who_could_read_it(client, applicant, ended):
    Dossier.objects.filter(pk=ended.pk).update(erased_at=NOW)
    for person, address in (
        (applicant, f"/dossiers/{ended.reference}/"),
        (make_officer(ended.body), f"/instruction/{ended.reference}/"),
    ):
        client.force_login(person)
        assert "Le contenu de ce dossier est effacé depuis le 28 novembre 2026" in visit(client, address).text


def test_a_dossier_that_will_go_says_when_and_what_to_do(client, applicant):
    draft = make_dossier(applicant)
    Dossier.objects.filter(pk=draft.pk).update(erase_after="2099-01-10", warned_at=NOW)
    client.force_login(applicant)
    page = visit(client, f"/dossiers/{draft.reference}/").text
    assert "sera effacé à partir du 11 janvier 2099" in page
    assert "modifiez-le" in page
