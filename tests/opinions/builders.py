"""Requests for opinions, asked by the one door; and the link that a mail holds."""

import re
from datetime import datetime, timedelta

from actors.models import Body, Post, User
from apist.clock import now
from apist.models import OutgoingMail
from projects.engine.people import actor_of
from projects.models import Dossier, OpinionRequest
from projects.opinions.answering import Given, Invitee, answer, declare
from projects.opinions.asking import Asked, ask
from tests.dossier_factories import drive, make_officer
from tests.people_factories import make_body, make_post

QUESTION = "Le besoin décrit est-il réel ?"
WORDS = "Avis de 73519 : le besoin est réel"
ADDRESS = "sachante@exemple.invalid"

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    '=HYPERLINK("http://mal.invalid")',
    "Objet\r\nBcc: tous@exemple.invalid",
    "\u202eéd\u200bné",
)


def put(dossier: Dossier, officer: User, at: datetime | None = None, **fields) -> OpinionRequest:
    """Return a request, to an address without an account unless told otherwise, expected in three weeks."""
    at = at or now()
    whom = {} if "body" in fields else {"email": ADDRESS}
    given = {"question": QUESTION, "due_on": (at + timedelta(days=21)).date()} | whom | fields
    return ask(dossier.pk, Asked(**given), actor_of(officer, at), at)


def link(mail_to: str = ADDRESS) -> str:
    """Return the address of the last link that was sent to somebody."""
    mail = OutgoingMail.objects.filter(to=mail_to, text__contains="/avis/").order_by("pk").last()
    return re.search(r"/avis/[\w-]+/", mail.text).group()


def token_of(address: str) -> str:
    return address.split("/")[2]


def insurance() -> tuple[Body, User]:
    """Return the Assurance maladie of Guadeloupe and one of its people."""
    body = make_body(Body.Kind.INSURANCE)
    return body, make_post(Post.Role.OFFICER, body).user


def as_user(user: User, at: datetime | None = None) -> Invitee:
    return Invitee(actor_of(user, at or now()))


def opined(request: OpinionRequest, invitee: Invitee, text: str = WORDS, sense: str = "favourable") -> OpinionRequest:
    """Declare no interest, then answer."""
    declare(request.pk, invitee, None, now())
    return answer(request.pk, invitee, Given(sense, text), now())


def decide(dossier: Dossier) -> None:
    """Have the director grant the dossier."""
    drive(dossier, "grant", make_officer(dossier.body, Post.Role.DIRECTOR), now())


def colleague(body: Body) -> User:
    return make_officer(body)
