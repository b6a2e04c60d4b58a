"""What changes in an organisation, and who may change it: the only doors to its row, its members, its invitations.

Every door first locks the row of the organisation, then looks again at what the person may do: two managers who
act at once, or somebody who clicks twice, are judged one after the other.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actors.invitations import HOLDS, Standing, digest_of, standing_of
from actors.messages import INVITATION, post_invitation
from actors.models import Membership, Organisation, OrganisationInvitation, User
from apist import outbox

DAY = timedelta(days=1)
INVITATIONS_A_DAY = 20
"""Invitations that an organisation may send in a day, those sent again included."""

INVITATIONS_TO_AN_ADDRESS = 3
"""Invitations that an address may receive in a day, whoever sends them: nobody fills somebody else's mailbox."""

CHANGEABLE = ["name", "actor_type", "status", "region", "department", "finess", "signatory_name", "signatory_function"]
"""What managers may write again. The SIRET or RPPS says who it is: another number is another organisation."""

KNOWN = (
    "Cet organisme est déjà sur le portail. Demandez à un collègue qui s'en occupe de vous inviter : page « Mes "
    "organismes », puis l'organisme, puis « Inviter quelqu'un », avec l'adresse de votre compte."
)
OURS = "Vous faites déjà partie de cet organisme : il est dans « Mes organismes »."
NOT_A_MANAGER = "Seules les personnes qui gèrent les membres de cet organisme peuvent faire cela."
LAST_MANAGER = (
    "Il faut toujours une personne pour gérer les membres. Donnez d'abord ce rôle à quelqu'un d'autre de l'organisme."
)
GONE = "Cette personne ne fait plus partie de l'organisme."
CLOSED = "Cette invitation n'est plus en attente : elle a été acceptée, renvoyée ou retirée."
ALONE = "Exerce seul, en son nom"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do; ``mandate`` says where the right to deposit comes from."""

    may_manage: bool = False
    may_deposit: bool = False
    mandate: str = ""

    def columns(self) -> dict:
        """Return what is written: a mandate only for whoever deposits, who cannot do without one."""
        mandate = self.mandate.strip()
        if self.may_deposit and not mandate:
            raise ValidationError({"mandate": "Dites d'où vient l'habilitation à déposer au nom de l'organisme."})
        return {
            "may_manage": self.may_manage,
            "may_deposit": self.may_deposit,
            "mandate": mandate if self.may_deposit else "",
        }


def managed(door: Callable) -> Callable:
    """Open a transaction, lock the organisation and refuse whoever does not manage it (``ValidationError``).

    The door's first argument is the organisation, ``by`` is who acts.
    """

    @wraps(door)
    @transaction.atomic
    def opened(organisation: Organisation, *args, by: User, **kwargs):
        organisation = _locked(organisation.pk)
        if not organisation.memberships.filter(user=by, may_manage=True).exists():
            raise ValidationError(NOT_A_MANAGER)
        return door(organisation, *args, by=by, **kwargs)

    return opened


def _locked(pk: int) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=pk)


def create(organisation: Organisation, rights: Rights, *, by: User, now: datetime) -> Organisation:
    """Write an organisation; who creates it manages it, and may deposit where they say by which right.

    A number that the portal knows is refused, and nothing is said of who holds it.
    """
    columns = rights.columns()
    organisation.created_at = now
    try:
        with transaction.atomic():
            _refuse_known(organisation, by)
            organisation.save(force_insert=True)
            Membership.objects.create(organisation=organisation, user=by, since=now, **columns | {"may_manage": True})
    except IntegrityError:
        organisation.pk = None
        _refuse_known(organisation, by)  # somebody was quicker
        raise
    return organisation


def _refuse_known(organisation: Organisation, by: User) -> None:
    for name in ("siret", "rpps"):
        value = getattr(organisation, name)
        known = Organisation.objects.filter(**{name: value}).first() if value else None
        if known:
            raise ValidationError({name: OURS if known.memberships.filter(user=by).exists() else KNOWN})


@managed
def change(organisation: Organisation, given: Organisation, *, by: User) -> None:
    """Write again what the organisation says of itself, from a row that a form has checked."""
    for name in CHANGEABLE:
        setattr(organisation, name, getattr(given, name))
    organisation.save(update_fields=CHANGEABLE)


@managed
def invite(organisation: Organisation, email: str, rights: Rights, *, by: User, now: datetime) -> None:
    """Write to an address the link that lets its holder join; refused to members, to those who wait, above limits."""
    email = email.strip().lower()
    columns = rights.columns()
    if organisation.memberships.filter(user__email=email).exists():
        raise ValidationError({"email": "Cette personne fait déjà partie de l'organisme."})
    before = organisation.invitations.filter(email=email, accepted_at=None, revoked_at=None)
    if before.waiting(now).exists():
        raise ValidationError({"email": "Cette adresse a déjà une invitation en attente : vous pouvez la renvoyer."})
    before.update(revoked_at=now)
    _send(organisation, email, columns, by, now)


@managed
def resend(organisation: Organisation, invitation: int, *, by: User, now: datetime) -> None:
    """Send an invitation again under a new link; the old link opens nothing any more."""
    kept = _pending(organisation, invitation)
    OrganisationInvitation.objects.filter(pk=kept.pk).update(revoked_at=now)
    columns = {"may_manage": kept.may_manage, "may_deposit": kept.may_deposit, "mandate": kept.mandate}
    _send(organisation, kept.email, columns, by, now)


@managed
def revoke(organisation: Organisation, invitation: int, *, by: User, now: datetime) -> None:
    """Take an invitation back: its link opens nothing from now on."""
    OrganisationInvitation.objects.filter(pk=_pending(organisation, invitation).pk).update(revoked_at=now)


def _pending(organisation: Organisation, pk: int) -> OrganisationInvitation:
    pending = organisation.invitations.filter(pk=pk, accepted_at=None, revoked_at=None).first()
    if pending is None:
        raise ValidationError(CLOSED)
    return pending


def _send(organisation: Organisation, email: str, columns: dict, by: User, now: datetime) -> None:
    """Draw a secret, keep its digest and write the mail, within the limits of a day."""
    if organisation.invitations.filter(sent_at__gt=now - DAY).count() >= INVITATIONS_A_DAY:
        raise ValidationError(
            f"{INVITATIONS_A_DAY} invitations sont déjà parties depuis hier à cette heure : continuez demain."
        )
    if outbox.count_written(INVITATION, now - DAY, email) >= INVITATIONS_TO_AN_ADDRESS:
        raise ValidationError("Trop de messages sont partis vers cette adresse aujourd'hui : réessayez demain.")
    token = secrets.token_urlsafe(32)
    invitation = OrganisationInvitation.objects.create(
        organisation=organisation, email=email, token_digest=digest_of(token), invited_by=by, sent_at=now,
        expires_at=now + HOLDS, **columns,
    )  # fmt: skip
    post_invitation(invitation, token, now)


def opened_by(token: str) -> OrganisationInvitation | None:
    """Return the invitation of a link; None where the link was altered or never existed."""
    return OrganisationInvitation.objects.select_related("organisation").filter(token_digest=digest_of(token)).first()


@transaction.atomic
def accept(invitation: OrganisationInvitation, user: User, now: datetime) -> Membership:
    """Make a member of whoever holds the address invited; twice is once.

    Somebody who is a member already keeps what they may do and receives what the invitation adds.
    """
    organisation = _locked(invitation.organisation_id)
    invitation = OrganisationInvitation.objects.get(pk=invitation.pk)
    own = organisation.memberships.filter(user=user).first()
    standing = standing_of(invitation, user.verified_addresses(), now)
    if standing is Standing.USED and own:
        return own
    if standing is not Standing.OPEN:
        raise ValidationError(CLOSED)
    member = own or Membership(organisation=organisation, user=user, since=now)
    member.may_manage = member.may_manage or invitation.may_manage
    if invitation.may_deposit and not member.may_deposit:
        member.may_deposit, member.mandate = True, invitation.mandate
    member.save()
    OrganisationInvitation.objects.filter(pk=invitation.pk).update(accepted_at=now)
    return member


@managed
def set_rights(organisation: Organisation, member: int, rights: Rights, *, by: User) -> None:
    """Say what a member may do; the last who manages stays one."""
    columns = rights.columns()
    membership = _member(organisation, member)
    if not rights.may_manage:
        _keep_a_manager(membership)
    Membership.objects.filter(pk=membership.pk).update(**columns)


@managed
def remove(organisation: Organisation, member: int, *, by: User) -> None:
    """Take a member out of the organisation; the last who manages stays."""
    membership = _member(organisation, member)
    _keep_a_manager(membership)
    membership.delete()


@transaction.atomic
def leave(organisation: Organisation, user: User) -> None:
    """Leave an organisation, which needs nobody's leave; the last who manages cannot. Twice is once."""
    organisation = _locked(organisation.pk)
    membership = organisation.memberships.filter(user=user).first()
    if membership:
        _keep_a_manager(membership)
        membership.delete()


def _member(organisation: Organisation, pk: int) -> Membership:
    membership = organisation.memberships.filter(pk=pk).first()
    if membership is None:
        raise ValidationError(GONE)
    return membership


def _keep_a_manager(membership: Membership) -> None:
    """Refuse to lose the last person who manages; a closed account manages nothing."""
    others = membership.organisation.memberships.filter(may_manage=True, user__is_active=True)
    if membership.may_manage and not others.exclude(pk=membership.pk).exists():
        raise ValidationError(LAST_MANAGER)
