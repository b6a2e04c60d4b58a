"""A lever as lists show it and as search finds it: worked out once, kept while the lever does not move.

Who may carry a lever is not typed twice: it is read from the criteria in force,
through the same evaluation as the diagnostic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from actors.models import ActorType, Audience, Region
from levers.availability import Availability, Opening, Status
from levers.matching import Rule, Verdict, verdict
from levers.models import Category, Lever, Role
from levers.moments import next_change
from levers.reading import Shared
from levers.rulebook import availability_of, rules_of
from levers.search import Entry
from levers.words import entry_words

CATEGORY_FACETS = {
    "innovation_field": Category.Kind.INNOVATION_FIELD,
    "sector": Category.Kind.SECTOR,
    "maturity": Category.Kind.MATURITY,
}

Facets = Mapping[str, frozenset[str]]

FACETS_OF_JSON = ("audience", "actor_type", "innovation_field", "sector", "maturity", "region")


@dataclass(frozen=True, slots=True)
class Card:
    """What lists, the table and the JSON say of a lever, until the day on which a date changes it."""

    key: int
    slug: str
    position: int
    title: str
    short_name: str
    current_name: str
    summary: str
    nature: Lever.Nature
    decision: Lever.DecisionLevel
    confidentiality: str
    amount: str
    carriers: str
    successor: tuple[str, str]
    citation: tuple[tuple[str, str], ...]
    availability: Availability
    verified_on: date
    review_due: date
    facets: Facets
    until: date | None

    @property
    def status(self) -> Status:
        """Return whether one may enter it."""
        return self.availability.status

    @property
    def amount_in_words(self) -> str:
        """Return how much, or that it is not about money."""
        return self.amount or "Non financier"

    @property
    def facts(self) -> dict:
        """Return the lever as the JSON of the list gives it, its address apart."""
        return {
            "slug": self.slug,
            "title": self.title,
            "short_name": self.short_name,
            "current_name": self.current_name,
            "summary": self.summary,
            "nature": self.nature.value,
            "decision_level": self.decision.value,
            "confidentiality": self.confidentiality,
            "availability": self.status.value,
            **successor_in_json(*self.successor),
            "amount_summary": self.amount,
            **{name: sorted(self.facets[name]) for name in FACETS_OF_JSON},
            "verified_on": self.verified_on.isoformat(),
            "review_due": self.review_due.isoformat(),
            "source": dict(self.citation),
        }


@lru_cache(maxsize=4096)
def _one(value):
    """Return the first value equal to this one: thousands of cards say the same few things."""
    return value


def card_of(lever: Lever, at: date, shared: Shared) -> Card:
    """Return the card of a lever on a day; the lever is one that ``reading.read`` gave with its rules."""
    kinds, regions = shared.all(ActorType), shared.all(Region)
    open_to = participants(rules_of(lever, at), kinds)
    state = _light(availability_of(lever, at))
    return Card(
        key=lever.pk,
        slug=lever.slug,
        position=lever.position,
        title=lever.title,
        short_name=lever.short_name,
        current_name=lever.current_name,
        summary=lever.summary,
        nature=Lever.Nature(lever.nature),
        decision=Lever.DecisionLevel(lever.decision_level),
        confidentiality=_one(lever.confidentiality),
        amount=lever.amount_summary,
        carriers=_one(carriers_in_words(open_to, kinds)),
        successor=(lever.successor_name, lever.successor_url),
        citation=_one(tuple(lever.citation.items())),
        availability=_one(state),
        verified_on=_one(lever.verified_on),
        review_due=_one(lever.review_due),
        facets=_facets(lever, open_to, state, regions),
        until=next_change([lever, *lever.windows.all(), *lever.criteria.all()], at),
    )


def _light(state: Availability) -> Availability:
    """Return the same without the rows of the base."""
    windows = {"current": state.current, "coming": state.coming, "last": state.last}
    light = {name: Opening.of(window) if window else None for name, window in windows.items()}
    return Availability(state.status, **light)


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


def _facets(lever: Lever, open_to: dict, state: Availability, regions: list[Region]) -> Facets:
    """Return the values under which each facet finds the lever; a lever without regions is everywhere."""
    categories = list(lever.categories.all())
    values = {
        "audience": {role.audience for role in lever.roles.all() if role.part != Role.Part.NONE},
        "actor_type": open_to,
        "nature": {lever.nature},
        "region": {region.code for region in lever.regions.all() or regions},
        "status": {state.status.value},
        **{facet: {c.slug for c in categories if c.kind == kind} for facet, kind in CATEGORY_FACETS.items()},
    }
    return {facet: _one(frozenset(held)) for facet, held in values.items()}


def successor_in_json(name: str, url: str) -> dict:
    """Return what succeeds a lever, or nothing where the sources name none."""
    return {"successor": {"title": name, "url": url}} if name else {}


def entry_of(lever: Lever, card: Card) -> Entry:
    """Return what search reads of a lever: its own words; those of its facets' values are found through these."""
    body = [
        lever.objective, lever.recipients, lever.description, lever.calendar, lever.contact, lever.status_note,
        *(f"{step.title} {step.text}" for step in lever.steps.all()),
        *(f"{example.title} {example.text}" for example in lever.examples.all()),
        *(f"{amount.label} {amount.call}" for amount in lever.amounts.all()),
        *(role.text for role in lever.roles.all()),
        *(criterion.label for criterion in lever.criteria.all()),
    ]  # fmt: skip
    return Entry(
        key=lever.pk,
        position=lever.position,
        title=lever.title,
        name=entry_words([lever.title, lever.short_name, lever.current_name, lever.aliases, lever.slug]),
        summary=entry_words([lever.summary]),
        body=entry_words(body),
        facets=card.facets,
        updated=lever.verified_on,
        names=[lever.short_name, lever.current_name, *lever.aliases.splitlines()],
    )


def words_of_values(shared: Shared) -> dict[str, dict[str, str]]:
    """Return the words under which people look for a value of a facet: names, other names, explanations."""
    categories = shared.all(Category)
    return {
        "actor_type": {kind.slug: entry_words([kind.label, kind.aliases]) for kind in shared.all(ActorType)},
        "region": {region.code: entry_words([region.name]) for region in shared.all(Region)},
        "nature": {value: entry_words([label]) for value, label in Lever.Nature.choices},
        **{
            facet: {c.slug: entry_words([c.label, c.help]) for c in categories if c.kind == kind}
            for facet, kind in CATEGORY_FACETS.items()
        },
    }
