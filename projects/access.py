"""What a person holds, read from the base: the one place where memberships, posts and shares become numbers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actors.models import Body, Membership, Post, User
from apist.prepared import Prepared, Text, prepare
from projects.models import Project, Share, SignatureDelegation
from projects.procedures.vocabulary import Party
from projects.rights.holdings import NOBODY, Holdings
from projects.rights.table import APPLICANT_SIDE, RIGHTS

BODY_NAMES = {
    Body.Kind.AGENCY: "agency_bodies",
    Body.Kind.RAPPORTEUR: f"{Party.RAPPORTEUR}_bodies",
    Body.Kind.DGOS: f"{Party.DGOS}_bodies",
    Body.Kind.CNSA: f"{Party.CNSA}_bodies",
    Body.Kind.DEPARTMENT: f"{Party.DEPARTMENT}_bodies",
    Body.Kind.INSURANCE: f"{Party.INSURANCE}_bodies",
    Body.Kind.GRADES: f"{Party.GRADES}_bodies",
}
"""Under which name the bodies of a kind are held by those who may judge there."""

ROLE_NAMES = {
    Post.Role.OFFICER: "officer_bodies",
    Post.Role.HEAD: "head_bodies",
    Post.Role.DIRECTOR: "director_bodies",
    Post.Role.LEGAL: "legal_bodies",
}
"""Under which name the bodies are held where somebody has a role; a curator of content holds no dossier."""


def holdings_of(user: User, at: datetime) -> Holdings:
    """Return what a person holds at a moment (three queries); nothing for somebody who is not signed in or is closed.

    The day of posts is the day in France. A delegation of signature is held by whoever also has a post that judges
    there: it opens no dossier by itself. What it covers is asked of each act (``engine/mandates.py``).
    """
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    held: dict[str, set[int]] = defaultdict(set)
    held["self"].add(user.pk)
    posts, memberships, shares = (query.rows([user.pk], at) for query in _prepared())
    for role, body, kind, is_delegate in posts:
        if role in ROLE_NAMES:
            if is_delegate:
                held[f"{Party.DELEGATE}_bodies"].add(body)
            held["self_as_agent"].add(user.pk)
            held["served_bodies"].add(body)
            held[ROLE_NAMES[role]].add(body)
            held[BODY_NAMES[kind]].add(body)
    for organisation, may_deposit in memberships:
        held["organisations"].add(organisation)
        if may_deposit:
            held["depositing_organisations"].add(organisation)
    for project, level in shares:
        held["edited_projects" if level == Share.Level.EDITOR else "read_projects"].add(project)
    return Holdings(user.pk, {name: frozenset(numbers) for name, numbers in held.items()})


@cache
def _prepared() -> tuple[Prepared, ...]:
    return tuple(prepare(partial(_written, rank), 1) for rank in range(3))


def _written(rank: int, numbers: Sequence[int], at: datetime) -> Text:
    (user,), on = numbers, timezone.localtime(at).date()
    given = SignatureDelegation.objects.in_force(on).filter(
        Q(delegate=OuterRef("user_id")) | Q(role=OuterRef("role")), body=OuterRef("body_id")
    )
    posts = Post.objects.current(on).filter(user=user).order_by().annotate(is_delegate=Exists(given))
    memberships = Membership.objects.filter(user=user).order_by()
    shares = _accepted().filter(user=user).order_by()
    columns = (
        posts.values_list("role", "body_id", "body__kind", "is_delegate"),
        memberships.values_list("organisation_id", "may_deposit"),
        shares.values_list("project_id", "level"),
    )
    return columns[rank].query.sql_with_params()


def _accepted() -> QuerySet[Share]:
    """Return the invitations to a project that are held: accepted, and not taken back."""
    return Share.objects.filter(revoked_at=None).exclude(accepted_at=None)


HOLDERS: Mapping[str, Callable[[int], QuerySet]] = {
    "self": lambda dossier: Project.objects.filter(dossiers=dossier).exclude(owner=None).values("owner_id"),
    "organisations": lambda dossier: Membership.objects.filter(organisation__dossiers=dossier).values("user_id"),
    "depositing_organisations": lambda dossier: Membership.objects.filter(
        organisation__dossiers=dossier, may_deposit=True
    ).values("user_id"),
    "edited_projects": lambda dossier: (
        _accepted().filter(project__dossiers=dossier, level=Share.Level.EDITOR).values("user_id")
    ),
    "read_projects": lambda dossier: (
        _accepted().filter(project__dossiers=dossier).exclude(level=Share.Level.EDITOR).values("user_id")
    ),
}
"""The other way round: who holds what puts somebody on the applicant's side of a dossier, by the table's names."""


def impartial(people: QuerySet[User], dossier: int) -> QuerySet[User]:
    """Leave out of some people those who may not instruct or judge a dossier: who stepped back, the applicant's side.

    The table says which names put somebody on that side (no query of its own).
    """
    kept = people.exclude(recusals__dossier=dossier)
    for name in dict.fromkeys(right.link.holds for right in RIGHTS if right.party in APPLICANT_SIDE):
        kept = kept.exclude(pk__in=HOLDERS[name](dossier))
    return kept
