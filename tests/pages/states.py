"""Every page in every state that changes what it looks like, rendered in one place.

What the style sheet keeps is read from here (``bin/build_dsfr.py``): a page whose state is
not visited may lose a part of its style. ``tests/pages/test_style_sheet.py`` tells when a
template writes a class that no state shows.
"""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

from actors.models import User
from apist import views
from apist.account_settings import sso_app
from apist.accounts import enrol_totp
from apist.clock import now
from levers.alerts.links import new_key, token_of
from levers.models import Alert
from levers.pathway.layout import Link, Stop, picture_of
from levers.questionnaire import GROUPS
from levers.views.pathway import KINDS
from tests import factories
from tests.pages.addresses import READ
from tests.pages.component_samples import render_samples

WORKED_CASES = Path(__file__).resolve().parent.parent / "levers/worked_cases.json"
SIGN_IN = "/compte/connexion/"
FORGOTTEN = "/compte/mot-de-passe/oublie/"
#: Pages that say more in the demonstration.
DEMONSTRATION = (
    "/",
    "/mentions-legales/",
    "/compte/mot-de-passe/envoye/",
    "/alertes/envoyee/",
    "/demonstration/messages/",
)
#: Pages that say something else to a person who signed in.
SIGNED_IN = ("/", "/leviers/", "/diagnostic/")


def render_states() -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every state. The base holds the real content; what is added to it is undone."""
    user = factories.make_user("etats@exemple.invalid", full_name="Dominique Visite")
    visitor, member = Client(), Client()
    member.force_login(user)
    for address in READ:
        yield address, body(visitor.get(address), 200)
    for address in SIGNED_IN:
        yield f"{address} signed in", body(member.get(address), 200)
    yield from accounts(visitor, user)
    yield from months(visitor)
    yield from diagnostics(visitor)
    yield from forms_sent(visitor, user)
    yield from faults(visitor, user)
    yield from demonstration(visitor)
    yield from alerts(visitor)
    yield from messages(visitor)
    yield "every kind of link", every_kind_of_link()
    yield from render_samples().items()
    user.delete()


ACCOUNT_PAGES = (
    "/compte/",
    "/compte/adresse/",
    "/compte/mot-de-passe/changer/",
    "/compte/fournisseurs/",
    "/compte/double-authentification/",
    "/compte/double-authentification/application/",
    "/compte/double-authentification/cles/",
    "/compte/double-authentification/cles/ajouter/",
)
#: Those that only somebody with a second factor has.
ENROLLED_PAGES = (
    "/compte/double-authentification/application/retirer/",
    "/compte/double-authentification/codes-de-secours/",
    "/compte/double-authentification/codes-de-secours/nouveaux/",
)


def accounts(visitor: Client, user: User) -> Iterator[tuple[str, str]]:
    """Yield the pages of an account: without a second factor, with one, in a hurry, and those between two pages."""
    member = Client()
    member.post(SIGN_IN, {"login": user.email, "password": factories.PASSWORD})
    yield "who is it", body(member.get("/compte/adresse/", follow=True), 200)
    yield "who is it, wrong", body(member.post("/compte/confirmer-mon-identite/", {"password": "faux"}), 200)
    yield "who is it, by mail", body(member.get("/compte/confirmer-mon-identite/code/"), 200)
    member.post("/compte/confirmer-mon-identite/code/", {"recipient": user.email})
    yield "who is it, the code", body(member.get("/compte/confirmer-mon-identite/code/saisir/"), 200)
    member.post("/compte/confirmer-mon-identite/", {"password": factories.PASSWORD})
    app = sso_app("proconnect", "ProConnect", "https://exemple.invalid", "portail", "secret")
    with override_settings(SOCIALACCOUNT_PROVIDERS={"sso": {"APPS": [app]}}):
        yield "sign in, with a provider", body(visitor.get(SIGN_IN), 200)
        yield "provider, unasked", body(visitor.get("/compte/fournisseurs/proconnect/retour/"), 401)
        SocialAccount.objects.create(user=user, provider="proconnect", uid="1", extra_data={"userinfo": {}})
        for enrolled in (False, True):
            if enrolled:
                enrol_totp(user)
                key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
                yield "rename a key", body(member.get(f"/compte/double-authentification/cles/{key.pk}/renommer/"), 200)
                yield (
                    "take a key away",
                    body(member.get(f"/compte/double-authentification/cles/{key.pk}/retirer/"), 200),
                )
                key.delete()
            for address in ACCOUNT_PAGES + (ENROLLED_PAGES if enrolled else ()):
                yield f"{address}, enrolled: {enrolled}", body(member.get(address, follow=True), 200)
    yield "who is it, by the second factor", body(member.get("/compte/double-authentification/confirmer/"), 200)
    visitor.post(SIGN_IN, {"login": user.email, "password": factories.PASSWORD})
    yield "second factor", body(visitor.get("/compte/double-authentification/verifier/"), 200)
    yield from unusual_accounts(visitor, member, user)


def unusual_accounts(visitor: Client, member: Client, user: User) -> Iterator[tuple[str, str]]:
    """Yield what few people see: a code to type, an account without password, staff without a second factor."""
    typed = {"full_name": "A", "email": "neuf@exemple.invalid"}
    password = dict.fromkeys(("password1", "password2"), "une-phrase-assez-longue-42")
    yield "confirm an address", body(visitor.post("/compte/inscription/", typed | password, follow=True), 200)
    user.is_staff = True
    user.save()
    Authenticator.objects.filter(user=user).delete()
    yield "staff without a second factor", body(member.get("/plan-du-site/", follow=True), 200)
    yield "their account", body(member.get("/compte/"), 200)
    user.is_staff = False
    user.save()
    yield "too many", views.too_many_requests(_asked_by_nobody()).content.decode()
    visitor.cookies.clear()


def _asked_by_nobody():
    request = RequestFactory().get("/compte/connexion/")
    request.user = AnonymousUser()
    return request


def months(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield a month that begins on each day of the week: its first day stands in another column."""
    for month in ("2026-06", "2026-09", "2026-04", "2026-10", "2026-05", "2026-08", "2026-03"):
        yield f"month {month}", body(visitor.get("/appels/", {"view": "month", "month": month}), 200)


def body(answer, status: int) -> str:
    """Return what was answered, or stop where the state is not the one that was asked for."""
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request['PATH_INFO']}: {answer.status_code} instead of {status}")
    return answer.content.decode()


def diagnostics(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield each screen of questions as it comes, then as it is corrected, and results of every group."""
    seen = [group.slug for group in GROUPS]
    for number, group in enumerate(GROUPS):
        yield f"questions {group.slug}", body(visitor.get("/diagnostic/", {"ecran": seen[:number]}, follow=True), 200)
        wrong = dict.fromkeys(group.facts, "²")
        yield f"questions {group.slug}, wrong", body(visitor.get("/diagnostic/", wrong, follow=True), 200)
    for case in json.loads(WORKED_CASES.read_text(encoding="utf-8")):
        answer = visitor.get("/diagnostic/resultats/", [tuple(pair) for pair in case["query"]])
        yield f"results {case['id']}", body(answer, 200)
    yield "results, wrong day", body(visitor.get("/diagnostic/resultats/?on=hier"), 200)


def forms_sent(visitor: Client, user: User) -> Iterator[tuple[str, str]]:
    """Yield forms that come back with what is to be corrected, and the one that a link in a mail opens."""
    yield "sign in, empty", body(visitor.post(SIGN_IN, {}), 200)
    yield "sign in, wrong", body(visitor.post(SIGN_IN, {"login": "a", "password": "b"}), 200)
    yield "sign in, asked for", body(visitor.get(SIGN_IN, {"next": "/admin/"}), 200)
    yield "forgotten, wrong", body(visitor.post(FORGOTTEN, {"email": "faux"}), 200)
    name, token = user_pk_to_url_str(user), default_token_generator.make_token(user)
    opened = visitor.get(f"/compte/mot-de-passe/nouveau/{name}/{token}/", follow=True)
    yield "new password", body(opened, 200)
    yield "new password, wrong", body(visitor.post(opened.request["PATH_INFO"], {"password1": "a"}), 200)
    late = Client(enforce_csrf_checks=True).post(SIGN_IN, {})
    yield "sent too late", body(late, 403)


def faults(visitor: Client, user: User) -> Iterator[tuple[str, str]]:
    """Yield the pages of what goes wrong."""
    yield "not found", body(visitor.get("/nulle-part/"), 404)
    for who in (AnonymousUser(), user):
        request = RequestFactory().get("/refus/")
        request.user = who
        yield f"forbidden to {who}", views.forbidden(request, PermissionError()).content.decode()
    yield "fault of ours", views.server_error(RequestFactory().get("/")).content.decode()


def alerts(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield the pages of an alert, from the form that comes back to the link that opens nothing."""
    yield "alert, wrong", body(visitor.post("/alertes/nouvelle/?region=76&status=open", {}), 200)
    yield "alert, impossible", body(visitor.get("/alertes/nouvelle/?region=zz"), 400)
    alert = Alert.objects.create(
        email="etats@exemple.invalid", query="region=76", frequency="daily", key=new_key(), created_at=now()
    )
    page = f"/alertes/{token_of(alert)}/"
    yield "alert, to confirm", body(visitor.get(f"{page}confirmer/"), 200)
    yield "alert", body(visitor.post(f"{page}confirmer/", follow=True), 200)
    yield "alert, wrong frequency", body(visitor.post(page, {}), 200)
    yield "alert, to stop", body(visitor.get(f"{page}arreter/"), 200)
    yield "alert, stopped", body(visitor.post(f"{page}arreter/", follow=True), 200)
    yield "alert, gone", body(visitor.get(page), 404)


def messages(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield a first message read again: one in which everything is found fault with, one that is only short, none."""
    for name, text in {
        "full of mistakes": "Un partenariat et un label, au plus vite, pour les patients de Normandie. " * 40,
        "short": "Bonjour.",
        "empty": "",
    }.items():
        yield f"message, {name}", body(visitor.post("/preparer/message/", {"message": text}), 200)


def every_kind_of_link() -> str:
    """Return the picture of a pathway that holds every kind of link; the content of today has two of them."""
    stops = [Stop("fir", "FIR", 1, ("idee",), "retenu", kept=True), Stop("cpom", "CPOM", 2, ("idee",))]
    links = [Link("fir", "cpom", kind) for kind, _ in KINDS]
    picture = picture_of({"idee": "Idée"}, stops, links)
    return render_to_string("pathway/picture.html", {"picture": picture, "keys": KINDS})


def demonstration(visitor: Client) -> Iterator[tuple[str, str]]:
    """Yield what only the demonstration shows, its mailbox empty then full."""
    with TemporaryDirectory() as folder, override_settings(MODE="demonstration", EMAIL_FILE_PATH=folder):
        for address in DEMONSTRATION:
            yield f"{address} demonstration", body(visitor.get(address), 200)
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = "Un message", "a@exemple.invalid", "b@exemple.invalid"
        mail["Date"] = "Sun, 01 Feb 2026 10:00:00 +0100"
        mail.set_content("Une adresse : https://exemple.invalid/\n")
        (Path(folder) / "1.log").write_bytes(bytes(mail))
        yield "mailbox", body(visitor.get("/demonstration/messages/"), 200)
