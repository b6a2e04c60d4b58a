"""Who has a dossier in charge, as conditions on dossiers: what querysets keep, what the counts of a list meet."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from actors.models import Membership, Post
from projects.procedures.catalogue import unowned_delays


def _assignments() -> QuerySet:
    return apps.get_model("projects", "Assignment")._base_manager.all()


def _somebody_of(body: F) -> ExpressionWrapper:
    """Return one number for the person of a row and a body: engines look pairs up more slowly."""
    return ExpressionWrapper(F("user_id") + body * 2**32, output_field=BigIntegerField())


def _of_a_person(user: str, dossiers: str) -> ExpressionWrapper:
    """Return one number for a person and a dossier, as :func:`_somebody_of` does for a body."""
    return ExpressionWrapper(F(user) + F(dossiers) * 2**32, output_field=BigIntegerField())


def _applying(agents: QuerySet) -> tuple[QuerySet, ...]:
    """Return what puts some of these people on the applicant's side of dossiers, each pair as one number.

    They own the project, belong to the organisation, or accepted an invitation that was not taken back
    (``projects/access.py`` says the same of one dossier).
    """
    projects, shares = (apps.get_model("projects", name)._base_manager.all() for name in ("Project", "Share"))
    accepted = shares.filter(revoked_at=None, accepted_at__isnull=False)
    ways = (
        (projects, "owner_id", "dossiers"),
        (Membership.objects.all(), "user_id", "organisation__dossiers"),
        (accepted, "user_id", "project__dossiers"),
    )
    return tuple(
        rows.filter(**{f"{user}__in": agents, f"{dossiers}__isnull": False})
        .order_by()
        .values_list(_of_a_person(user, dossiers))
        for rows, user, dossiers in ways
    )


def entrusted_to(user: int, at: datetime) -> Q:
    """Return the condition that a dossier is entrusted to a person, or to somebody for whom they stand in that day."""
    on = timezone.localtime(at).date()
    held = _assignments().filter(Q(until=None) | Q(until__gt=at))
    stood_in = held.filter(
        user__absences__deputy=user,
        user__absences__since__lte=on,
        user__absences__until__gte=on,
        user__absences__body=F("dossier__body"),
    )
    return Q(pk__in=held.filter(user=user).values("dossier_id")) | Q(pk__in=stood_in.values("dossier_id"))


def without_owner(at: datetime) -> Q:
    """Return the condition that nobody has had a dossier in charge for longer than its procedure allows.

    It is received and not finished. Somebody whose post ended, or who stepped back, has it in charge no more; nor has
    somebody who joined the applicant's side since (``table.one_side``). What was entrusted until lately waits as long
    again.

    Each condition begins with the assignments of the dossier, of which there are few: asked the other way round, an
    engine that knows nothing of the base reads all that a colleague has in charge, dossier after dossier. Who instructs
    where is read once for all dossiers, as numbers; so is who of them is an applicant too, and of which dossiers.
    """
    assigned = _assignments().filter(dossier=OuterRef("pk"))
    posts = Post.objects.current(timezone.localtime(at).date()).filter(
        role__in=[Post.Role.OFFICER, Post.Role.HEAD], user__is_active=True
    )
    instructing = posts.order_by().values_list(_somebody_of(F("body_id")))
    held = assigned.alias(holder=_somebody_of(OuterRef("body_id")), pair=_of_a_person("user_id", "dossier_id"))
    gone = Q(until__lte=at) | ~Q(holder__in=instructing)
    for pairs in _applying(posts.order_by().values("user_id")):
        gone |= Q(pair__in=pairs)
    # Said as an exclusion, PostgreSQL reads those who instruct once; as a condition, for every dossier.
    owned = held.exclude(gone)
    wanted = Q(pk__in=[])
    for days, keys in unowned_delays().items():
        before = at - timedelta(days=days)
        lately = assigned.filter(until__gt=before)
        wanted |= Q(procedure_key__in=keys, deposited_at__lte=before) & ~Q(Exists(lately))
    return Q(ended_at=None, body__isnull=False) & ~Q(Exists(owned)) & wanted
