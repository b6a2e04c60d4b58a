"""The catalogue as it stands: what search finds, what cards say, what facets offer. Kept by each process.

After a change, only the levers that moved are read again; what the others gave is
taken over, and the index is made anew and put in place at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from actors.models import ActorType, Audience, ContentStamp, Region
from apist.kept import Kept
from levers.availability import STATUS_LABELS
from levers.cards import CATEGORY_FACETS, Card, card_of, entry_of, words_of_values
from levers.models import Category, Lever, Synonym
from levers.moments import earliest
from levers.reading import RULES, TOLD, Shared, read
from levers.search import Entry, Index

FACET_LABELS = {
    "audience": "Vous êtes",
    "actor_type": "Type d'acteur",
    "nature": "Nature du levier",
    "innovation_field": "Champ d'innovation",
    "sector": "Secteur",
    "maturity": "Maturité du projet",
    "region": "Région",
    "status": "Situation",
}

PARTS = (*RULES, *TOLD)
"""What is read of each lever."""

TOO_MANY = 500
"""From this number of moved levers on, reading everything is quicker than reading them by their numbers."""

SHARED_STAMP = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every published lever on a day: found by ``index``, told by ``cards``, filtered by ``choices``."""

    token: int
    since: date
    until: date | None
    stamps: dict[int, int]
    cards: dict[int, Card]
    choices: dict[str, list[tuple[str, str]]]
    words: dict[str, dict[str, str]]
    index: Index
    fragments: dict = field(default_factory=dict)
    """What pages made of the cards, to be shown again; the pages know its keys."""


def make_catalogue(at: date, token: int, last: Catalogue | None = None) -> Catalogue:
    """Return the catalogue on a day, taking over from the last one what has not moved."""
    stamps = _stamps()
    moved = _moved(last, stamps, at)
    if last is not None and moved is not None:
        shared, found = read(Lever.objects.published().filter(pk__in=moved) if moved else None, PARTS)
        if shared.token == token:
            return _taken_over(last, at, shared, stamps, found, moved)
    shared, found = read(Lever.objects.published(), PARTS)
    cards: dict[int, Card] = {}
    entries = _entries(found, at, shared, cards)
    words = words_of_values(shared)
    index = Index(entries, _synonyms(shared), words)
    return _assembled(at, shared, stamps, cards, words, index, {})


def _taken_over(last: Catalogue, at: date, shared: Shared, stamps: dict, found: Iterable, moved: set) -> Catalogue:
    cards = {key: card for key, card in last.cards.items() if key not in moved}
    fragments = {key: html for key, html in last.fragments.items() if key in cards}
    entries = list(_entries(found, at, shared, cards))
    words = words_of_values(shared)
    index = last.index.changed(moved, entries, _synonyms(shared), words)
    return _assembled(at, shared, stamps, cards, words, index, fragments)


def _entries(levers: Iterable[Lever], at: date, shared: Shared, cards: dict[int, Card]) -> Iterator[Entry]:
    """Yield what search reads of each lever, and put its card beside on the way: levers are read one by one."""
    for lever in levers:
        card = cards[lever.pk] = card_of(lever, at, shared)
        yield entry_of(lever, card)


def _synonyms(shared: Shared) -> list[list[str]]:
    return [group.expression_list for group in shared.all(Synonym)]


def _stamps() -> dict[int, int]:
    """Return the stamp of each lever; under 0, one of all that stamps no lever in particular."""
    rows = ContentStamp.objects.filter(kind__in=("lever", "shared")).order_by().values_list("owner", "number")
    stamps: dict[int, int] = {}
    for owner, number in rows.iterator():
        stamps[owner] = stamps.get(owner, 0) ^ number
    return stamps


def _moved(last: Catalogue | None, stamps: dict[int, int], at: date) -> set[int] | None:
    """Return the levers to read again; None when it must be all of them."""
    if last is None or at < last.since or stamps.get(SHARED_STAMP) != last.stamps.get(SHARED_STAMP):
        return None
    moved = {key for key, number in stamps.items() if last.stamps.get(key) != number}
    moved |= {key for key, card in last.cards.items() if card.until and card.until <= at}
    return moved if len(moved) <= TOO_MANY else None


def _assembled(
    at: date, shared: Shared, stamps: dict, cards: dict, words: dict, index: Index, fragments: dict
) -> Catalogue:
    return Catalogue(
        token=shared.token,
        since=at,
        until=earliest(card.until for card in cards.values()),
        stamps=stamps,
        cards=cards,
        choices=_choices(shared),
        words=words,
        index=index,
        fragments=fragments,
    )


def _choices(shared: Shared) -> dict[str, list[tuple[str, str]]]:
    categories = shared.all(Category)
    by_kind = {
        facet: [(c.slug, c.label) for c in categories if c.kind == kind] for facet, kind in CATEGORY_FACETS.items()
    }
    return {
        "audience": list(Audience.choices),
        "actor_type": [(kind.slug, kind.label) for kind in shared.all(ActorType)],
        "nature": list(Lever.Nature.choices),
        **by_kind,
        "region": [(region.code, region.name) for region in shared.all(Region)],
        "status": [(status.value, label) for status, label in STATUS_LABELS.items()],
    }


_KEPT: Kept[Catalogue] = Kept(make_catalogue)


def current_catalogue(at: date, token: int) -> Catalogue:
    """Return the catalogue of a day, as the content was when ``token`` was read, or newer."""
    return _KEPT.get(at, token)


def forget_catalogue() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
