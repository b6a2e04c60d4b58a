"""The published calls at a moment: found by ``index``, told by ``cards``, filtered by ``choices``.

Kept by each process. Made as the catalogue is (``levers/catalogue.py``): after a change only the calls that
moved are read again. What is kept holds until the next instant at which a date counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from actors.models import ActorType, Audience, ContentStamp, ContentVersion, Region, Source
from apist.kept import Kept
from levers.calls.cards import (
    CATEGORY_FACETS,
    ROLES,
    CallCard,
    Links,
    Places,
    card_of,
    entry_of,
    months_between,
    next_month,
)
from levers.calls.fit import fits
from levers.calls.sentences import MONTHS
from levers.calls.status import CAN_ANSWER, STATUS_LABELS, CallStatus, Standing
from levers.matching import Answers
from levers.models import Call, Category, Lever, Synonym
from levers.reading import Shared, read
from levers.results import Query
from levers.search import Entry, Index
from levers.words import entry_words

FACET_LABELS = {
    "status": "Situation",
    "region": "Région",
    "audience": "Vous êtes",
    "actor_type": "Type d'acteur",
    "nature": "Nature de l'appel",
    "theme": "Thème",
    "innovation_field": "Champ d'innovation",
    "sector": "Secteur",
    "period": "Période où répondre",
    "organiser": "Qui organise",
    "role": "Rôle recherché",
    "lever": "Levier",
}

MONTHS_OFFERED = 12
"""How many months, from this one on, the period facet offers; years are offered as far as there are calls."""

TOO_MANY = 500
"""From this number of moved calls on, reading everything is quicker than reading them by their numbers."""

SHARED_STAMP = 0
ATTEMPTS = 3
LINKS = ("levers", "categories", "actor_types", "regions")
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Calls:
    """Every published call at a moment."""

    token: int
    since: datetime
    until: datetime
    stamps: dict[int, int]
    places: Places
    cards: dict[int, CallCard]
    choices: dict[str, list[tuple[str, str]]]
    index: Index
    slugs: dict[str, int]
    fragments: dict = field(default_factory=dict)
    """What pages made of the cards, to be shown again; the pages know its keys."""

    def by_slug(self, slug: str) -> CallCard | None:
        """Return a call by the slug of its address; None where there is none."""
        return self.cards.get(self.slugs.get(slug))

    def of_lever(self, slug: str) -> list[CallCard]:
        """Return the calls of a lever, those that one can answer first."""
        return [self.cards[key] for key in self.index.search(Query(facets={"lever": frozenset({slug})})).keys]

    def open_for(self, answers: Answers, on: date | None = None) -> list[tuple[CallCard, Standing]]:
        """Return the calls that suit a profile and can be answered, those that end soonest first, and where they stand.

        At this moment, or at any time of another day if one is given.
        """
        if on is None:
            keys = self.index.search(Query(facets={"status": frozenset({CallStatus.OPEN})})).keys
        else:
            keys = [key for key in self._in_order() if not self.cards[key].is_over(on)]
        cards = [card for key in keys if fits(card := self.cards[key], answers)]
        places = [(card, card.standing if on is None else card.on(on)) for card in cards]
        able = [(card, where) for card, where in places if where.status in CAN_ANSWER]
        return able if on is None else sorted(able, key=lambda pair: pair[1].closes.day if pair[1].closes else date.max)

    def _in_order(self) -> Iterable[int]:
        return self.index.keys(self.index.order("").read(self.index.everything, 0, len(self.cards)))


def make_calls(at: datetime, token: int, last: Calls | None = None) -> Calls:
    """Return the calls at a moment, taking over from the last ones what has not moved.

    They are read in several statements. Content that moves meanwhile is read again, a few
    times at most: nobody is shown half of a change, unless it changes without end.
    """
    for _ in range(ATTEMPTS):
        last = _made(at, token, last)
        if (token := ContentVersion.current()) == last.token:
            break
    return last


def _made(at: datetime, token: int, last: Calls | None) -> Calls:
    stamps = _stamps()
    shared, _ = read(None, ())
    places = _places(shared)
    moved = _moved(last, stamps, places, at)
    wanted = Call.objects.published() if moved is None else Call.objects.published().filter(pk__in=moved)
    kept = {} if moved is None else {key: card for key, card in last.cards.items() if key not in moved}
    cards = dict(kept)
    entries = _entries(wanted, at, places, cards) if moved is None or moved else iter(())
    synonyms = [group.expression_list for group in shared.all(Synonym)]
    words = _words(shared)
    if moved is None:
        index = Index(entries, synonyms, words)
    else:
        index = last.index.changed(moved, list(entries), synonyms, words)
    return Calls(
        token=token,
        since=at,
        until=min([next_month(at), *(card.until for card in cards.values() if card.until)]),
        stamps=stamps,
        places=places,
        cards=cards,
        choices=_choices(shared, places, cards.values(), at),
        index=index,
        slugs={card.slug: key for key, card in cards.items()},
        fragments={key: html for key, html in last.fragments.items() if key in kept} if last else {},
    )


def _entries(calls, at: datetime, places: Places, cards: dict[int, CallCard]) -> Iterator[Entry]:
    """Yield what search reads of each call, and put its card beside on the way."""
    linked = {name: _linked(calls, name) for name in LINKS}
    found = calls.prefetch_related("events", "amounts").order_by("pk")
    for call in found.iterator(chunk_size=CHUNK):
        call._state.fields_cache["source"] = places.sources[call.source_id]
        links = Links(**{name: places.named(name, rows.get(call.pk, ())) for name, rows in linked.items()})
        card = cards[call.pk] = card_of(call, at, places, links)
        yield entry_of(call, card, places)


def _linked(calls, name: str) -> dict[int, list[int]]:
    """Return the numbers of the rows that a relation links to each call, without the rows: places know them."""
    relation = Call._meta.get_field(name)
    pairs = relation.remote_field.through.objects.filter(call__in=calls.order_by().values("pk")).order_by()
    found: dict[int, list[int]] = defaultdict(list)
    for call, other in pairs.values_list("call_id", f"{relation.m2m_reverse_field_name()}_id"):
        found[call].append(other)
    return found


def _places(shared: Shared) -> Places:
    levers = list(Lever.objects.published().order_by("position", "slug").values_list("pk", "slug", "short_name"))
    return Places(
        regions={region.code: region.name for region in shared.all(Region)},
        actor_types={kind.slug: (kind.audience, kind.label) for kind in shared.all(ActorType)},
        levers={pk: (slug, name) for pk, slug, name in levers},
        lever_names={slug: name for _, slug, name in levers},
        categories={category.pk: (category.kind, category.slug) for category in shared.all(Category)},
        slugs={
            "actor_types": {kind.pk: kind.slug for kind in shared.all(ActorType)},
            "regions": {region.pk: region.code for region in shared.all(Region)},
        },
        sources=shared.rows[Source],
    )


def _stamps() -> dict[int, int]:
    """Return the stamp of each call; under 0, one of all that stamps no call in particular."""
    rows = ContentStamp.objects.filter(kind__in=("call", "shared")).order_by().values_list("owner", "number")
    stamps: dict[int, int] = {}
    for owner, number in rows.iterator():
        stamps[owner] = stamps.get(owner, 0) ^ number
    return stamps


def _moved(last: Calls | None, stamps: dict, places: Places, at: datetime) -> set[int] | None:
    """Return the calls to read again; None when it must be all of them."""
    if last is None or at < last.since or places != last.places:
        return None
    if stamps.get(SHARED_STAMP) != last.stamps.get(SHARED_STAMP):
        return None
    moved = {key for key, number in stamps.items() if last.stamps.get(key) != number}
    moved |= {key for key, card in last.cards.items() if card.until and card.until <= at}
    return moved if len(moved) <= TOO_MANY else None


def _choices(
    shared: Shared, places: Places, cards: Collection[CallCard], at: datetime
) -> dict[str, list[tuple[str, str]]]:
    """Return the values of each facet; of levers, which may be many, only those that have calls."""
    categories = shared.all(Category)
    periods = {period for card in cards for period in card.facets["period"]}
    called = {slug for card in cards for slug in card.levers}
    return {
        "status": [(status.value, label) for status, label in STATUS_LABELS.items()],
        "region": list(places.regions.items()),
        "audience": list(Audience.choices),
        "actor_type": [(slug, label) for slug, (_, label) in places.actor_types.items()],
        "nature": list(Call.Kind.choices),
        **{name: [(c.slug, c.label) for c in categories if c.kind == kind] for name, kind in CATEGORY_FACETS.items()},
        "period": period_choices(periods, timezone.localtime(at).date()),
        "organiser": list(Call.Organiser.choices),
        "role": list(ROLES.items()),
        "lever": [(slug, name) for slug, name in places.levers.values() if slug in called],
    }


def period_choices(periods: Collection[str], today: date) -> list[tuple[str, str]]:
    """Return the coming months, then the years, in which calls can be answered, as the facet offers them."""
    last = today.year * 12 + today.month - 1 + MONTHS_OFFERED - 1
    months = months_between(today, date(last // 12, last % 12 + 1, 1))
    offered = [(month, f"{MONTHS[int(month[5:]) - 1]} {month[:4]}") for month in months if month in periods]
    return [*offered, *((year, f"Année {year}") for year in sorted((p for p in periods if len(p) == 4), reverse=True))]


def _words(shared: Shared) -> dict[str, dict[str, str]]:
    """Return the words under which people look for a value of a facet: names, other names, explanations."""
    categories = shared.all(Category)
    return {
        "actor_type": {kind.slug: entry_words([kind.label, kind.aliases]) for kind in shared.all(ActorType)},
        "region": {region.code: entry_words([region.name]) for region in shared.all(Region)},
        "nature": {value: entry_words([label]) for value, label in Call.Kind.choices},
        **{
            name: {c.slug: entry_words([c.label, c.help]) for c in categories if c.kind == kind}
            for name, kind in CATEGORY_FACETS.items()
        },
    }


_KEPT: Kept[Calls] = Kept(make_calls)


def current_calls(at: datetime, token: int) -> Calls:
    """Return the calls at a moment, as the content was when ``token`` was read, or newer."""
    return _KEPT.get(at, token)


def forget_calls() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
