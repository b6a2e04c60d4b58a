"""Asking for an opinion, reminding, withdrawing: what the agency does. The only door to these rows, with answering.py.

Each act is written in the journal of the dossier, under its lock; the question is a text beside it, erasable.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from actors.models import Body, User
from projects.depositing.moments import zone_of
from projects.engine.door import NotAllowed
from projects.engine.people import THE_PORTAL, Actor
from projects.engine.recording import Desk, act_on, as_the_portal
from projects.models import Dossier, JournalEntry, OpinionRequest
from projects.opinions.access import take_back
from projects.opinions.letters import forget, send_reminder, send_request, send_withdrawal
from projects.opinions.recipients import CAPACITIES, account_of, check_recipient, refused
from projects.opinions.standing import AFTER_A_DECISION, ASKABLE, is_open, is_over, link_expires, reminder_due
from projects.procedures.vocabulary import Party
from projects.rights.table import Act

ONE_REMINDER = timedelta(days=1)
"""How long after a reminder the next one may leave."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and of whom: a body, or somebody by an address (an account where there is one, a link else)."""

    question: str
    due_on: date
    body: Body | None = None
    email: str = ""
    expects: str = OpinionRequest.Expects.FREE
    confidential: bool = False
    with_secrets: bool = False


def digest_of(token: str) -> str:
    """Return what is kept of the secret of a link."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def ask(dossier_id: int, asked: Asked, actor: Actor, at: datetime) -> OpinionRequest:
    """Put a question to somebody and write to them; return the request.

    ``NotAllowed`` where the person may not ask; ``Refused`` where it would be put to somebody who may not answer.
    """
    with act_on(dossier_id, Act.CONSULT, actor, at) as desk:
        dossier = desk.dossier
        if dossier.confidential or dossier.procedure.confidential or dossier.macro not in ASKABLE:
            raise refused("status", "On ne demande pas d'avis sur ce dossier à cette étape.")
        if dossier.deposited_at is None:
            raise refused("not-deposited", "Rien n'est déposé ici : il n'y aurait rien à lire.")
        user = account_of(asked.email) if asked.email else None
        check_recipient(dossier, asked.body, user, asked.email, at)
        request = OpinionRequest(
            dossier=dossier, body=asked.body, user=user, email="" if user else asked.email.strip().lower(),
            capacity=CAPACITIES[Body.Kind(asked.body.kind)] if asked.body else Party.EXPERT,
            question=asked.question, expects=asked.expects, confidential=asked.confidential,
            with_secrets=asked.with_secrets, due_on=asked.due_on, asked_by=actor.user, asked_at=at,
            after_decision=dossier.macro in AFTER_A_DECISION,
        )  # fmt: skip
        send_out(request, at)
        note(desk, request, "asked", texts={"question": request.question}, due_on=request.due_on.isoformat())
    return request


def send_out(request: OpinionRequest, at: datetime) -> None:
    """Keep a new request and write to whoever is asked, with a link where they have no account."""
    token = draw_link(request, at) if request.by_link else ""
    request.save()
    send_request(request, token, at)


def draw_link(request: OpinionRequest, at: datetime) -> str:
    """Draw a new secret for a request, of which the digest alone is kept; the former link opens nothing any more."""
    token = secrets.token_urlsafe(32)
    request.token_digest = digest_of(token)
    request.expires_at = link_expires(request.due_on, zone_for(request.dossier), at)
    return token


def zone_for(dossier: Dossier) -> str:
    """Return on which clocks the days of a dossier are read."""
    return zone_of(dossier.call.time_zone if dossier.call_id else "", dossier.region.code if dossier.region_id else "")


def remind(request_id: int, actor: Actor, at: datetime) -> OpinionRequest:
    """Write again to whoever has not answered, at the agency's wish; once a day at most."""
    with act_on(dossier_of(request_id), Act.CONSULT, actor, at) as desk:
        request = waiting_one(desk, request_id)
        if request.reminded_at is not None and request.reminded_at > at - ONE_REMINDER:
            raise refused("too-often", "Un rappel est déjà parti aujourd'hui : attendez demain.")
        _remind(desk, request)
    return request


def remind_if_due(request_id: int, dossier_id: int, at: datetime) -> bool:
    """Remind as the portal does, if under the lock it is still due; tell whether a mail was written."""
    with as_the_portal(dossier_id, at, THE_PORTAL) as desk:
        request = desk.dossier.opinion_requests.open().filter(pk=request_id).first()
        if request is None or not is_open(request, desk.dossier.macro):
            return False
        request.dossier = desk.dossier
        if not reminder_due(request, zone_for(desk.dossier), at):
            return False
        _remind(desk, request)
    return True


def withdraw(request_id: int, actor: Actor, at: datetime) -> None:
    """Take a request back: what it opened is closed at once, its waiting mail does not leave. Twice changes nothing."""
    with act_on(dossier_of(request_id), Act.CONSULT, actor, at) as desk:
        request = desk.dossier.opinion_requests.open().filter(pk=request_id).first()
        if request is None:
            return
        request.dossier = desk.dossier
        forget(request)
        end(request, OpinionRequest.Ending.WITHDRAWN, at)
        send_withdrawal(request, at)
        note(desk, request, "withdrawn")


def end_if_over(request_id: int, dossier_id: int, at: datetime) -> bool:
    """Close what a request still opens once its dossier is decided, as the portal does; tell whether it changed."""
    with as_the_portal(dossier_id, at, THE_PORTAL) as desk:
        request = desk.dossier.opinion_requests.filter(pk=request_id).first()
        if request is None or not is_over(request, desk.dossier.macro):
            return False
        request.dossier = desk.dossier
        if request.answered_at is None and request.ended_at is None:
            forget(request)
            end(request, OpinionRequest.Ending.DECIDED, at)
        else:
            take_back(request)
        note(desk, request, "over")
    return True


def end(request: OpinionRequest, why: str, at: datetime) -> None:
    """End a request without an answer, and take back what it opened."""
    request.ended_at, request.ending = at, why
    request.save(update_fields=["ended_at", "ending"])
    take_back(request)


def end_all_of(user: User, at: datetime, dossier: Dossier | None = None) -> None:
    """End what waits for somebody who goes: their account is closed, or they step back from a dossier."""
    waiting = OpinionRequest.objects.open().filter(user=user)
    for request in waiting if dossier is None else waiting.filter(dossier=dossier):
        forget(request)
        end(request, OpinionRequest.Ending.WITHDRAWN if dossier is None else OpinionRequest.Ending.CONFLICT, at)


def dossier_of(request_id: int) -> int:
    """Return the dossier of a request; ``NotAllowed`` where there is no such request."""
    found = OpinionRequest.objects.filter(pk=request_id).values_list("dossier_id", flat=True).first()
    if found is None:
        raise NotAllowed
    return found


def waiting_one(desk: Desk, request_id: int) -> OpinionRequest:
    """Return a request of this dossier that still waits, read under the lock; ``Refused`` where it does not."""
    request = desk.dossier.opinion_requests.open().filter(pk=request_id).first()
    if request is None or not is_open(request, desk.dossier.macro):
        raise refused("not-waiting", "Cet avis n'est plus attendu.")
    request.dossier = desk.dossier
    return request


def note(desk: Desk, request: OpinionRequest, step: str, texts: dict[str, str] | None = None, **facts) -> JournalEntry:
    """Write a step of a request in the journal: numbers and dates; no address, no name."""
    data = {"request": request.pk, "step": step, "capacity": request.capacity, **facts}
    return desk.write(JournalEntry.Kind.CONSULTED, data, {key: text for key, text in (texts or {}).items() if text})


def _remind(desk: Desk, request: OpinionRequest) -> None:
    token = draw_link(request, desk.at) if request.by_link else ""
    request.reminded_at = desk.at
    request.save(update_fields=["token_digest", "expires_at", "reminded_at"])
    send_reminder(request, token, desk.at)
    note(desk, request, "reminded")
