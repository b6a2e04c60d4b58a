"""From the rows that curators own to the values that the rules evaluate.

Deciding is in ``levers/matching.py`` and ``levers/availability.py``. The rulebook
depends on nothing but the content: each process keeps it for as long as the content
does not change. The day and the profile come afterwards.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from actors.models import ActorType, Agency, Audience, Region
from apist.kept import Kept
from levers.availability import Availability, Opening, availability
from levers.facts import FACTS, Kind
from levers.matching import Answers, Comparison, Rule, Way
from levers.models import Criterion, Lever
from levers.open_questions import Assessment, Ruleset, assess, next_questions
from levers.reading import RULES, read

ANY_DAY = date.min
"""The rulebook holds every rule with its period: it is the same one whatever the day."""


@dataclass(frozen=True, eq=False)
class RuledLever:
    """A published lever as the diagnostic needs it: its names, all its rules, when it can be entered."""

    slug: str
    title: str
    short_name: str
    summary: str
    nature: str
    successor_name: str
    successor_url: str
    annual: bool
    ended_on: date | None
    lists_calls: bool
    windows: tuple[Opening, ...]
    rules: tuple[Rule, ...]
    _in_force: dict[tuple[str, ...], Ruleset] = field(default_factory=dict, repr=False)

    @cached_property
    def url(self) -> str:
        """Return the address of its sheet."""
        return reverse("lever-detail", args=[self.slug])

    def in_force(self, on: date) -> Ruleset:
        """Return the rules in force on a day, in the curators' order; the same object for the same rules."""
        held = tuple([rule.key for rule in self.rules if rule.holds(on)])
        known = self._in_force.get(held)
        if known is None:
            known = self._in_force.setdefault(held, Ruleset(rule for rule in self.rules if rule.holds(on)))
        return known

    def availability(self, on: date) -> Availability:
        """Return whether the lever can be entered on a day."""
        return availability(self.windows, annual=self.annual, ended_on=self.ended_on, at=on)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All that the diagnostic reads of the content: the levers, the words of places and actors, the agencies.

    Compared by identity: what is remembered of one rulebook is never given for another.
    """

    token: int
    levers: tuple[RuledLever, ...]
    actor_types: tuple[tuple[str, str, str], ...]
    """Each kind of actor: its door, its slug, its name."""
    regions: tuple[tuple[str, str], ...]
    agencies: dict[str, Agency]
    """By region code."""
    since: date = ANY_DAY
    until: date | None = None

    def words(self, first_door: str = "") -> dict[str, list]:
        """Return the words of kinds of actors (by door, the visitor's first) and of regions, as forms take them."""
        doors = [
            (audience.label, [(slug, label) for door, slug, label in self.actor_types if door == audience])
            for audience in sorted(Audience, key=lambda audience: audience != first_door)
        ]
        return {"actor_type": [door for door in doors if door[1]], "region": list(self.regions)}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Return the same words by value."""
        return {
            "actor_type": {slug: label for _, slug, label in self.actor_types},
            "region": dict(self.regions),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """One lever for one profile on one day: the assessment, the availability, the sheet."""

    lever: RuledLever
    rules: Ruleset
    assessment: Assessment
    availability: Availability


@dataclass(frozen=True, slots=True)
class Matching:
    """All the published levers for one profile on one day, and what to ask next."""

    on: date
    answers: Answers
    matches: tuple[Match, ...]
    next_questions: tuple[str, ...]


def read_rulebook(at: date = ANY_DAY, token: int = 0, last: Rulebook | None = None) -> Rulebook:
    """Read the rulebook, in one statement; neither the day nor the last one matters to it."""
    shared, found = read(Lever.objects.published(), RULES)
    kinds = shared.all(ActorType)
    return Rulebook(
        token=shared.token,
        levers=tuple(ruled(lever) for lever in sorted(found, key=lambda lever: (lever.position, lever.slug))),
        actor_types=tuple((kind.audience, kind.slug, kind.label) for kind in kinds),
        regions=tuple((region.code, region.name) for region in shared.all(Region)),
        agencies={agency.region.code: agency for agency in shared.all(Agency)},
    )


_KEPT: Kept[Rulebook] = Kept(read_rulebook)


def current_rulebook(token: int) -> Rulebook:
    """Return the rulebook of the content as it was when ``token`` was read, or newer."""
    return _KEPT.get(ANY_DAY, token)


def forget_rulebook() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()


def comparison(row) -> Comparison:
    """Return a row's comparison with values of the type of its fact."""
    amount = FACTS[row.fact].kind is Kind.AMOUNT
    values = tuple(Decimal(value) if amount else value for value in row.values)
    return Comparison(row.fact, row.operator_enum, values)


def rule(criterion: Criterion) -> Rule:
    """Return a criterion as the evaluation needs it."""
    return Rule(
        key=criterion.key,
        about=criterion.about,
        blocking=criterion.blocking,
        contested=criterion.contested,
        test=comparison(criterion) if criterion.fact else None,
        conditions=tuple(comparison(row) for row in criterion.conditions.all()),
        ways=tuple(
            Way(frozenset(kind.slug for kind in path.actor_types.all()), path.text, path.citation)
            for path in criterion.paths.all()
        ),
        label=criterion.label,
        help=criterion.help,
        remedy=criterion.remedy,
        citation=criterion.citation,
        source_title=criterion.source.title,
        verified_on=criterion.verified_on,
        valid_from=criterion.valid_from,
        valid_to=criterion.valid_to,
    )


def ruled(lever: Lever) -> RuledLever:
    """Return a lever as the diagnostic needs it."""
    return RuledLever(
        slug=lever.slug,
        title=lever.title,
        short_name=lever.short_name,
        summary=lever.summary,
        nature=lever.nature,
        successor_name=lever.successor_name,
        successor_url=lever.successor_url,
        annual=lever.annual,
        ended_on=lever.ended_on,
        lists_calls=lever.lists_calls,
        windows=tuple(Opening.of(window) for window in lever.windows.all()),
        rules=tuple(rule(criterion) for criterion in lever.criteria.all()),
    )


def rules_of(lever: Lever, on: date) -> tuple[Rule, ...]:
    """Return the lever's rules in force on a day, in the curators' order."""
    return tuple(rule(criterion) for criterion in lever.criteria.all() if criterion.holds(on))


def availability_of(lever: Lever, on: date) -> Availability:
    """Return whether the lever can be entered on a day."""
    return availability(lever.windows.all(), annual=lever.annual, ended_on=lever.ended_on, at=on)


def match_all(answers: Answers, on: date, rulebook: Rulebook) -> Matching:
    """Return the verdict of every published lever for a profile on a day.

    The page, the API and the export call this one function, so that they cannot
    disagree.
    """
    rulesets = [lever.in_force(on) for lever in rulebook.levers]
    matches = tuple(
        Match(lever, rules, assess(rules, answers), lever.availability(on))
        for lever, rules in zip(rulebook.levers, rulesets, strict=True)
    )
    return Matching(on, answers, matches, next_questions(rulesets, answers))
