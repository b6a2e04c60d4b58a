"""Handing a project over: offered by who carries it, accepted by who will. The only door to its owner."""

import secrets
from datetime import datetime

from django.db import transaction

from actors.models import User
from projects.engine.door import NotAllowed
from projects.engine.people import Actor, actor_of
from projects.engine.recording import act_on
from projects.models import JournalEntry, OwnershipTransfer, Project, Share
from projects.preparing.letters import send_offer
from projects.preparing.saving import locked_project
from projects.preparing.sharing import NotPossible, digest_of
from projects.procedures.conditions import Refusal
from projects.rights.table import Act


def heirs(project: Project) -> list[User]:
    """Return to whom a project may be offered: who writes in it, and the members of its organisation (two queries)."""
    writing = project.shares.filter(level=Share.Level.EDITOR, revoked_at=None).exclude(accepted_at=None)
    people = set(User.objects.filter(pk__in=writing.values("user_id")))
    if project.organisation_id:
        people |= set(User.objects.filter(memberships__organisation=project.organisation_id))
    return sorted((one for one in people if one.is_active and one.pk != project.owner_id), key=str)


def offer(project: Project, to: User, actor: Actor, at: datetime) -> OwnershipTransfer:
    """Offer a project to somebody and write to them; an offer that waits is replaced. Nothing else changes yet."""
    with locked_project(project.pk, Act.TRANSFER, actor) as locked:
        if to not in heirs(locked):
            words = "Proposez le projet à une personne qui y écrit, ou à un membre de votre organisme."
            raise NotPossible(Refusal("not-an-heir", words))
        _waiting(locked).update(ended_at=at)
        transfer = locked.transfers.create(asked_by=actor.user, to=to, asked_at=at)
        _write(locked, "offered", transfer, actor, at)
        send_offer(transfer, at)
    return transfer


def withdraw_offer(project: Project, actor: Actor, at: datetime) -> None:
    """Take back the offer that waits; twice changes nothing."""
    with locked_project(project.pk, Act.TRANSFER, actor) as locked:
        transfer = _waiting(locked).first()
        if transfer is not None:
            transfer.ended_at = at
            transfer.save(update_fields=["ended_at"])
            _write(locked, "withdrawn", transfer, actor, at)


def offered_to(project: Project, actor: Actor) -> OwnershipTransfer | None:
    """Return the offer that waits for this person's answer (one query)."""
    return _waiting(project).filter(to=actor.user).first()


@transaction.atomic
def answer_offer(project: Project, actor: Actor, at: datetime, *, accepted: bool) -> None:
    """Accept or decline the offer that waits; :class:`NotPossible` where there is none any more.

    Who carried the project until then goes on writing in it, as somebody invited; the new one may take that back.
    """
    locked = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
    transfer = _waiting(locked).filter(to=actor.user).first()
    if transfer is None or actor.user not in heirs(locked):
        raise NotPossible(Refusal("gone", "Cette proposition n'attend plus de réponse."))
    if not accepted:
        transfer.ended_at = at
        transfer.save(update_fields=["ended_at"])
        return
    transfer.accepted_at = at
    transfer.save(update_fields=["accepted_at"])
    former, locked.owner = locked.owner, actor.user
    locked.save(update_fields=["owner"])
    locked.shares.filter(user=actor.user, revoked_at=None).update(revoked_at=at)
    if former is not None:
        locked.shares.create(
            email=former.email, level=Share.Level.EDITOR, token_digest=digest_of(secrets.token_urlsafe(32)),
            invited_by=actor.user, user=former, sent_at=at, expires_at=at, accepted_at=at,
        )  # fmt: skip
    _write(locked, "accepted", transfer, actor_of(actor.user, at), at)


def _waiting(project: Project):
    return project.transfers.filter(accepted_at=None, ended_at=None)


def _write(project: Project, step: str, transfer: OwnershipTransfer, actor: Actor, at: datetime) -> None:
    to = str(transfer.to.pseudonym)
    for number in project.dossiers.order_by("pk").values_list("pk", flat=True):
        try:
            with act_on(number, Act.TRANSFER, actor, at) as desk:
                desk.write(JournalEntry.Kind.TRANSFERRED, {"step": step, "to": to})
        except NotAllowed:
            continue
