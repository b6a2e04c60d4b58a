"""What somebody who is asked does: declare their interests, then answer, or leave the answer to somebody else.

Everything is checked again under the lock of the dossier: a conflict declared in one tab refuses what another tab
sends, and a link that was withdrawn meanwhile opens nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from actors.models import User
from apist.engines import limit_lock_waits
from projects.engine.door import LOCK_WAIT, NotAllowed, locked
from projects.engine.enclosing import Enclosed, enclose
from projects.engine.mails import News, tell_agents
from projects.engine.people import Actor
from projects.engine.recording import Desk
from projects.models import InterestDeclaration, JournalEntry, OpinionRequest, Participation, Recusal
from projects.opinions.access import give
from projects.opinions.asking import digest_of, dossier_of, end, note, send_out
from projects.opinions.letters import forget
from projects.opinions.recipients import account_of, check_recipient, refused
from projects.opinions.standing import is_open, link_opens
from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings

Ending = OpinionRequest.Ending

NOBODY = Actor(Holdings())
"""Who acts by a link: somebody without an account, of whom the journal keeps no pseudonym."""

GIVEN = News("Un avis est rendu", ("Un avis que vous attendiez est rendu : il se lit sur la page du dossier.",))
CLOSED = News(
    "Un avis ne sera pas rendu",
    (
        "Une personne consultée déclare un intérêt dans le dossier : il lui est fermé.",
        "Au besoin, demandez cet avis à quelqu'un d'autre.",
    ),
)
PASSED_ON = News("Une demande d'avis est confiée à quelqu'un d'autre", ("La page des avis dit à qui.",))


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who comes to answer: an account, or the secret of a link."""

    actor: Actor = NOBODY
    token: str = ""

    @property
    def user(self) -> User | None:
        """Return the account, none for a link."""
        return self.actor.user


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion, as it is given."""

    sense: str
    text: str
    says_yes: bool | None = None


def is_for(asked: OpinionRequest, invitee: Invitee, at: datetime) -> bool:
    """Tell whether a request, read with its dossier, is put to this person and still waits."""
    if invitee.token:
        alive = link_opens(asked, asked.dossier.macro, at)
        return alive and asked.token_digest == digest_of(invitee.token)
    rows = OpinionRequest.objects.filter(pk=asked.pk).addressed_to(invitee.actor.holdings)
    return is_open(asked, asked.dossier.macro) and rows.exists()


def declaration_of(asked: OpinionRequest, invitee: Invitee) -> InterestDeclaration | None:
    """Return what this person declared of their interests for this request."""
    return asked.declarations.filter(user=invitee.user).first()


@contextmanager
def before(request_id: int, invitee: Invitee, at: datetime) -> Iterator[tuple[Desk, OpinionRequest]]:
    """Give a request and its locked dossier to whoever it is put to; :class:`NotAllowed` to anybody else."""
    number = dossier_of(request_id)
    with transaction.atomic():
        limit_lock_waits(connection, LOCK_WAIT)
        dossier = locked(number)
        asked = dossier.opinion_requests.filter(pk=request_id).first()
        if asked is None or dossier.erased_at is not None:
            raise NotAllowed
        asked.dossier = dossier
        if not is_for(asked, invitee, at):
            raise NotAllowed
        party = Party.EXPERT if asked.by_link else Party(asked.capacity)
        yield Desk(dossier, party, invitee.actor, at), asked


def declare(request_id: int, invitee: Invitee, words: str | None, at: datetime) -> bool:
    """Keep what somebody says of their interests: ``None`` for none, else their words. Tell whether they may go on.

    An interest closes the dossier to them at once and for good, whatever else they hold; their colleagues of a body
    that is asked may still answer. One may be declared later too, and closes the same.
    """
    with before(request_id, invitee, at) as (desk, asked):
        has_interest = words is not None
        known = declaration_of(asked, invitee)
        if known is not None and not has_interest:
            return True
        InterestDeclaration.objects.update_or_create(
            request=asked, user=invitee.user, defaults={"has_interest": has_interest, "at": at}
        )
        entry = note(desk, asked, "declared", {"interest": words or ""}, interest=has_interest)
        if not has_interest:
            give(asked, at)
            return True
        _close_to(desk, asked, invitee)
        tell_agents(desk.dossier, entry, CLOSED, at)
    return False


def _close_to(desk: Desk, asked: OpinionRequest, invitee: Invitee) -> None:
    """Close a dossier to somebody who has an interest in it: their account everywhere, their requests, their link."""
    user = invitee.user or account_of(asked.email)
    own = desk.dossier.opinion_requests.open()
    if user is not None:
        Recusal.objects.get_or_create(dossier=desk.dossier, user=user, defaults={"since": desk.at})
        Participation.objects.filter(dossier=desk.dossier, user=user, capacity=Party.EXPERT).delete()
        for one in own.filter(user=user):
            _end_for_conflict(desk, one)
    if asked.by_link:
        _end_for_conflict(desk, asked)


def _end_for_conflict(desk: Desk, asked: OpinionRequest) -> None:
    asked.dossier = desk.dossier
    forget(asked)
    end(asked, Ending.CONFLICT, desk.at)


def answer(
    request_id: int, invitee: Invitee, given: Given, at: datetime, files: tuple[Enclosed, ...] = ()
) -> OpinionRequest:
    """Keep an opinion, once, with its documents; the link dies with it.

    The applicant reads the documents where they read the opinion. ``Refused`` where no absence of interest was
    declared before.
    """
    with before(request_id, invitee, at) as (desk, asked):
        _check_declared(asked, invitee)
        asked.sense, asked.says_yes, asked.text = given.sense, given.says_yes, given.text
        asked.answered_at, asked.answered_by = at, invitee.user
        asked.token_digest, asked.expires_at = "", None
        asked.save(
            update_fields=[
                "sense", "says_yes", "text", "answered_at", "answered_by", "token_digest", "expires_at"
            ]
        )  # fmt: skip
        data = {"request": asked.pk, "sense": given.sense, "yes": given.says_yes, "capacity": asked.capacity}
        entry = desk.write(JournalEntry.Kind.OPINED, data, {"opinion": given.text} if given.text else {})
        for one in files:
            enclose(desk, replace(one, shown=not asked.confidential), asked)
        tell_agents(desk.dossier, entry, GIVEN, at)
    return asked


def delegate(request_id: int, invitee: Invitee, to: User | str, at: datetime) -> OpinionRequest:
    """Leave the answer to somebody else: a colleague, or an address; return the request that replaces this one.

    Who delegates reads nothing any more by this request. It is done once: whoever receives it answers, or tells the
    agency that they will not.
    """
    with before(request_id, invitee, at) as (desk, asked):
        if asked.delegated_from_id is not None:
            raise refused("delegated", "Cette demande vous a déjà été confiée : répondez, ou dites-le à l'agence.")
        user, email = (to, "") if isinstance(to, User) else (account_of(to), to.strip().lower())
        if (user is not None and user == invitee.user) or (email and email == asked.email):
            raise refused("oneself", "C'est votre adresse : donnez celle de quelqu'un d'autre.")
        check_recipient(desk.dossier, asked.body, user, email, at)
        request = OpinionRequest(
            dossier=desk.dossier, capacity=Party.EXPERT, user=user, body=asked.body, email="" if user else email,
            question=asked.question, expects=asked.expects, confidential=asked.confidential,
            with_secrets=asked.with_secrets, due_on=asked.due_on, asked_by=asked.asked_by, asked_at=at,
            after_decision=asked.after_decision, delegated_from=asked,
        )  # fmt: skip
        forget(asked)
        end(asked, Ending.DELEGATED, at)
        send_out(request, at)
        entry = note(desk, request, "delegated", delegated_from=asked.pk)
        tell_agents(desk.dossier, entry, PASSED_ON, at)
    return request


def _check_declared(asked: OpinionRequest, invitee: Invitee) -> None:
    said = declaration_of(asked, invitee)
    if said is None or said.has_interest:
        raise refused("declare-first", "Déclarez d'abord si vous avez un intérêt dans ce dossier.")
