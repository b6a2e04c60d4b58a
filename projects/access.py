"""What a person holds, read from the base: the one place where memberships, posts and shares become numbers."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Body, Post, User
from projects.models import Share, SignatureDelegation
from projects.procedures.vocabulary import Party
from projects.rights.holdings import NOBODY, Holdings

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
    on = timezone.localtime(at).date()
    given = SignatureDelegation.objects.in_force(on).filter(
        Q(delegate=OuterRef("user_id")) | Q(role=OuterRef("role")), body=OuterRef("body_id")
    )
    for post in user.posts.current(on).select_related("body").annotate(is_delegate=Exists(given)):
        if post.role in ROLE_NAMES:
            if post.is_delegate:
                held[f"{Party.DELEGATE}_bodies"].add(post.body_id)
            held["self_as_agent"].add(user.pk)
            held["served_bodies"].add(post.body_id)
            held[ROLE_NAMES[post.role]].add(post.body_id)
            held[BODY_NAMES[post.body.kind]].add(post.body_id)
    for organisation, may_deposit in user.memberships.values_list("organisation_id", "may_deposit"):
        held["organisations"].add(organisation)
        if may_deposit:
            held["depositing_organisations"].add(organisation)
    shares = user.shares.filter(revoked_at=None).exclude(accepted_at=None)
    for project, level in shares.values_list("project_id", "level"):
        held["edited_projects" if level == Share.Level.EDITOR else "read_projects"].add(project)
    return Holdings(user.pk, {name: frozenset(numbers) for name, numbers in held.items()})
