"""Closing an account: what stands in the way, what becomes of what the person did, and doing it.

Regulation (EU) 2016/679, article 17: erasure at the person's request. The row of the account goes; the pseudonym that
journals hold leads to nobody from then on. What was deposited stays: an administration examines it, or must be able to
account for it (article 17.3.b), until the end of its own calendar.
"""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from actors.models import Membership, Organisation, OrganisationInvitation, Post, User
from apist.mail import post
from levers.alerts.subscribing import stop
from levers.models import Alert
from projects.engine.people import actor_of
from projects.engine.recording import as_the_portal
from projects.instruction.saved import leave_views
from projects.models import Dossier, Project, Share
from projects.opinions.asking import end_all_of
from projects.procedures.vocabulary import FINAL, Macro
from projects.retention.erasing import erase, left_files, remove_files


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an account cannot be closed yet, and what to do first."""

    reason: str
    to_do: str


class Refused(Exception):
    """The account stays; ``obstacles`` are for the person."""

    def __init__(self, obstacles: list[Obstacle]):
        super().__init__("; ".join(one.reason for one in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of what a person did: what goes with the account, what stays and in whose hands."""

    erased: tuple[Dossier, ...]
    projects: tuple[Project, ...]
    left_alone: tuple[Dossier, ...]
    shared: tuple[Dossier, ...]


def obstacles_of(user: User) -> list[Obstacle]:
    """Return what stands in the way of closing an account; nothing for most people.

    Agents do not close theirs: their posts explain acts that others rely on. The last person who manages an
    organisation does not leave it with dossiers under review, nor with members whom nobody could manage.
    """
    if user.is_staff or user.is_superuser or Post.objects.filter(user=user).exists():
        return [
            Obstacle(
                "Votre compte est celui d'un agent : vos postes expliquent des actes dont d'autres dépendent.",
                "Demandez à un administrateur du portail de le fermer : il ne pourra plus servir à se connecter.",
            )
        ]
    found = []
    for organisation in _only_managed_by(user):
        waiting = list(_under_review().filter(organisation=organisation).values_list("reference", flat=True))
        if waiting:
            found.append(
                Obstacle(
                    f"« {organisation} » n'a pas d'autre gestionnaire, et l'administration examine ses dossiers "
                    f"({', '.join(waiting)}).",
                    "Donnez d'abord à une autre personne de l'organisme le droit de gérer les membres, ou retirez ces "
                    "dossiers.",
                )
            )
        elif organisation.memberships.exclude(user=user).exists():
            found.append(
                Obstacle(
                    f"« {organisation} » a d'autres membres, et personne d'autre que vous ne peut les gérer.",
                    "Donnez d'abord à l'un d'eux le droit de gérer les membres.",
                )
            )
    return found


def fate_of(user: User) -> Fate:
    """Return what closing an account would do to dossiers and projects (a few queries); nothing is changed."""
    own = Dossier.objects.filter(_carried_by(user), erased_at=None).select_related("project", "organisation")
    drafts = own.filter(macro=Macro.DRAFT, deposited_at=None).exclude(_within_reach_of_others(user))
    staying = own.exclude(pk__in=drafts.values("pk"))
    projects = Project.objects.filter(owner=user).exclude(_project_within_reach_of_others(user))
    return Fate(
        erased=tuple(drafts.order_by("pk")),
        projects=tuple(projects.filter(dossiers=None).order_by("pk")),
        left_alone=tuple(staying.exclude(_within_reach_of_others(user)).order_by("pk")),
        shared=tuple(staying.filter(_within_reach_of_others(user)).order_by("pk")),
    )


def close_account(user: User, at: datetime, *, stop_alerts: bool = False) -> None:
    """Close an account, all or nothing; :class:`Refused` where something stands in the way.

    Drafts that nobody else could reach are erased, each as a sealed act; a dossier under review that nobody else
    carries keeps the address, and nothing else, so that its decision reaches the person. The last mail says so.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if obstacles := obstacles_of(user):
            raise Refused(obstacles)
        fate, addresses = fate_of(user), verified_addresses(user)
        for dossier in fate.erased:
            with as_the_portal(dossier.pk, at, actor_of(user, at)) as desk:
                erase(desk, {"cause": "account"})
        for project in fate.projects:
            project.delete()
        waiting = [one for one in fate.left_alone if one.macro not in (*FINAL, Macro.ELSEWHERE)]
        Dossier.objects.filter(pk__in=[one.pk for one in waiting], contact_email="").update(contact_email=user.email)
        _forget_invitations(user)
        end_all_of(user, at)
        leave_views(user, at)
        if stop_alerts:
            for alert in Alert.objects.filter(email__in=addresses):
                stop(alert)
        _say_goodbye(user, waiting, at)
        alone = list(Organisation.objects.filter(memberships__user=user).exclude(_has_other_members(user)))
        user.delete()
        for organisation in alone:
            if not organisation.dossiers.exists() and not organisation.projects.exists():
                organisation.delete()
    remove_files(left_files([one.pk for one in fate.erased]))


def close_agent_account(user: User, at: datetime) -> None:
    """Close an agent's account, for an administrator: nobody signs in with it; its posts end and stay on record.

    Searches that a team shares go to a colleague; those kept for oneself are erased.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        today = timezone.localtime(at).date()
        leave_views(user, at)
        Post.objects.current(today).filter(user=user).update(until=today)
        context = {"agent": True, "waiting": (), "site": settings.SITE_URL, "contact": settings.CONTACT_EMAIL}
        _post(user, context, at)


def verified_addresses(user: User) -> list[str]:
    """Return the addresses that are surely the person's: those they confirmed; what is sent there is theirs.

    Without the application that confirms addresses, that of the account: an administrator gave it.
    """
    if not apps.is_installed("allauth.account"):
        return [user.email]
    rows = apps.get_model("account", "EmailAddress").objects.filter(user=user, verified=True)
    return [address.lower() for address in rows.values_list("email", flat=True)]


def _under_review() -> QuerySet[Dossier]:
    rows = Dossier.objects.exclude(deposited_at=None).exclude(macro__in=[*FINAL, Macro.ELSEWHERE])
    return rows.filter(erased_at=None).order_by("pk")


def _only_managed_by(user: User) -> list[Organisation]:
    """Return the organisations that this person belongs to and that nobody else manages."""
    managers = Membership.objects.filter(organisation=OuterRef("pk"), may_manage=True, user__is_active=True)
    own = Organisation.objects.filter(memberships__user=user)
    return list(own.exclude(Exists(managers.exclude(user=user))).order_by("name"))


def _carried_by(user: User) -> Q:
    members = Membership.objects.filter(organisation=OuterRef("organisation"))
    alone = Q(Exists(members.filter(user=user))) & ~Q(Exists(members.filter(user__is_active=True).exclude(user=user)))
    return Q(project__owner=user) | alone


def _within_reach_of_others(user: User) -> Q:
    """Return what is true of a dossier that somebody else on the applicant's side, or who entered it, may reach."""
    members = Membership.objects.filter(organisation=OuterRef("organisation"), user__is_active=True)
    other_owner = Q(project__owner__isnull=False) & ~Q(project__owner=user)
    entered = Q(entered_by__isnull=False) & ~Q(entered_by=user)
    return Q(Exists(members.exclude(user=user))) | Q(Exists(_shares(user, "project"))) | other_owner | entered


def _project_within_reach_of_others(user: User) -> Q:
    members = Membership.objects.filter(organisation=OuterRef("organisation"), user__is_active=True)
    return Q(Exists(members.exclude(user=user))) | Q(Exists(_shares(user, "pk")))


def _shares(user: User, project: str) -> QuerySet[Share]:
    """Return the accesses that somebody else accepted to a project."""
    accepted = Share.objects.filter(project=OuterRef(project), revoked_at=None).exclude(accepted_at=None)
    return accepted.filter(user__is_active=True).exclude(user=user)


def _has_other_members(user: User) -> Q:
    return Q(Exists(Membership.objects.filter(organisation=OuterRef("pk")).exclude(user=user)))


def _forget_invitations(user: User) -> None:
    """Withdraw what was sent to the person's address and is not answered yet."""
    OrganisationInvitation.objects.filter(email__iexact=user.email).delete()
    Share.objects.filter(email__iexact=user.email).delete()


def _say_goodbye(user: User, waiting: list[Dossier], at: datetime) -> None:
    _post(user, {"agent": False, "waiting": waiting, "site": settings.SITE_URL, "contact": settings.CONTACT_EMAIL}, at)


def _post(user: User, context: dict, at: datetime) -> None:
    subject = "Votre compte est fermé"
    text = render_to_string("emails/account_closed.txt", context)
    html = render_to_string("emails/account_closed.html", {**context, "subject": subject})
    post(f"account-closed-{user.pseudonym}", user.email, subject, text, html=html, now=at)
