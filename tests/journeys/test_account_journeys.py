"""A person makes an account, protects it with a key, and comes back with that key alone."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests import factories

PASSWORD = "une-phrase-assez-longue-42"


@pytest.fixture
def with_key():
    """Return a way to put a key, which its owner always touches, into the browser of a page."""

    def put(page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return put


def test_an_account_is_made_protected_by_a_key_and_opened_by_it(open_browser, with_key, axe):
    page = open_browser(1280)
    with_key(page)
    page.goto("/compte/connexion/")
    assert axe(page) == []
    page.get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Prénom et nom").fill("Alix Nouveau")
    page.get_by_label("Adresse électronique").fill("alix@exemple.invalid")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, une seconde fois").fill(PASSWORD)
    assert axe(page) == []
    page.get_by_role("button", name="Créer mon compte").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmer votre adresse")
    assert axe(page) == []
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", mail.outbox[-1].body, flags=re.M)[1]
    page.get_by_label("Code reçu").fill(code)
    page.get_by_role("button", name="Confirmer").click()

    page.get_by_role("link", name="Mon compte").click()
    expect(page.get_by_text("Non activée")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="L'activer").click()
    assert axe(page) == []
    page.get_by_role("link", name="Ajouter une clé d'accès").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom de la clé").fill("Ordinateur")
    page.get_by_label("Pouvoir se connecter avec cette clé seule").check(force=True)
    assert axe(page) == []
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    assert axe(page) == []
    page.get_by_role("link", name="C'est noté, continuer").click()
    expect(page.get_by_text("Activée, par 1 clé d'accès.")).to_be_visible()

    page.get_by_role("button", name="Se déconnecter de cet appareil").click()
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Se connecter avec une clé").click()
    expect(page.get_by_role("link", name="Mon compte")).to_be_visible()


def test_a_key_is_a_second_factor_after_the_password(open_browser, with_key, applicant):
    page = open_browser(390)
    with_key(page)
    page.goto("/compte/double-authentification/cles/ajouter/")
    page.get_by_label("Adresse électronique").fill(applicant.email)
    page.get_by_label("Mot de passe").fill(factories.PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_label("Mot de passe").fill(factories.PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.context.clear_cookies()
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(applicant.email)
    page.get_by_label("Mot de passe").fill(factories.PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("button", name="Utiliser une clé").click()
    expect(page).to_have_url(re.compile("/$"))


def test_without_a_key_nothing_offers_one_that_would_not_work(open_browser):
    page = open_browser(1280, javascript=False)
    page.goto("/compte/connexion/")
    expect(page.get_by_role("button", name="Se connecter avec une clé")).to_be_hidden()
    expect(page.get_by_role("button", name="Se connecter", exact=True)).to_be_visible()
