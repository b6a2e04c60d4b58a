"""The catalogue as search and cards need it: read in a fixed number of queries.

Who may carry a lever is not typed twice: it is read from the criteria in force,
through the same evaluation as the diagnostic.
"""

from dataclasses import dataclass
from datetime import date

from actors.models import ActorType, Audience, Region
from levers.availability import STATUS_LABELS, Availability
from levers.matching import Rule, Verdict, verdict
from levers.models import Category, Lever, Role
from levers.rulebook import availability_of, rules_of, rules_to_read
from levers.search import Entry
from levers.words import entry_words

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

CATEGORY_FACETS = {
    "innovation_field": Category.Kind.INNOVATION_FIELD,
    "sector": Category.Kind.SECTOR,
    "maturity": Category.Kind.MATURITY,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One lever as a list shows it."""

    lever: Lever
    availability: Availability
    carriers: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every published lever on a day, and the words of the facets."""

    cards: tuple[Card, ...]
    choices: dict[str, list[tuple[str, str]]]

    def card(self, key) -> Card:
        """Return the card of a lever found by search."""
        return next(card for card in self.cards if card.lever.pk == key)


def read_catalogue(at: date) -> Catalogue:
    """Return the catalogue as it stands on a day."""
    kinds = list(ActorType.objects.all())
    regions = list(Region.objects.all())
    categories = list(Category.objects.all())
    parts = ("windows", "categories", "regions", "roles", "steps", "examples", "amounts")
    levers = Lever.objects.published().select_related("source").prefetch_related(rules_to_read(), *parts)
    cards = tuple(_card(lever, at, kinds, regions) for lever in levers)
    return Catalogue(cards, _choices(kinds, regions, categories))


def _choices(kinds: list[ActorType], regions: list[Region], categories: list[Category]) -> dict:
    by_kind = {
        facet: [(c.slug, c.label) for c in categories if c.kind == kind] for facet, kind in CATEGORY_FACETS.items()
    }
    return {
        "audience": list(Audience.choices),
        "actor_type": [(kind.slug, kind.label) for kind in kinds],
        "nature": list(Lever.Nature.choices),
        **by_kind,
        "region": [(region.code, region.name) for region in regions],
        "status": [(status.value, label) for status, label in STATUS_LABELS.items()],
    }


def participants(rules: tuple[Rule, ...], kinds: list[ActorType]) -> dict[str, Verdict]:
    """Return, for each kind of actor that is not excluded as such, whether it carries or needs a partner.

    Only the criteria about the actor are asked: what the project is does not matter here.
    """
    about_actor = [rule for rule in rules if rule.about == "actor"]
    verdicts = {kind.slug: verdict(about_actor, {"actor_type": kind.slug}) for kind in kinds}
    return {slug: reached for slug, reached in verdicts.items() if reached is not Verdict.NOT_ELIGIBLE}


def carriers_in_words(open_to: dict[str, Verdict], kinds: list[ActorType]) -> str:
    """Return who may carry the lever, in few words: groups where whole, names where few."""
    able = [kind for kind in kinds if open_to.get(kind.slug) in (Verdict.ELIGIBLE, Verdict.TO_CONFIRM)]
    if len(able) == len(kinds):
        return "Tout type de porteur"
    parts = []
    for audience in Audience:
        group = [kind for kind in kinds if kind.audience == audience]
        chosen = [kind for kind in able if kind.audience == audience]
        if chosen and len(chosen) == len(group):
            parts.append(f"{audience.label} : tous")
        elif chosen:
            names = ", ".join(kind.label for kind in chosen[:2])
            rest = len(chosen) - 2
            parts.append(
                f"{audience.label} : {names}" + (f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else "")
            )
    return " ; ".join(parts) or "À vérifier"


def _card(lever: Lever, at: date, kinds: list[ActorType], regions: list[Region]) -> Card:
    open_to = participants(rules_of(lever, at), kinds)
    status = availability_of(lever, at)
    roles = [role for role in lever.roles.all() if role.part != Role.Part.NONE]
    categories = list(lever.categories.all())
    named = [region.code for region in lever.regions.all()] or [region.code for region in regions]
    facets = {
        "audience": frozenset(role.audience for role in roles),
        "actor_type": frozenset(open_to),
        "nature": frozenset([lever.nature]),
        "region": frozenset(named),
        "status": frozenset([status.status.value]),
        **{facet: frozenset(c.slug for c in categories if c.kind == kind) for facet, kind in CATEGORY_FACETS.items()},
    }
    who = [kind for kind in kinds if kind.slug in open_to]
    where = [region for region in regions if region.code in named]
    names = (lever.short_name, lever.current_name, *lever.aliases.splitlines())
    texts = _texts(lever, who, where)
    entry = Entry(lever.pk, lever.position, lever.title, *texts, facets, lever.verified_on, names)
    return Card(lever, status, carriers_in_words(open_to, kinds), entry)


def _texts(lever: Lever, who: list[ActorType], where: list[Region]) -> tuple[str, str, str]:
    body = [
        lever.objective, lever.recipients, lever.description, lever.calendar, lever.contact, lever.status_note,
        lever.get_nature_display(),
        *(f"{step.title} {step.text}" for step in lever.steps.all()),
        *(f"{example.title} {example.text}" for example in lever.examples.all()),
        *(f"{amount.label} {amount.call}" for amount in lever.amounts.all()),
        *(role.text for role in lever.roles.all()),
        *(f"{category.label} {category.help}" for category in lever.categories.all()),
        *(f"{kind.label} {kind.aliases}" for kind in who),
        *(region.name for region in where),
        *(criterion.label for criterion in lever.criteria.all()),
    ]  # fmt: skip
    name = [lever.title, lever.short_name, lever.current_name, lever.aliases, lever.slug]
    return entry_words(name), entry_words([lever.summary]), entry_words(body)
