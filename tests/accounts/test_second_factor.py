"""The second factor: who must have one, how one gets it, and what it opens."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse

from apist.accounts import current_code, enrol_totp, has_second_factor, must_have_second_factor, recovery_codes
from tests import factories
from tests.pages.reading import link, read, visit
from tests.people_factories import make_post

pytestmark = pytest.mark.django_db

HOME = "/compte/double-authentification/"
VERIFY = f"{HOME}verifier/"


@pytest.fixture
def bare(client, sign_in):
    """Return a member of staff who signed in and has no second factor."""
    user = factories.make_user("agent@exemple.invalid", is_staff=True, second_factor=False)
    sign_in(user)
    return user


def confirmed(client, address: str):
    """Open a page that asks for the password again, and give it."""
    asked = client.get(address)
    assert asked.headers["Location"].startswith("/compte/confirmer-mon-identite/?next=")
    return client.post(asked.headers["Location"], {"password": factories.PASSWORD}, follow=True)


# --- Who must have one ------------------------------------------------------


def test_staff_must_have_one_and_agents_and_nobody_else():
    agent, past = make_post().user, make_post(until=date(2020, 12, 31)).user
    people = [factories.make_user(is_staff=True), agent, past, factories.make_user(), AnonymousUser()]
    assert [must_have_second_factor(person) for person in people] == [True, True, False, False, False]


@pytest.mark.parametrize(
    "address", ["/admin/", "/", "/leviers/", "/plan-du-site/", "/admin/levers/lever/", "/api/v1/levers/"]
)
def test_staff_without_one_are_sent_where_they_get_it_whatever_they_ask(address, bare, client):
    for answer in (client.get(address), client.post(address)):
        assert (answer.status_code, answer.headers["Location"]) == (302, HOME)


def test_the_page_says_why_and_signing_out_stays_possible(bare, client):
    page = visit(client, HOME)
    assert "un mot de passe volé ne doit pas suffire" in page.one("div", "fr-alert--warning").text
    assert "Votre rôle demande un second facteur." in visit(client, "/compte/").one("main").text
    assert client.post("/compte/deconnexion/").headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_an_applicant_without_one_goes_everywhere(applicant, client):
    client.force_login(applicant)
    assert client.get("/plan-du-site/").status_code == 200
    assert not visit(client, HOME).one("main").all("div", "fr-alert--warning")


# --- Getting one ------------------------------------------------------------


def test_enrolling_an_application_shows_the_recovery_codes_and_opens_the_rest(
    bare, client, django_capture_on_commit_callbacks
):
    answer = confirmed(client, f"{HOME}application/")
    page = read(answer)
    secret = re.fullmatch(r"[A-Z2-7]{32}", page.one("main").one("code").text)[0]
    assert page.one("main").one("img")["src"].startswith("data:image/svg+xml;base64,")
    wrong = read(client.post(f"{HOME}application/", {"code": "000000"}))
    assert "Ce code n'est pas le bon" in wrong.one("div", "fr-alert--error").text
    assert wrong.one("main").one("code").text == secret, "the secret does not change under one's hands"

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{HOME}application/", {"code": current_code(secret)}, follow=True)
    shown = [code.text for code in read(answer).one("main").all("code")]
    assert len(shown) == 10
    assert shown == recovery_codes(bare)
    assert client.get("/admin/").status_code == 200
    assert [message.subject for message in mail.outbox] == ["Double authentification activée · Portail APIST"]
    text = client.get(f"{HOME}codes-de-secours/fichier/")
    assert all(code in text.content.decode() for code in shown)


def test_the_secret_is_not_in_the_base_in_clear(applicant):
    secret = enrol_totp(applicant)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_secret_whose_key_is_gone_matches_no_code(applicant, settings, client, sign_in, who):
    code = current_code(enrol_totp(applicant))
    settings.SECRET_KEY = "une-autre-cle-" * 5
    sign_in(applicant)
    assert client.post(VERIFY, {"code": code}).status_code == 200
    assert who() == ""


def test_a_key_kept_as_fallback_still_opens_the_secrets(applicant, settings, client, sign_in, who):
    code = current_code(enrol_totp(applicant))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une-autre-cle-" * 5
    sign_in(applicant)
    client.post(VERIFY, {"code": code})
    assert who() == applicant.email


# --- Signing in with it -----------------------------------------------------


def test_the_password_alone_no_longer_opens(applicant, client, sign_in, who):
    secret = enrol_totp(applicant)
    assert sign_in(applicant, next="/diagnostic/").headers["Location"] == VERIFY
    assert who() == ""
    page = read(client.post(VERIFY, {"code": "123"}))
    assert page.one("title").text.startswith("Erreur : ")
    answer = client.post(VERIFY, {"code": current_code(secret)})
    assert answer.headers["Location"] == "/diagnostic/"
    assert who() == applicant.email


def test_a_code_opens_once(applicant, client, sign_in, who):
    code = current_code(enrol_totp(applicant))
    for expected in (applicant.email, ""):
        sign_in(applicant)
        client.post(VERIFY, {"code": code})
        assert who() == expected
        client.logout()


def test_a_recovery_code_opens_once(applicant, client, sign_in, who):
    enrol_totp(applicant)
    code = recovery_codes(applicant)[3]
    for expected in (applicant.email, ""):
        sign_in(applicant)
        client.post(VERIFY, {"code": code})
        assert who() == expected
        client.logout()
    assert code not in recovery_codes(applicant)


def test_codes_are_not_guessed_by_trying(applicant, client, sign_in, who):
    secret = enrol_totp(applicant)
    sign_in(applicant)
    for number in range(5):
        client.post(VERIFY, {"code": f"{number:06d}"})
    page = read(client.post(VERIFY, {"code": current_code(secret)}))
    assert "Trop d'essais de suite" in page.one("div", "fr-alert--error").text
    assert who() == ""


def test_without_a_sign_in_under_way_there_is_nothing_to_verify(client):
    assert client.get(VERIFY).headers["Location"] == "/compte/connexion/"


# --- Living with it ---------------------------------------------------------


def test_staff_keep_their_last_factor(curator, client):
    client.force_login(curator)
    page = read(confirmed(client, f"{HOME}application/retirer/"))
    assert "ajoutez-en un autre" in page.one("div", "fr-alert--error").text
    client.post(f"{HOME}application/retirer/")
    assert has_second_factor(curator)


def test_an_applicant_takes_it_away_and_is_told_by_mail(applicant, client):
    enrol_totp(applicant)
    client.force_login(applicant)
    confirmed(client, f"{HOME}application/retirer/")
    assert client.post(f"{HOME}application/retirer/").headers["Location"] == HOME
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject.startswith("Une application de codes a été retirée")


def test_new_recovery_codes_replace_the_old(applicant, client):
    enrol_totp(applicant)
    old = recovery_codes(applicant)
    client.force_login(applicant)
    assert link(visit(client, HOME), "En tirer de nouveaux")["href"] == reverse("mfa_generate_recovery_codes")
    confirmed(client, reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(recovery_codes(applicant))


def test_what_a_key_never_said_is_refused_in_french(applicant, client):
    client.force_login(applicant)
    confirmed(client, f"{HOME}cles/ajouter/")
    for credential in ("", "{}", "pas du JSON", '{"id": 1, "response": {}}', "null", "[]"):
        answer = client.post(f"{HOME}cles/ajouter/", {"name": "x", "credential": credential})
        assert answer.status_code == 200
        assert read(answer).one("div", "fr-alert--error")
    for credential in ("", "{}", "null", "[]", '{"response": {"userHandle": "MQ"}}'):
        assert client.post("/compte/connexion/cle/", {"credential": credential}).status_code in (302, 429)
    assert not Authenticator.objects.exists()
