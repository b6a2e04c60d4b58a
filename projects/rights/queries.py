"""Which dossiers somebody may read, as a query made from the table of rights."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import Model, Q, QuerySet, Value

from apist.prepared import MOMENTS, Prepared, Text, prepare
from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings
from projects.rights.table import (
    APPLICANT_SIDE,
    EVERYTHING,
    INSTRUCTING_SIDE,
    RIGHTS,
    Column,
    Right,
    project_rights,
)

FEW = 200
"""Up to so many dossiers that one sees otherwise than as one who instructs them are named one by one in a list."""


def visible(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)) -> QuerySet:
    """Keep the dossiers that a person may read as one of these parties; none for nobody, none from which they recused.

    As one who instructs, none of which they are on the applicant's side either (:func:`table.one_side`).

    Each row of the table is a query of its own, which an index answers: a single condition made of all of them makes
    the engine go through every dossier there is. A row that nothing can satisfy is left out: an empty query among
    those that are put together would empty the whole.
    """
    if holdings.user is None:
        return dossiers.none()
    ways = _ways(dossiers, holdings, [right for right in RIGHTS if right.party in parties])
    if not ways:
        return dossiers.none()
    return dossiers.filter(pk__in=_together(ways)).exclude(pk__in=_together(_shut(dossiers, holdings, parties)))


def shut_to(dossiers: QuerySet, holdings: Holdings) -> QuerySet:
    """Keep the dossiers that a person may not instruct or judge, whatever their posts: recused, or an applicant there.

    Of others' they read nothing here either: it is for what counts dossiers without naming them.
    """
    if holdings.user is None:
        return dossiers.none()
    return dossiers.filter(pk__in=_together(_shut(dossiers, holdings, INSTRUCTING_SIDE)))


def in_sight(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)) -> QuerySet:
    """Keep the same dossiers as :func:`visible`, so that an index of a body's dossiers counts them and orders them.

    Those of one's own bodies are a plain condition on columns; the others (drafts that one entered, what one was
    invited to) are few, and so are those that are shut to them: both are looked up first, with one query. Where they
    are many, it is :func:`visible` itself.
    """
    if holdings.user is None:
        return dossiers.none()
    bodies = _bodies(holdings, parties)
    if not bodies:
        return visible(dossiers, holdings, parties)
    others, shut = _aside(dossiers.model, holdings, parties)
    if len(others) + len(shut) > FEW:
        return visible(dossiers, holdings, parties)
    own = _own(bodies)
    found = dossiers.filter(own | Q(pk__in=sorted(others)) if others else own)
    return found.exclude(pk__in=sorted(shut)) if shut else found


def _bodies(holdings: Holdings, parties: frozenset[Party]) -> frozenset[int]:
    plain = [right for right in RIGHTS if right.party in parties and _is_plain(right)]
    return frozenset().union(*(holdings.of(right.link.holds) for right in plain))


def _own(bodies: frozenset[int]) -> Q:
    own = Q(body_id__in=sorted(bodies)) if len(bodies) > 1 else Q(body_id=min(bodies, default=None))
    return own & Q(deposited_at__isnull=False)


def _aside(model: type[Model], holdings: Holdings, parties: frozenset[Party]) -> tuple[list[int], list[int]]:
    """Return the numbers of the others and of those that are shut, together up to one more than a few (one query).

    Its SQL is the same for whoever holds as much: what somebody holds is named by ranks, and the numbers put in.
    """
    looked_at = [right for right in RIGHTS if right.party in parties | _unless(parties)]
    links = {link for right in looked_at for link in (right.link, right.within) if link}
    kept = {name: held for name in sorted({link.holds for link in links}) if (held := holdings.of(name))}
    numbers = sorted({holdings.user, *(number for held in kept.values() for number in held)})
    ranks = {number: rank for rank, number in enumerate(numbers)}
    shape = tuple((name, tuple(sorted(map(ranks.get, held)))) for name, held in kept.items())
    query = _aside_of(model, shape, (ranks[holdings.user], len(numbers), FEW + 1), parties)
    rows = query.rows(numbers, MOMENTS[0])
    return [pk for pk, is_shut in rows if not is_shut], [pk for pk, is_shut in rows if is_shut]


@lru_cache(maxsize=256)
def _aside_of(model: type[Model], shape: tuple, sizes: tuple, parties: frozenset[Party]) -> Prepared:
    """Return the query of all those who hold as much.

    ``sizes``: the rank of the person among the numbers, how many numbers, how many rows at most.
    """
    user, how_many, most = sizes

    def write(numbers: Sequence[int], at: datetime) -> Text:
        held = {name: frozenset(numbers[rank] for rank in ranks) for name, ranks in shape}
        holdings = Holdings(numbers[user], held)
        every, bodies = model._base_manager.all(), _bodies(holdings, parties)
        rights = [one for one in RIGHTS if one.party in parties and not _is_plain(one)]
        aside = every.filter(pk__in=_together(ways)) if (ways := _ways(every, holdings, rights)) else every.none()
        aside = aside.exclude(_own(bodies)) if bodies else aside
        aside = aside.order_by().annotate(is_shut=Value(0)).values("pk", "is_shut")
        shut = [one.annotate(is_shut=Value(1)) for one in _shut(every, holdings, parties)]
        return aside.union(*shut, all=True)[:most].query.sql_with_params()

    return prepare(write, how_many)


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


def _shut(dossiers: QuerySet, holdings: Holdings, parties: frozenset[Party]) -> list[QuerySet]:
    """Return what is shut to a person who asks as these parties: where they recused, and where they are applicants."""
    recused = _related(dossiers, "recusals").order_by().filter(user_id=holdings.user).values("dossier_id")
    return [recused, *_ways(dossiers, holdings, [right for right in RIGHTS if right.party in _unless(parties)])]


def _unless(parties: frozenset[Party]) -> frozenset[Party]:
    """Return as what one must not be concerned to ask as these parties: what is left of the applicant's side."""
    return APPLICANT_SIDE - parties if parties - APPLICANT_SIDE else frozenset()


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
