"""Which dossiers somebody may read, as a query made from the table of rights."""

from django.db.models import Q, QuerySet

from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings
from projects.rights.table import EVERYTHING, RIGHTS, Column, Right, project_rights


def visible(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)) -> QuerySet:
    """Keep the dossiers that a person may read as one of these parties; none for nobody, none from which they recused.

    Each row of the table is a query of its own, which an index answers: a single condition made of all of them makes
    the engine go through every dossier there is. A row that nothing can satisfy is left out: an empty query among
    those that are put together would empty the whole.
    """
    if holdings.user is None:
        return dossiers.none()
    every = dossiers.model._base_manager.order_by()
    ways = [
        every.filter(_of(right, held, dossiers) & _within(right, holdings)).values("pk")
        for right in RIGHTS
        if right.party in parties
        and (held := holdings.of(right.link.holds))
        and (right.within is None or holdings.of(right.within.holds))
    ]
    if not ways:
        return dossiers.none()
    readable = ways[0].union(*ways[1:], all=True) if ways[1:] else ways[0]
    return dossiers.filter(pk__in=readable).exclude(
        pk__in=_related(dossiers, "recusals").filter(user_id=holdings.user).values("dossier_id")
    )


def visible_projects(projects: QuerySet, holdings: Holdings) -> QuerySet:
    """Keep the projects that a person may read: the rows of the table that name a project; none for nobody.

    Whoever stepped back from every dossier of a project is out of the project too, whose sections are those of its
    dossiers; its owner keeps what is theirs.
    """
    wanted = Q(pk__in=[])
    for right, column in project_rights():
        held = holdings.of(right.link.holds)
        if held:
            wanted |= Q(**{f"{column}__in": sorted(held)})
    if holdings.user is None:
        return projects.none()
    dossiers = _related(projects, "dossiers")
    left = dossiers.filter(recusals__user=holdings.user).values("project_id")
    kept = dossiers.exclude(recusals__user=holdings.user).values("project_id")
    return projects.filter(wanted).exclude(Q(pk__in=left) & ~Q(pk__in=kept) & ~Q(owner=holdings.user))


def _of(right: Right, held: frozenset[int], dossiers: QuerySet) -> Q:
    # Every status is no condition; said all the same, it leads the engine away from the index of the link.
    condition = Q() if right.sees == EVERYTHING else Q(macro__in=sorted(right.sees))
    if not right.confidential:
        condition &= Q(confidential=False)
    if right.received:
        condition &= Q(deposited_at__isnull=False)
    link = right.link
    if isinstance(link, Column):
        return condition & Q(**{f"{link.path.replace('.', '__')}__in": sorted(held)})
    rows = _related(dossiers, "participations").filter(
        capacity=link.capacity, until=None, **{f"{link.column}__in": sorted(held)}
    )
    return condition & Q(pk__in=rows.values("dossier_id"))


def _within(right: Right, holdings: Holdings) -> Q:
    if right.within is None:
        return Q()
    return Q(**{f"{right.within.path.replace('.', '__')}__in": sorted(holdings.of(right.within.holds))})


def _related(rows: QuerySet, name: str) -> QuerySet:
    """Return what hangs on dossiers, or on projects: asked of the model, which stands above this file."""
    return rows.model._meta.get_field(name).related_model._base_manager.all()
