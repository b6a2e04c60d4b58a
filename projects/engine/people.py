"""Who acts, as the engine sees them; who is to be told."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from actors.models import Post, User
from projects.access import holdings_of, impartial
from projects.models import Absence, Dossier, MailPreference
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


def officers_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the officers and heads of the body that instructs and are impartial: to whom it may be entrusted."""
    return agents_in(dossier, dossier.body_id, at)


def agents_in(dossier: Dossier, body_id: int | None, at: datetime) -> list[User]:
    """Return the officers and heads of a body who may be told of a dossier: the impartial ones."""
    if body_id is None:
        return []
    return list(impartial(agents_at(body_id, at), dossier.pk))


def agents_at(body_id: int, at: datetime) -> QuerySet[User]:
    """Return the officers and heads of a body at a moment, whatever the dossier."""
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=body_id)
    agents = posts.filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD]).values("user_id")
    return User.objects.filter(pk__in=agents, is_active=True)


def agents_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the people who instruct and are told: the pair to whom it is entrusted where there is one, else everybody.

    Whoever is away is told through the colleague who stands in. Nobody whose post ended, nobody recused: where that
    leaves nobody of the pair, everybody is told (three queries).
    """
    officers = {person.pk: person for person in officers_of(dossier, at)}
    if not officers:
        return []
    on = timezone.localtime(at).date()
    away = dict(Absence.objects.current(on).filter(body=dossier.body_id).values_list("user_id", "deputy_id"))
    pair = dossier.assignments.current(at).values_list("user_id", flat=True)
    told = in_place(pair, away, officers) or in_place(officers, away, officers)
    return [person for key, person in officers.items() if key in told]


def in_place(people: Iterable[int], away: Mapping[int, int], present: Container[int]) -> set[int]:
    """Return who is told in place of these people: whoever is away gives way to their deputy, and so on.

    Somebody whose deputy may not act here is told all the same: better twice than nobody.
    """
    told = set()
    for person in people:
        last, seen = person, {person}
        while last in away and away[last] not in seen:
            last = away[last]
            seen.add(last)
        told.add(last if last in present else person)
    return {one for one in told if one in present}


def participants_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the people of the bodies that were brought in, and those invited in their own name (two queries).

    A department that instructs itself is the dossier's own body. An associated agency reads and is not awaited;
    a jury is told of its dossiers by its own mail.
    """
    posts = Post.objects.current(timezone.localtime(at).date()).filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD])
    current = dossier.participations.current().exclude(capacity=Party.ASSOCIATE)
    of_bodies = posts.filter(body__in=current.exclude(body=None).values("body_id")).values("user_id")
    invited = current.exclude(user=None).exclude(capacity=Party.JUROR).values("user_id")
    found = User.objects.filter(is_active=True).filter(Q(pk__in=of_bodies) | Q(pk__in=invited))
    return list(impartial(found, dossier.pk)) or agents_of(dossier, at)


def paces(people: list[User], default: str) -> dict[int, str]:
    """Return how often each wants to be written to (one query)."""
    said = dict(MailPreference.objects.filter(user__in=people).values_list("user_id", "pace"))
    return {person.pk: said.get(person.pk, default) for person in people}
