"""A lever as lists show it and as search finds it: worked out once, kept while the lever does not move.

Who may carry a lever is not typed twice: it is read from the criteria in force,
through the same evaluation as the diagnostic.
"""

from dataclasses import dataclass
from datetime import date

from actors.models import ActorType, Audience, Region
from levers.availability import Availability, Opening, Status
from levers.matching import Rule, Verdict, verdict
from levers.models import Category, Lever, Role
from levers.moments import next_change
from levers.reading import Shared
from levers.rulebook import RuledLever, availability_of, rules_of
from levers.search import Entry
from levers.words import entry_words

CATEGORY_FACETS = {
    "innovation_field": Category.Kind.INNOVATION_FIELD,
    "sector": Category.Kind.SECTOR,
    "maturity": Category.Kind.MATURITY,
}

FACETS_OF_JSON = ("audience", "actor_type", "innovation_field", "sector", "maturity", "region")


@dataclass(frozen=True, slots=True)
class Card:
    """What lists, the table and the JSON say of a lever, until the day on which a date changes it."""

    key: int
    slug: str
    title: str
    summary: str
    nature: str
    decision: str
    amount: str
    carriers: str
    availability: Availability
    verified_on: date
    facts: dict
    entry: Entry
    until: date | None

    @property
    def status(self) -> Status:
        """Return whether one may enter it."""
        return self.availability.status


def card_of(lever: Lever, at: date, shared: Shared) -> Card:
    """Return the card of a lever on a day; the lever is one that ``reading.read`` gave with its rules and texts."""
    kinds, regions = shared.all(ActorType), shared.all(Region)
    open_to = participants(rules_of(lever, at), kinds)
    state = _light(availability_of(lever, at))
    facets = _facets(lever, open_to, state, regions)
    return Card(
        key=lever.pk,
        slug=lever.slug,
        title=lever.title,
        summary=lever.summary,
        nature=lever.get_nature_display(),
        decision=lever.get_decision_level_display(),
        amount=lever.amount_summary or "Non financier",
        carriers=carriers_in_words(open_to, kinds),
        availability=state,
        verified_on=lever.verified_on,
        facts=_facts(lever, state, facets),
        entry=_entry(lever, facets, kinds, regions),
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


def _facets(lever: Lever, open_to: dict, state: Availability, regions: list[Region]) -> dict[str, frozenset[str]]:
    """Return the values under which each facet finds the lever; a lever without regions is everywhere."""
    roles = [role for role in lever.roles.all() if role.part != Role.Part.NONE]
    categories = list(lever.categories.all())
    return {
        "audience": frozenset(role.audience for role in roles),
        "actor_type": frozenset(open_to),
        "nature": frozenset([lever.nature]),
        "region": frozenset(region.code for region in lever.regions.all() or regions),
        "status": frozenset([state.status.value]),
        **{facet: frozenset(c.slug for c in categories if c.kind == kind) for facet, kind in CATEGORY_FACETS.items()},
    }


def _facts(lever: Lever, state: Availability, facets: dict[str, frozenset[str]]) -> dict:
    """Return the lever as the JSON of the list gives it, its address apart."""
    return {
        "slug": lever.slug,
        "title": lever.title,
        "short_name": lever.short_name,
        "current_name": lever.current_name,
        "summary": lever.summary,
        "nature": lever.nature,
        "decision_level": lever.decision_level,
        "confidentiality": lever.confidentiality,
        "availability": state.status.value,
        **successor_of(lever),
        "amount_summary": lever.amount_summary,
        **{name: tuple(sorted(facets[name])) for name in FACETS_OF_JSON},
        "verified_on": lever.verified_on.isoformat(),
        "review_due": lever.review_due.isoformat(),
        "source": lever.citation,
    }


def successor_of(lever: Lever | RuledLever) -> dict:
    """Return what succeeds a lever, or nothing where the sources name none."""
    if not lever.successor_name:
        return {}
    return {"successor": {"title": lever.successor_name, "url": lever.successor_url}}


def _entry(lever: Lever, facets: dict, kinds: list[ActorType], regions: list[Region]) -> Entry:
    body = [
        lever.objective, lever.recipients, lever.description, lever.calendar, lever.contact, lever.status_note,
        lever.get_nature_display(),
        *(f"{step.title} {step.text}" for step in lever.steps.all()),
        *(f"{example.title} {example.text}" for example in lever.examples.all()),
        *(f"{amount.label} {amount.call}" for amount in lever.amounts.all()),
        *(role.text for role in lever.roles.all()),
        *(f"{category.label} {category.help}" for category in lever.categories.all()),
        *(f"{kind.label} {kind.aliases}" for kind in kinds if kind.slug in facets["actor_type"]),
        *(region.name for region in regions if region.code in facets["region"]),
        *(criterion.label for criterion in lever.criteria.all()),
    ]  # fmt: skip
    return Entry(
        key=lever.pk,
        position=lever.position,
        title=lever.title,
        name=entry_words([lever.title, lever.short_name, lever.current_name, lever.aliases, lever.slug]),
        summary=entry_words([lever.summary]),
        body=entry_words(body),
        facets=facets,
        updated=lever.verified_on,
        names=[lever.short_name, lever.current_name, *lever.aliases.splitlines()],
    )
