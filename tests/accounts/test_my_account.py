"""« Mon compte » : what one sees and changes of oneself."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from apist.accounts import enrol_totp
from tests import factories
from tests.pages.reading import link, read, visit

pytestmark = pytest.mark.django_db

HOME, ADDRESS = "/compte/", "/compte/adresse/"
NEW = "une-phrase-assez-longue-42"


@pytest.fixture
def signed_in(applicant, client):
    """Return the applicant, signed in."""
    client.force_login(applicant)
    return applicant


def again(client, address: str) -> None:
    """Say who one is where a page asks for it."""
    client.post(client.get(address).headers["Location"], {"password": factories.PASSWORD})


def test_the_header_leads_there_and_out(signed_in, client):
    header = visit(client, "/plan-du-site/").one("header")
    assert link(header, "Mon compte")["href"] == HOME
    assert header.one("form", action="/compte/deconnexion/").one("button").text == "Se déconnecter"


def test_the_page_says_what_the_account_holds_and_leads_to_each_change(signed_in, client):
    page = visit(client, HOME).one("main")
    assert page.one("input", name="full_name")["value"] == "Camille Porteur"
    assert signed_in.email in page.text
    for words, address in {
        "Changer d'adresse": ADDRESS,
        "Changer de mot de passe": "/compte/mot-de-passe/changer/",
        "L'activer": "/compte/double-authentification/",
    }.items():
        assert link(page, words)["href"] == address
    assert "ProConnect" not in page.text


def test_the_page_tells_what_protects_the_account(signed_in, client):
    enrol_totp(signed_in)
    assert "Activée, par une application." in visit(client, HOME).one("main").text


def test_the_name_changes(signed_in, client):
    page = read(client.post(HOME, {"full_name": "Camille Autre"}, follow=True))
    assert "Votre nom est changé." in page.text
    assert page.one("span", "portal-account__name").text == "Camille Autre"


def test_a_name_too_long_is_refused_and_kept_on_the_page(signed_in, client):
    page = read(client.post(HOME, {"full_name": "x" * 151}))
    assert page.one("input", name="full_name")["value"] == "x" * 151
    assert page.one("span", "portal-account__name").text == "Camille Porteur"


def test_an_address_changes_once_its_code_is_typed(signed_in, client, code_by_mail):
    again(client, ADDRESS) if client.get(ADDRESS).status_code == 302 else None
    answer = client.post(ADDRESS, {"action_add": "1", "email": "Nouvelle@Exemple.invalid"})
    if answer.headers["Location"].startswith("/compte/confirmer-mon-identite/"):
        answer = client.post(answer.headers["Location"], {"password": factories.PASSWORD})
    assert answer.headers["Location"] == "/compte/confirmer-mon-adresse/"
    signed_in.refresh_from_db()
    assert signed_in.email == "porteur@exemple.invalid", "nothing changes before the code"
    client.post("/compte/confirmer-mon-adresse/", {"action": "verify", "code": code_by_mail()})
    signed_in.refresh_from_db()
    assert signed_in.email == "nouvelle@exemple.invalid"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nouvelle@exemple.invalid", True)]
    told = [message.to for message in mail.outbox if message.subject.startswith("L'adresse de votre compte a changé")]
    assert told == [["porteur@exemple.invalid"]], "the old address is told"


def test_a_password_changes_and_other_devices_are_signed_out(signed_in, client):
    other = Client()
    other.force_login(signed_in)
    typed = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/compte/mot-de-passe/changer/", typed).headers["Location"] == HOME
    assert client.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302
    assert mail.outbox[-1].subject.startswith("Votre mot de passe a changé")


def test_a_wrong_present_password_changes_nothing(signed_in, client):
    typed = {"oldpassword": "faux", "password1": NEW, "password2": NEW}
    page = read(client.post("/compte/mot-de-passe/changer/", typed))
    assert page.one("input", name="oldpassword")["aria-invalid"] == "true"
    signed_in.refresh_from_db()
    assert signed_in.check_password(factories.PASSWORD)


def test_an_account_without_a_password_gets_one_after_a_code_by_mail(signed_in, client, code_by_mail):
    signed_in.set_unusable_password()
    signed_in.save()
    client.force_login(signed_in)
    address = link(visit(client, HOME), "En choisir un")["href"]
    asked = client.get(address).headers["Location"]
    assert asked.startswith("/compte/confirmer-mon-identite/code/?next=")
    page = visit(client, asked)
    sent = client.post(asked, {"recipient": page.one("input", name="recipient")["value"]}).headers["Location"]
    assert client.post(sent, {"action": "verify", "code": code_by_mail()}).headers["Location"] == address
    client.post(address, {"password1": NEW, "password2": NEW})
    signed_in.refresh_from_db()
    assert signed_in.check_password(NEW)


def test_an_administrator_who_changes_an_address_has_it_confirmed(admin_client, applicant, client, sign_in):
    page = admin_client.get(f"/admin/actors/user/{applicant.pk}/change/")
    assert page.status_code == 200
    typed = {"email": "autre@exemple.invalid", "full_name": "Camille", "is_active": "on"}
    assert admin_client.post(f"/admin/actors/user/{applicant.pk}/change/", typed).status_code == 302
    applicant.refresh_from_db()
    assert not EmailAddress.objects.filter(user=applicant).exists()
    assert sign_in(applicant).headers["Location"] == "/compte/confirmer-mon-adresse/"
    assert mail.outbox[-1].to == ["autre@exemple.invalid"]
