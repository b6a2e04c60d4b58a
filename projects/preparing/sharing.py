"""Inviting somebody to write in a project, or to read it; taking that back. The only door to shares.

The letter holds a secret of which only the digest is kept. Each act is written in the journal of every dossier of
the project. Whoever holds the link and signs in may accept: the address of an account is not always the one that
was written to; the list of people shows who did.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from apist import outbox
from projects.engine.door import NotAllowed
from projects.engine.people import Actor, actor_of
from projects.engine.recording import act_on
from projects.models import JournalEntry, Project, Share
from projects.preparing.letters import send_invitation, topic_of
from projects.preparing.saving import locked_project
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

VALID = timedelta(days=14)
MOST_SHARES = 30
"""People who may have a part in a project, those who have not answered yet included."""
LETTERS_A_DAY = 3
"""Invitations that one project may send to one address in a day."""


class NotPossible(Exception):
    """What is asked cannot be done; ``refusal`` says why, for the person."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.words)
        self.refusal = refusal


def digest_of(token: str) -> str:
    """Return what is kept of the secret of a letter."""
    return sha256(token.encode()).hexdigest()


def invite(project: Project, email: str, level: str, actor: Actor, at: datetime) -> Share:
    """Invite an address and write to it; an invitation that waits for the same address is replaced."""
    email = email.strip().lower()
    with locked_project(project.pk, Act.SHARE, actor) as locked:
        live = locked.shares.filter(revoked_at=None)
        if live.filter(email=email, accepted_at__isnull=False).exists():
            raise NotPossible(Refusal("there", "Cette personne a déjà accès au projet."))
        if live.exclude(email=email).count() >= MOST_SHARES:
            raise NotPossible(Refusal("too-many", f"Un projet se partage avec {MOST_SHARES} personnes au plus."))
        _check_letters(locked, email, at)
        live.filter(email=email).update(revoked_at=at)
        token = secrets.token_urlsafe(32)
        share = locked.shares.create(
            email=email, level=level, token_digest=digest_of(token), invited_by=actor.user,
            sent_at=at, expires_at=at + VALID,
        )  # fmt: skip
        _write(locked, "invited", share, Act.SHARE, actor, at)
        send_invitation(share, token, at)
    return share


def send_again(project: Project, number: int, actor: Actor, at: datetime) -> Share:
    """Write again to somebody who has not answered, with a new link; the former one no longer opens anything."""
    with locked_project(project.pk, Act.SHARE, actor) as locked:
        share = locked.shares.filter(pk=number, revoked_at=None, accepted_at=None).first()
        if share is None:
            raise NotPossible(Refusal("gone", "Cette invitation n'attend plus de réponse."))
        _check_letters(locked, share.email, at)
        token = secrets.token_urlsafe(32)
        share.token_digest, share.sent_at, share.expires_at = digest_of(token), at, at + VALID
        share.save(update_fields=["token_digest", "sent_at", "expires_at"])
        _write(locked, "sent-again", share, Act.SHARE, actor, at)
        send_invitation(share, token, at)
    return share


def revoke(project: Project, number: int, actor: Actor, at: datetime) -> None:
    """Take an access or an invitation back, at once; the mail that waits does not leave. Twice changes nothing."""
    with locked_project(project.pk, Act.SHARE, actor) as locked:
        share = locked.shares.filter(pk=number, revoked_at=None).first()
        if share is None:
            return
        share.revoked_at = at
        share.save(update_fields=["revoked_at"])
        outbox.forget(topic_of(share))
        _write(locked, "revoked", share, Act.SHARE, actor, at)


def invitation(token: str, at: datetime) -> Share | None:
    """Return the invitation of a link that still opens something (one query)."""
    rows = Share.objects.select_related("project", "invited_by").filter(revoked_at=None)
    share = rows.filter(token_digest=digest_of(token)).first()
    return share if share and (share.accepted_at is not None or share.expires_at > at) else None


def accept(token: str, actor: Actor, at: datetime) -> Project | None:
    """Give the person of a link their access and return the project; None where the link opens nothing any more."""
    with transaction.atomic():
        row = Share.objects.select_for_update(of=("self",), no_key=True).filter(token_digest=digest_of(token)).first()
        late = row is None or row.revoked_at is not None or (row.accepted_at is None and row.expires_at <= at)
        if late or (row.accepted_at is not None and row.user_id != actor.user.pk):
            return None
        if row.accepted_at is None:
            row.accepted_at, row.user = at, actor.user
            row.save(update_fields=["accepted_at", "user"])
            _write(row.project, "accepted", row, Act.READ, actor_of(actor.user, at), at)
        return row.project


def _check_letters(project: Project, email: str, at: datetime) -> None:
    if outbox.count_written(f"share-{project.pk}-", at - timedelta(days=1), email) >= LETTERS_A_DAY:
        words = "Trois invitations sont déjà parties aujourd'hui vers cette adresse : réessayez demain."
        raise NotPossible(Refusal("too-often", words))


def _write(project: Project, step: str, share: Share, act: Act, actor: Actor, at: datetime) -> None:
    """Write the act in the journal of every dossier that the person may so act on; no address, a number alone."""
    for number in project.dossiers.order_by("pk").values_list("pk", flat=True):
        try:
            with act_on(number, act, actor, at) as desk:
                desk.write(JournalEntry.Kind.SHARED, {"step": step, "share": share.pk, "level": share.level})
        except NotAllowed:
            continue
