"""Keeping a search of the list under a name, for oneself or for the team of one administration.

A view is an address and nothing more: each who opens it sees what their own rights let them see.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import QueryDict
from django.utils import timezone

from actors.models import Post, User
from apist.prepared import Prepared, Text, prepare
from levers.views.lists import said
from projects.engine.people import Actor
from projects.instruction.facets import FACET_LABELS
from projects.models import SavedView
from projects.rights.holdings import Holdings

LONGEST = SavedView._meta.get_field("query").max_length
PARAMETERS = ("q", *FACET_LABELS, "sort")


class NameTaken(Exception):
    """The person already has a view of this name."""


class TooLong(Exception):
    """The search holds more choices than an address keeps."""


def search_of(query: str) -> str:
    """Return the part of an address that says what is searched, always written the same way: no page, no stranger."""
    data = said(QueryDict(query))
    kept = QueryDict(mutable=True)
    for name in PARAMETERS:
        if values := data.getlist(name):
            kept.setlist(name, values)
    return kept.urlencode()


def views_for(actor: Actor) -> list[SavedView]:
    """Return the views of a person and of their teams, by name (one query)."""
    return list(_seen(actor).select_related("owner", "body"))


def links_for(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """Return the names and the searches of the same views, for a list to lead to them (one query)."""
    bodies = sorted(actor.holdings.of("served_bodies"))
    numbers = sorted({actor.holdings.user, *bodies})
    query = _links(numbers.index(actor.holdings.user), tuple(map(numbers.index, bodies)), len(numbers))
    return query.rows(numbers, at)


@lru_cache(maxsize=256)
def _links(user: int, bodies: tuple[int, ...], how_many: int) -> Prepared:
    def write(numbers: Sequence[int], at: datetime) -> Text:
        seen = SavedView.objects.seen_by(numbers[user], frozenset(numbers[rank] for rank in bodies))
        return seen.values_list("name", "query").query.sql_with_params()

    return prepare(write, how_many)


def own_view(actor: Actor, number: int) -> SavedView | None:
    """Return a view that this person may change: their own, or, for a head, one that the team shares; None else."""
    view = _seen(actor).filter(pk=number).first()
    return view if view and may_change(view, actor.holdings) else None


def may_change(view: SavedView, holdings: Holdings) -> bool:
    """Tell whether somebody may rename, share or remove a view: its owner, or who heads the team it is shared with."""
    return view.owner_id == holdings.user or view.body_id in holdings.of("head_bodies")


def save_view(actor: Actor, name: str, query: str, body: int | None, at: datetime) -> SavedView:
    """Keep a search under a name; :class:`NameTaken`, :class:`TooLong`."""
    search = search_of(query)
    if len(search) > LONGEST:
        raise TooLong
    return _write(SavedView(owner_id=actor.holdings.user, name=name, query=search, body_id=body, created_at=at))


def change_view(view: SavedView, name: str, body: int | None) -> SavedView:
    """Rename a view, and say who shares it; :class:`NameTaken`."""
    view.name, view.body_id = name, body
    return _write(view)


def leave_views(user: User, at: datetime) -> None:
    """Settle the views of somebody whose account closes: what a team shares stays with it, the rest is erased.

    A shared view goes to a head of the team, else to an officer of it, under a name that they do not use yet; where
    nobody is left there, it is erased too.
    """
    for view in user.saved_views.exclude(body=None):
        if heir := _heirs(view.body_id, at).exclude(user=user).first():
            view.owner_id, view.name = heir.user_id, _free_name(heir.user_id, view.name)
            view.save(update_fields=["owner", "name"])
    user.saved_views.all().delete()


def _heirs(body: int, at: datetime) -> QuerySet[Post]:
    """Return who may take over what a team shares: its heads, then its officers, those longest in place first."""
    rank = Case(When(role=Post.Role.HEAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=body, user__is_active=True)
    return posts.filter(role__in=[Post.Role.HEAD, Post.Role.OFFICER]).order_by(rank, "since", "pk")


def _free_name(owner: int, name: str) -> str:
    taken = set(SavedView.objects.filter(owner=owner).values_list("name", flat=True))
    room = SavedView._meta.get_field("name").max_length
    names = (name, *(f"{name[: room - 6]} ({rank})" for rank in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _write(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise NameTaken from error
    return view


def _seen(actor: Actor) -> QuerySet[SavedView]:
    return SavedView.objects.seen_by(actor.holdings.user, actor.holdings.of("served_bodies"))
