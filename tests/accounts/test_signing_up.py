"""Making an account: an address that is confirmed before anything opens, and nobody learns who has one."""

import pytest
from allauth.account.internal import flows
from allauth.account.models import EmailAddress
from django.core import mail

from actors.models import User
from tests import factories
from tests.pages.reading import link, read, visit

pytestmark = pytest.mark.django_db

SIGN_UP, CONFIRM = "/compte/inscription/", "/compte/confirmer-mon-adresse/"
PASSWORD = "une-phrase-assez-longue-42"
TYPED = {
    "full_name": "Alix Nouveau",
    "email": "Alix@Exemple.invalid",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_somebody_makes_an_account_and_is_signed_in_once_the_code_is_typed(client, who, code_by_mail):
    assert client.post(f"{SIGN_UP}?next=/plan-du-site/", TYPED).headers["Location"] == CONFIRM
    assert who() == ""
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["alix@exemple.invalid"],
        "Votre code pour créer un compte · Portail APIST",
    )
    page = visit(client, CONFIRM)
    assert "alix@exemple.invalid" in page.one("main").text
    answer = client.post(CONFIRM, {"action": "verify", "code": code_by_mail().lower()})
    assert answer.headers["Location"] == "/plan-du-site/"
    assert who() == "alix@exemple.invalid"
    user = User.objects.get()
    assert (user.full_name, user.is_staff, user.check_password(PASSWORD)) == ("Alix Nouveau", False, True)
    assert EmailAddress.objects.get().verified


def test_an_account_whose_address_is_not_confirmed_does_not_open(client, who, sign_in, code_by_mail):
    user = factories.make_user("alix@exemple.invalid")
    EmailAddress.objects.all().delete()
    assert sign_in(user).headers["Location"] == CONFIRM
    assert who() == ""
    client.post(CONFIRM, {"action": "verify", "code": code_by_mail()})
    assert who() == user.email


def test_three_wrong_codes_end_the_attempt(client, who):
    client.post(SIGN_UP, TYPED)
    page = read(client.post(CONFIRM, {"action": "verify", "code": "AAAA-BBBB"}))
    assert page.one("title").text.startswith("Erreur : ")
    assert "Ce code n'est pas le bon" in page.one("div", "fr-alert--error").text
    client.post(CONFIRM, {"action": "verify", "code": "AAAA-BBBB"})
    answer = client.post(CONFIRM, {"action": "verify", "code": "AAAA-BBBB"})
    assert answer.headers["Location"] == "/compte/connexion/"
    assert who() == ""


def test_another_code_can_be_asked_for_but_not_at_once(client, code_by_mail):
    client.post(SIGN_UP, TYPED)
    answer = client.post(CONFIRM, {"action": "resend"})
    assert answer.status_code == 429
    assert read(answer).one("h1").text == "Trop d'essais de suite"
    assert len(mail.outbox) == 1


def test_a_wrong_address_can_be_corrected_before_it_is_confirmed(client, who, code_by_mail):
    client.post(SIGN_UP, TYPED)
    client.post(CONFIRM, {"action": "change", "email": "bonne@exemple.invalid"})
    assert mail.outbox[-1].to == ["bonne@exemple.invalid"]
    client.post(CONFIRM, {"action": "verify", "code": code_by_mail()})
    assert who() == "bonne@exemple.invalid"
    assert User.objects.count() == 1


def test_nobody_learns_that_an_address_has_an_account(client, applicant, who):
    known = client.post(SIGN_UP, TYPED | {"email": applicant.email.upper()})
    known_page = visit(client, CONFIRM).one("main").text
    client.cookies.clear()
    unknown = client.post(SIGN_UP, TYPED | {"email": "inconnu@exemple.invalid"})
    unknown_page = visit(client, CONFIRM).one("main").text
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    first = known_page.replace(applicant.email, "X").partition("L'adresse est fausse")[0]
    assert (
        first.strip()
        == unknown_page.replace("inconnu@exemple.invalid", "X").partition("L'adresse est fausse")[0].strip()
    )
    assert mail.outbox[0].subject == "Vous avez déjà un compte · Portail APIST"
    assert mail.outbox[0].to == [applicant.email]
    assert User.objects.filter(email=applicant.email).count() == 1
    applicant.refresh_from_db()
    assert applicant.check_password(factories.PASSWORD)


def test_two_sign_ups_at_the_same_moment_make_one_account(client, monkeypatch, who):
    """The slower one passed the check before the quicker one wrote: the base refuses it, the page does not show it."""
    factories.make_user("alix@exemple.invalid")
    monkeypatch.setattr(flows.manage_email, "email_already_exists", lambda email, **more: (email, False))
    assert client.post(SIGN_UP, TYPED).headers["Location"] == CONFIRM
    assert User.objects.count() == 1
    assert mail.outbox[0].subject.startswith("Vous avez déjà un compte")


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"email": "faux"}, "email", "adresse e-mail valide"),
        ({"full_name": ""}, "full_name", "Ce champ est obligatoire."),
        ({"full_name": "x" * 151}, "full_name", "150"),
        ({"password1": "court", "password2": "court"}, "password1", "12 caractères"),
        ({"password2": "autre"}, "password2", "deux fois le même mot de passe"),
        ({"email": "a\x00b@exemple.invalid"}, "email", "caractère nul"),
    ],
)
def test_what_is_wrong_is_tied_to_its_field_and_what_was_typed_stays(changed, field, said, client):
    page = read(client.post(SIGN_UP, TYPED | changed))
    wrong = page.one("input", name=field)
    assert wrong["aria-invalid"] == "true"
    assert said in page.one(id=wrong["aria-describedby"].split()[-1]).text
    if field != "email":
        assert page.one("input", name="email")["value"] == TYPED["email"]
    assert not User.objects.exists()


def test_the_page_is_one_step_from_signing_in(client):
    page = visit(client, "/compte/connexion/?next=/admin/")
    address = link(page.one("main"), "Créer un compte")["href"]
    assert address == "/compte/inscription/?next=%2Fadmin%2F"
    assert link(visit(client, address).one("main"), "Se connecter")["href"] == "/compte/connexion/?next=%2Fadmin%2F"
