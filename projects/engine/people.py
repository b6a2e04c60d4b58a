"""Who acts, as the engine sees them; who is to be told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from actors.models import Post, User
from projects.access import holdings_of
from projects.models import Dossier, MailPreference
from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, with what they hold at this moment; without ``user``, the portal itself at a date."""

    holdings: Holdings
    user: User | None = None

    @property
    def pseudonym(self) -> UUID | None:
        """Return what stands for the person in journals."""
        return self.user.pseudonym if self.user else None


def actor_of(user: User, at: datetime) -> Actor:
    """Return a person as the engine sees them at a moment."""
    return Actor(holdings_of(user, at), user)


THE_PORTAL = Actor(Holdings())
"""What acts when a date passes."""


def applicants_of(dossier: Dossier) -> list[User]:
    """Return the people on the applicant's side who are told: who carries, and who was invited to write.

    Where the owner's account is gone, those of the organisation who may deposit.
    """
    editors = User.objects.filter(shares__project=dossier.project_id, shares__level="editor")
    people = list(editors.filter(shares__revoked_at=None, is_active=True).exclude(shares__accepted_at=None).distinct())
    owner = dossier.project.owner
    if owner and owner.is_active:
        return [owner, *(person for person in people if person != owner)]
    if dossier.organisation_id:
        heirs = User.objects.filter(memberships__organisation=dossier.organisation_id, memberships__may_deposit=True)
        return list({*heirs.filter(is_active=True), *people})
    return people


def agents_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the people who instruct: officers and heads of the body that does, those recused apart."""
    if dossier.body_id is None:
        return []
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=dossier.body_id)
    agents = posts.filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD]).values("user_id")
    return list(User.objects.filter(pk__in=agents, is_active=True).exclude(recusals__dossier=dossier))


def participants_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the people of the bodies that were brought in, and those invited in their own name (two queries).

    A jury is told of its dossiers by its own mail.

    A department that instructs itself is the dossier's own body.
    """
    posts = Post.objects.current(timezone.localtime(at).date()).filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD])
    of_bodies = posts.filter(body__in=dossier.participations.exclude(body=None).values("body_id")).values("user_id")
    invited = dossier.participations.exclude(user=None).exclude(capacity=Party.JUROR).values("user_id")
    found = User.objects.filter(is_active=True).filter(Q(pk__in=of_bodies) | Q(pk__in=invited))
    found = found.exclude(recusals__dossier=dossier)
    return list(found) or agents_of(dossier, at)


def paces(people: list[User], default: str) -> dict[int, str]:
    """Return how often each wants to be written to (one query)."""
    said = dict(MailPreference.objects.filter(user__in=people).values_list("user_id", "pace"))
    return {person.pk: said.get(person.pk, default) for person in people}
