"""Which dossiers somebody may read, as a query made from the table of rights."""

from django.db.models import Q, QuerySet

from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings
from projects.rights.table import EVERYTHING, RIGHTS, Column, Right, project_rights

FEW = 200
"""Up to so many dossiers that one sees otherwise than as one who instructs them are named one by one in a list."""


def visible(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)) -> QuerySet:
    """Keep the dossiers that a person may read as one of these parties; none for nobody, none from which they recused.

    Each row of the table is a query of its own, which an index answers: a single condition made of all of them makes
    the engine go through every dossier there is. A row that nothing can satisfy is left out: an empty query among
    those that are put together would empty the whole.
    """
    if holdings.user is None:
        return dossiers.none()
    ways = _ways(dossiers, holdings, [right for right in RIGHTS if right.party in parties])
    if not ways:
        return dossiers.none()
    return _without_recusals(dossiers.filter(pk__in=_together(ways)), holdings)


def in_sight(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)) -> QuerySet:
    """Keep the same dossiers as :func:`visible`, so that an index of a body's dossiers counts them and orders them.

    Those of one's own bodies are a plain condition on columns; the others (drafts that one entered, what one was
    invited to) are few, and are looked up first, with one query. Where they are many, it is :func:`visible` itself.
    """
    if holdings.user is None:
        return dossiers.none()
    plain = [right for right in RIGHTS if right.party in parties and _is_plain(right)]
    bodies = frozenset().union(*(holdings.of(right.link.holds) for right in plain))
    own = Q(body_id__in=sorted(bodies)) if len(bodies) > 1 else Q(body_id=min(bodies, default=None))
    own &= Q(deposited_at__isnull=False)
    ways = _ways(dossiers, holdings, [one for one in RIGHTS if one.party in parties and one not in plain])
    others: set[int] = set()
    if ways:
        aside = dossiers.model._base_manager.filter(pk__in=_together(ways))
        if bodies:
            aside = aside.exclude(own)
        others = set(aside.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(others) > FEW or not bodies:
        return visible(dossiers, holdings, parties)
    return _without_recusals(dossiers.filter(own | Q(pk__in=sorted(others)) if others else own), holdings)


def _is_plain(right: Right) -> bool:
    """Tell whether a row is about every deposited dossier of a body that one serves, confidential or not."""
    link = right.link
    of_a_body = isinstance(link, Column) and link.path == "body_id" and right.within is None
    return of_a_body and right.sees == EVERYTHING and right.confidential and right.received


def _ways(dossiers: QuerySet, holdings: Holdings, rights: list[Right]) -> list[QuerySet]:
    every = dossiers.model._base_manager.order_by()
    return [
        every.filter(_of(right, held, dossiers) & _within(right, holdings)).values("pk")
        for right in rights
        if (held := holdings.of(right.link.holds)) and (right.within is None or holdings.of(right.within.holds))
    ]


def _together(ways: list[QuerySet]) -> QuerySet:
    return ways[0].union(*ways[1:], all=True) if ways[1:] else ways[0]


def _without_recusals(dossiers: QuerySet, holdings: Holdings) -> QuerySet:
    return dossiers.exclude(pk__in=_related(dossiers, "recusals").filter(user_id=holdings.user).values("dossier_id"))


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
