"""ProConnect and Pro Santé Connect, against a provider that answers over HTTP."""

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from actors.models import User
from apist.accounts import recovery_codes
from tests import factories
from tests.pages.reading import link, read, visit

pytestmark = pytest.mark.django_db

BUTTONS = ("Se connecter avec ProConnect", "Se connecter avec Pro Santé Connect")


def test_nothing_is_offered_where_nothing_is_configured(client):
    assert "ProConnect" not in visit(client, "/compte/connexion/").one("main").text
    for address in ("/compte/fournisseurs/proconnect/", "/compte/fournisseurs/sso/", "/compte/fournisseurs/x/retour/"):
        assert client.get(address).status_code == 404


def test_the_sign_in_page_offers_what_is_configured(client, provider):
    page = visit(client, "/compte/connexion/?next=/plan-du-site/").one("main")
    addresses = [link(page, words)["href"] for words in BUTTONS]
    assert addresses == [
        f"/compte/fournisseurs/{name}/?process=login&next=%2Fplan-du-site%2F"
        for name in ("proconnect", "pro-sante-connect")
    ]


def test_somebody_new_gets_an_account_with_the_name_and_the_address_that_the_provider_says(round_trip, provider, who):
    answer = round_trip(query="process=login&next=/plan-du-site/")
    assert answer.redirect_chain[-1][0] == "/plan-du-site/"
    assert who() == "porteur@exemple.invalid"
    user = User.objects.get()
    assert (user.full_name, user.has_usable_password()) == ("Camille Porteur", False)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid, kept.user) == ("proconnect", "sujet-1", user)
    assert set(kept.extra_data["userinfo"]) == {"sub", "email", "given_name", "usual_name", "siret"}
    (asked,) = provider.asked
    assert (asked["acr_values"], asked["code_challenge_method"], asked["response_type"]) == ("eidas1", "S256", "code")
    assert len(asked["nonce"]) > 30


def test_the_same_person_comes_back_to_the_same_account(client, round_trip, provider, who):
    round_trip()
    client.logout()
    provider.person |= {"email": "autre@exemple.invalid"}
    round_trip()
    assert who() == "porteur@exemple.invalid"
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_an_account_with_the_address_that_the_provider_confirmed_is_the_same_account(applicant, round_trip, who):
    round_trip()
    assert who() == applicant.email
    assert User.objects.get() == applicant == SocialAccount.objects.get().user
    applicant.refresh_from_db()
    assert applicant.check_password(factories.PASSWORD), "the other way in stays"
    assert applicant.full_name == "Camille Porteur"
    assert [message.to for message in mail.outbox] == [[applicant.email]]
    assert mail.outbox[0].subject.startswith("Une identité a été reliée à votre compte")


@pytest.mark.parametrize("told", [None, False, "false"])
def test_an_address_that_the_provider_did_not_confirm_opens_nobody_s_account(
    told, applicant, round_trip, provider, who
):
    provider.person["email_verified"] = told
    page = read(round_trip())
    assert page.one("h1").text == "Confirmer votre adresse", "nobody learns whether there is an account"
    assert who() == ""
    assert User.objects.get() == applicant
    assert not SocialAccount.objects.exists()
    assert mail.outbox[0].subject.startswith("Vous avez déjà un compte")


@pytest.mark.parametrize(("told", "signed_in"), [(None, True), (False, False)])
def test_an_operator_may_vouch_for_what_the_provider_leaves_unsaid(
    told, signed_in, applicant, round_trip, provider, who, settings
):
    settings.SOCIALACCOUNT_PROVIDERS["sso"]["APPS"][0]["settings"]["email_presumed_verified"] = True
    provider.person["email_verified"] = told
    round_trip()
    assert bool(who()) is signed_in


def test_somebody_new_whose_address_is_not_confirmed_confirms_it_by_a_code(
    client, round_trip, provider, who, code_by_mail
):
    del provider.person["email_verified"]
    page = read(round_trip())
    assert page.one("h1").text == "Confirmer votre adresse"
    assert who() == ""
    client.post("/compte/confirmer-mon-adresse/", {"action": "verify", "code": code_by_mail()})
    assert who() == "porteur@exemple.invalid"
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_a_squatter_of_the_address_is_shut_out(round_trip, who):
    squatter = factories.make_user("porteur@exemple.invalid")
    EmailAddress.objects.update(verified=False)
    page = read(round_trip())
    assert page.one("h1").text == "Confirmer votre adresse"
    squatter.refresh_from_db()
    assert not squatter.has_usable_password()
    assert User.objects.count() == 1


def test_a_provider_that_gives_no_address_asks_for_one(client, round_trip, provider, who, code_by_mail):
    provider.person = {"sub": "899700000000", "given_name": "Alix", "family_name": "Soignant", "SubjectNameID": "8997"}
    provider.signed_userinfo = False
    answer = round_trip("pro-sante-connect")
    page = read(answer)
    assert page.one("h1").text == "Terminer la création du compte"
    assert page.one("input", name="full_name")["value"] == "Alix Soignant"
    sent = {"full_name": "Alix Soignant", "email": "alix@exemple.invalid"}
    assert client.post(answer.redirect_chain[-1][0], sent).headers["Location"] == "/compte/confirmer-mon-adresse/"
    assert who() == ""
    client.post("/compte/confirmer-mon-adresse/", {"action": "verify", "code": code_by_mail()})
    assert who() == "alix@exemple.invalid"
    assert SocialAccount.objects.get().extra_data["userinfo"]["SubjectNameID"] == "8997"


def test_an_address_already_taken_makes_no_second_account(client, round_trip, provider, applicant, who):
    provider.person = {"sub": "899700000000"}
    provider.signed_userinfo = False
    answer = round_trip("pro-sante-connect")
    client.post(answer.redirect_chain[-1][0], {"full_name": "Alix", "email": applicant.email})
    assert who() == ""
    assert User.objects.get() == applicant
    assert mail.outbox[-1].subject.startswith("Vous avez déjà un compte")


def test_somebody_signed_in_connects_a_provider_after_saying_who_they_are(client, round_trip, applicant, provider):
    provider.person["email"] = "camille@employeur.invalid"
    client.force_login(applicant)
    assert link(visit(client, "/compte/fournisseurs/"), "Relier ProConnect")
    answer = round_trip(query="process=connect")
    assert read(answer).one("h1").text == "Confirmer que c'est vous"
    assert not SocialAccount.objects.exists()
    address = answer.redirect_chain[-1][0]
    page = read(client.post(address, {"password": factories.PASSWORD}, follow=True))
    assert "Votre identité ProConnect est reliée à ce compte." in page.text
    assert SocialAccount.objects.get().user == applicant
    assert User.objects.count() == 1

    form = {"account": SocialAccount.objects.get().pk}
    page = read(client.post("/compte/fournisseurs/", form, follow=True))
    assert "L'identité n'est plus reliée à ce compte." in page.text
    assert not SocialAccount.objects.exists()


def test_another_site_cannot_have_its_identity_connected(client, provider, applicant):
    client.force_login(applicant)
    answer = client.get("/compte/fournisseurs/proconnect/?process=connect", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["Location"] == "/compte/fournisseurs/"


def test_the_only_way_in_is_not_taken_away(client, round_trip, who):
    round_trip()
    page = read(client.post("/compte/fournisseurs/", {"account": SocialAccount.objects.get().pk}))
    assert "Choisissez d'abord un mot de passe" in page.one("div", "fr-alert--error").text
    assert SocialAccount.objects.exists()


def test_a_provider_that_is_no_longer_offered_harms_nothing(client, round_trip, applicant, settings):
    round_trip()
    settings.SOCIALACCOUNT_PROVIDERS = {"sso": {"APPS": []}}
    assert "1 reliée à ce compte" in visit(client, "/compte/").one("main").text
    assert visit(client, "/compte/fournisseurs/").one("h1").text == "Identités professionnelles"
    page = read(client.post("/compte/fournisseurs/", {"account": SocialAccount.objects.get().pk}))
    assert "n'est plus proposé ici" in page.one("div", "fr-alert--error").text


def test_a_provider_does_not_replace_the_second_factor(client, round_trip, who):
    user = factories.make_user("porteur@exemple.invalid", is_staff=True)
    answer = round_trip()
    assert read(answer).one("h1").text == "Second facteur"
    assert who() == ""
    client.post(answer.redirect_chain[-1][0], {"code": recovery_codes(user)[0]})
    assert who() == user.email


LIES = {
    "another key signed the identity": lambda p: setattr(p, "signs_id_token_with", p.other_key),
    "another key signed userinfo": lambda p: setattr(p, "signs_userinfo_with", p.other_key),
    "another issuer": lambda p: p.id_token.update(iss="https://ailleurs.invalid"),
    "another issuer of userinfo": lambda p: p.userinfo.update(iss="https://ailleurs.invalid"),
    "another audience": lambda p: p.id_token.update(aud="un-autre-site"),
    "another audience of userinfo": lambda p: p.userinfo.update(aud="un-autre-site"),
    "no audience in userinfo": lambda p: p.userinfo.update(aud=None),
    "another nonce": lambda p: p.id_token.update(nonce="celui-d-hier"),
    "no nonce": lambda p: p.id_token.update(nonce=None),
    "over": lambda p: p.id_token.update(exp=1),
    "without an end": lambda p: p.id_token.update(exp=None),
    "userinfo is over": lambda p: p.userinfo.update(exp=1),
    "userinfo about somebody else": lambda p: p.userinfo.update(sub="sujet-2"),
    "an unknown key": lambda p: p.header.update(kid="cle-2"),
    "userinfo not signed": lambda p: setattr(p, "signed_userinfo", False),
    "described as another": lambda p: setattr(p, "described_issuer", "https://ailleurs.invalid"),
    "a name too long": lambda p: p.person.update(sub="x" * 300),
    "no keys": lambda p: p.down.add("jwks"),
    "userinfo is down": lambda p: p.down.add("userinfo"),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_cannot_be_verified_signs_nobody_in_and_says_so_in_french(lie, client, provider, who):
    leaves = client.get("/compte/fournisseurs/proconnect/?process=login").headers["Location"]
    LIES[lie](provider)
    back = requests.get(leaves, allow_redirects=False, timeout=5).headers["Location"]
    answer = client.get(back.removeprefix("http://testserver"))
    assert answer.status_code == 401
    assert read(answer).one("h1").text == "La connexion n'a pas abouti"
    assert who() == ""
    assert not User.objects.exists()


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_signature_that_anybody_could_make_is_refused(algorithm, round_trip, provider, who):
    provider.header["alg"] = algorithm
    provider.signs_id_token_with = "x" * 32 if algorithm == "HS256" else None
    assert round_trip().status_code == 401
    assert who() == ""


def test_a_token_altered_on_the_way_is_refused(monkeypatch, round_trip, provider, who):
    honest = provider.sign
    monkeypatch.setattr(provider, "sign", lambda *args: honest(*args)[:-6] + "AAAAAA")
    assert round_trip().status_code == 401
    assert who() == ""


@pytest.mark.parametrize("query", ["", "code=x&state=y", "error=server_error&state=y"])
def test_a_return_that_nobody_asked_for_is_refused(query, client, provider):
    answer = client.get(f"/compte/fournisseurs/proconnect/retour/?{query}")
    assert answer.status_code == 401
    assert read(answer).one("h1").text == "La connexion n'a pas abouti"


def test_somebody_who_changes_their_mind_is_told_that_nothing_happened(client, provider):
    leaves = client.get("/compte/fournisseurs/proconnect/?process=login").headers["Location"]
    state = dict(pair.split("=") for pair in leaves.partition("?")[2].split("&"))["state"]
    address = f"/compte/fournisseurs/proconnect/retour/?error=access_denied&state={state}"
    assert read(client.get(address, follow=True)).one("h1").text == "Vous avez annulé la connexion"


def test_a_provider_that_is_down_is_told(client, provider):
    provider.down.add("openid-configuration")
    answer = client.get("/compte/fournisseurs/proconnect/?process=login")
    assert answer.status_code == 401
    assert read(answer).one("h1").text == "La connexion n'a pas abouti"
