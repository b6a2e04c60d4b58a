"""The published experiments on a day: found by ``index``, told by ``cards``, filtered by ``choices``.

Kept by each process until content moves, the day ends, or a call through which one joins changes. There
are dozens of them: all are made again, which is simpler than knowing which.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from actors.models import ActorType, ContentVersion, Department, Region
from apist.clock import start_of
from apist.kept import Kept
from levers.calls.board import current_calls
from levers.models import Category, Lever, Synonym
from levers.results import Query
from levers.search import Index
from levers.words import entry_words, fold
from projects.models import ROLES, Experiment
from projects.register.cards import CATEGORY_FACETS, ExperimentCard, card_of, entry_of, in_order
from projects.register.joining import JOIN_LABELS
from projects.register.schedule import STATUS_LABELS

FACET_LABELS = {
    "joining": "Peut-on la rejoindre ?",
    "status": "Où elle en est",
    "region": "Région",
    "department": "Département",
    "theme": "Thème",
    "innovation_field": "Champ d'innovation",
    "sector": "Secteur",
    "actor_type": "Qui peut y prendre part",
    "role": "À quel titre",
    "nature": "Portée",
    "lever": "Levier",
}

ATTEMPTS = 3
FETCHED = (
    "participants__departments", "targets__region", "phases", "actor_types", "categories", "regions",
    "departments",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """Every published experiment on a day."""

    token: int
    since: datetime
    until: datetime
    cards: dict[int, ExperimentCard]
    choices: dict[str, list[tuple[str, str]]]
    index: Index
    slugs: dict[str, int]
    levers: dict[str, str]
    """The published levers, by slug: one may ask for one that has no experiment."""
    fragments: dict = field(default_factory=dict)
    """What pages made of the cards, to be shown again; the pages know its keys."""

    def by_slug(self, slug: str) -> ExperimentCard | None:
        """Return an experiment by the slug of its address; None where there is none."""
        return self.cards.get(self.slugs.get(slug))

    def of_lever(self, slug: str) -> list[ExperimentCard]:
        """Return the experiments of a lever, those that one may join first."""
        return [self.cards[key] for key in self.index.search(Query(facets={"lever": frozenset({slug})})).keys]

    def in_order(self) -> list[ExperimentCard]:
        """Return all of them in the default order: they were put in it when the register was made."""
        return list(self.cards.values())


def make_register(at: datetime, token: int, last: Register | None = None) -> Register:
    """Return the register at a moment; read again where content moves meanwhile, a few times at most."""
    for _ in range(ATTEMPTS):
        register = _made(at, token)
        if (token := ContentVersion.current()) == register.token:
            break
    return register


def _made(at: datetime, token: int) -> Register:
    calls = current_calls(at, token)
    today = timezone.localtime(at).date()
    published = Experiment.objects.published().select_related("source", "lever").prefetch_related(*FETCHED)
    rows = {row.pk: row for row in published}
    ordered = in_order(card_of(row, today, calls) for row in rows.values())
    categories = list(Category.objects.all())
    regions = sorted(Region.objects.all(), key=lambda region: fold(region.name))
    places = Places(regions, list(Department.objects.all()), list(ActorType.objects.all()))
    levers = dict(Lever.objects.published().order_by("position", "slug").values_list("slug", "short_name"))
    synonyms = [group.expression_list for group in Synonym.objects.all()]
    entries = (entry_of(rows[card.key], card, position) for position, card in enumerate(ordered))
    return Register(
        token=token,
        since=at,
        until=min(start_of(today + timedelta(days=1)), calls.until),
        cards={card.key: card for card in ordered},
        choices=_choices(ordered, categories, places, levers),
        index=Index(entries, synonyms, _words(categories, places)),
        slugs={card.slug: card.key for card in ordered},
        levers=levers,
    )


@dataclass(frozen=True, slots=True)
class Places:
    """The regions, the departments and the kinds of actors."""

    regions: list[Region]
    departments: list[Department]
    kinds: list[ActorType]


def _choices(
    cards: Iterable[ExperimentCard], categories: list[Category], places: Places, levers: dict[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """Return the values of each facet; of levers, only those that have experiments."""
    used = {card.lever[0] for card in cards if card.lever}
    return {
        "joining": [(value.value, label) for value, label in JOIN_LABELS.items()],
        "status": [(value.value, label) for value, label in STATUS_LABELS.items()],
        "region": [(region.code, region.name) for region in places.regions],
        "department": [(one.code, str(one)) for one in places.departments],
        **{name: [(c.slug, c.label) for c in categories if c.kind == kind] for name, kind in CATEGORY_FACETS.items()},
        "actor_type": [(kind.slug, kind.label) for kind in places.kinds],
        "role": list(ROLES.items()),
        "nature": list(Experiment.Reach.choices),
        "lever": [(slug, name) for slug, name in levers.items() if slug in used],
    }


def _words(categories: list[Category], places: Places) -> dict[str, dict[str, str]]:
    """Return the words under which people look for a value of a facet."""
    return {
        "region": {region.code: entry_words([region.name]) for region in places.regions},
        "department": {one.code: entry_words([one.name, one.code]) for one in places.departments},
        "actor_type": {kind.slug: entry_words([kind.label, kind.aliases]) for kind in places.kinds},
        **{
            name: {c.slug: entry_words([c.label, c.help]) for c in categories if c.kind == kind}
            for name, kind in CATEGORY_FACETS.items()
        },
    }


_KEPT: Kept[Register] = Kept(make_register)


def current_register(at: datetime, token: int) -> Register:
    """Return the register at a moment, as the content was when ``token`` was read, or newer."""
    return _KEPT.get(at, token)


def forget_register() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
