"""Signing in, signing out, and a password that was forgotten."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command
from django.test import Client

from apist.accounts import recovery_codes
from tests import factories
from tests.pages.reading import link, query, read, visit

SIGN_IN = "/compte/connexion/"
RESET = "/compte/mot-de-passe/oublie/"
NEW = "une-phrase-assez-longue-42"


def send(client, address: str, **fields):
    return client.post(address, fields)


def who(client) -> str:
    """Return who the portal takes the visitor for."""
    user = client.get("/plan-du-site/").context["user"]
    return "" if isinstance(user, AnonymousUser) else user.email


# --- Signing in -----------------------------------------------------------


def test_somebody_signs_in_with_an_address_and_a_password(applicant, client):
    answer = send(client, SIGN_IN, login=applicant.email, password=factories.PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert who(client) == applicant.email


def test_the_name_of_who_is_signed_in_shows_with_a_way_out(applicant, client):
    client.force_login(applicant)
    header = visit(client, "/plan-du-site/").one("header")
    assert header.one("span", "portal-account__name").text == str(applicant)
    assert header.one("form", action="/compte/deconnexion/").one("button").text == "Se déconnecter"


def test_signing_out_is_a_button_and_never_a_link(applicant, client):
    client.force_login(applicant)
    assert client.get("/compte/deconnexion/").status_code == 405
    assert who(client) == applicant.email
    assert client.post("/compte/deconnexion/").headers["Location"] == "/"
    assert who(client) == ""


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("porteur@exemple.invalid", "faux"),
        ("inconnu@exemple.invalid", factories.PASSWORD),
        ("porteur@ailleurs.invalid", "x"),
    ],
)
def test_a_wrong_address_and_a_wrong_password_are_told_the_same_way(login, password, applicant, client):
    answer = send(client, SIGN_IN, login=login, password=password)
    page = visit_of(answer)
    alert = page.one("div", "fr-alert--error", role="alert")
    assert "Saisissez un Adresse électronique et un mot de passe valides" not in alert.text, "not French"
    assert re.search(r"(?i)adresse.*mot de passe", alert.text)
    assert page.one("title").text == "Erreur : Se connecter · Portail APIST"
    assert page.one("input", name="login")["value"] == login
    assert page.one("input", name="password").get("value") is None
    assert who(client) == ""


def visit_of(answer, status: int = 200):
    assert answer.status_code == status
    return read(answer)


def test_what_is_missing_is_tied_to_its_field(db, client):
    page = visit_of(send(client, SIGN_IN, login="", password=""))
    assert page.one("h2", "fr-alert__title").text == "Il reste 2 points à corriger"
    for name in ("login", "password"):
        field = page.one("input", name=name)
        assert field["aria-invalid"] == "true"
        message = page.one(id=field["aria-describedby"].split()[-1])
        assert message.text == "Ce champ est obligatoire."


def test_an_account_that_was_closed_does_not_open(client, db):
    user = factories.make_user("parti@exemple.invalid", is_active=False)
    send(client, SIGN_IN, login=user.email, password=factories.PASSWORD)
    assert who(client) == ""


def test_browsers_and_password_managers_recognise_the_fields(db, client):
    page = visit(client, SIGN_IN)
    assert page.one("input", name="login")["autocomplete"] == "username"
    assert page.one("input", name="password")["autocomplete"] == "current-password"
    assert page.one("input", name="password")["type"] == "password"


# --- Where one goes then --------------------------------------------------


def test_a_private_page_asks_to_sign_in_and_is_reached_after_that(client, curator):
    asked = client.get("/admin/levers/lever/")
    assert asked.status_code == 302
    address = asked.headers["Location"]
    assert address.startswith(SIGN_IN)
    assert query(address) == [("next", "/admin/levers/lever/")]
    page = visit(client, address)
    assert "Vous y arriverez après la connexion." in page.one("main").text
    kept = page.one("main").one("input", name="next")["value"]
    asked = send(client, SIGN_IN, login=curator.email, password=factories.PASSWORD, next=kept)
    answer = send(client, asked.headers["Location"], code=recovery_codes(curator)[0])
    assert answer.headers["Location"] == "/admin/levers/lever/"
    assert client.get("/admin/levers/lever/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://exemple.com/",
        "//exemple.com/",
        "/\\exemple.com/",
        "javascript:alert(1)",
        "http:///exemple.com",
        "https:exemple.com",
        "\x08//exemple.com",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(elsewhere, applicant, client):
    answer = client.post(
        f"{SIGN_IN}?next={elsewhere}", {"login": applicant.email, "password": factories.PASSWORD, "next": elsewhere}
    )
    assert answer.headers["Location"] == "/"


# --- A password that was forgotten ----------------------------------------


def test_the_message_to_choose_a_password_arrives_and_its_link_works_once(applicant, client):
    answer = send(client, RESET, email=applicant.email)
    assert answer.headers["Location"] == "/compte/mot-de-passe/envoye/"
    (message,) = mail.outbox
    assert message.to == [applicant.email]
    assert "\n" not in message.subject
    assert message.subject
    address = re.search(r"http://testserver(/compte/mot-de-passe/nouveau/\S+)", message.body)[1]

    opened = client.get(address, follow=True)
    page = visit_of(opened)
    assert page.one("h1").text == "Choisir un nouveau mot de passe"
    form = opened.request["PATH_INFO"]
    assert send(client, form, password1=NEW, password2=NEW).headers["Location"] == "/compte/mot-de-passe/change/"
    assert link(visit(client, "/compte/mot-de-passe/change/").one("main"), "Se connecter")["href"] == SIGN_IN
    send(client, SIGN_IN, login=applicant.email, password=NEW)
    assert who(client) == applicant.email

    page = visit_of(Client().get(address))
    assert page.one("h1").text == "Ce lien n'est plus valable"
    assert link(page, "Recevoir un nouveau lien")["href"] == RESET


def test_the_message_is_in_french_and_says_what_to_do_when_one_asked_for_nothing(applicant, client):
    send(client, RESET, email=applicant.email)
    assert mail.outbox[0].body.startswith("Bonjour,\n")
    assert "Si vous n'avez rien demandé, ne faites rien" in mail.outbox[0].body
    assert applicant.email in mail.outbox[0].body


def test_nobody_learns_whether_an_account_exists(applicant, client):
    known, unknown = (send(client, RESET, email=email) for email in (applicant.email, "inconnu@exemple.invalid"))
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [message.to for message in mail.outbox] == [[applicant.email]]


def test_an_address_that_is_none_is_told_and_kept(db, client):
    page = visit_of(send(client, RESET, email="pas une adresse"))
    field = page.one("input", name="email")
    assert field["value"] == "pas une adresse"
    assert field["aria-invalid"] == "true"
    assert page.one("title").text == "Erreur : Mot de passe oublié · Portail APIST"


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("court-12", "court-12", "12 caractères"),
        ("098765432109", "098765432109", "numérique"),
        (NEW, NEW + "x", "deux fois le même mot de passe"),
    ],
)
def test_a_bad_new_password_says_why(first, second, word, applicant, client):
    send(client, RESET, email=applicant.email)
    address = re.search(r"http://testserver(/compte/\S+)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True).request["PATH_INFO"]
    page = visit_of(send(client, form, password1=first, password2=second))
    assert word in page.one("div", "fr-alert--error").text
    applicant.refresh_from_db()
    assert applicant.check_password(factories.PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_the_visitor_does_not_wait_for_the_mail_server(settings, client):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    user = factories.make_user("porteur@exemple.invalid")
    send(client, RESET, email=user.email)
    assert mail.outbox == []
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert [message.to for message in mail.outbox] == [[user.email]]
