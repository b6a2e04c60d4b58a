"""From the rows that curators own to the values that the rules evaluate.

Reading is here, deciding is in ``levers/matching.py`` and ``levers/availability.py``.
The whole rulebook is read in a fixed number of queries, whatever its size.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from levers.availability import Availability, availability
from levers.facts import FACTS, Kind
from levers.matching import Answers, Comparison, Rule, Way
from levers.models import Criterion, Lever, Path
from levers.open_questions import Assessment, assess, next_questions


@dataclass(frozen=True, slots=True)
class Match:
    """One lever for one profile on one day: the assessment, the availability, the sheet."""

    lever: Lever
    assessment: Assessment
    availability: Availability


@dataclass(frozen=True, slots=True)
class Matching:
    """All the published levers for one profile on one day, and what to ask next."""

    on: date
    answers: Answers
    matches: tuple[Match, ...]
    next_questions: tuple[str, ...]


def rules_to_read() -> Prefetch:
    """Return what reads a lever's criteria with all that :func:`rule` asks of them, in four queries at any size."""
    paths = Path.objects.select_related("source").prefetch_related("actor_types")
    criteria = Criterion.objects.select_related("source").prefetch_related("conditions", Prefetch("paths", paths))
    return Prefetch("criteria", criteria)


def levers_with_rules() -> list[Lever]:
    """Return every published lever with all that evaluation reads, in six queries at any size."""
    return list(Lever.objects.published().select_related("source").prefetch_related(rules_to_read(), "windows"))


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


def rules_of(lever: Lever, on: date) -> tuple[Rule, ...]:
    """Return the lever's rules in force on a day, in the curators' order."""
    return tuple(rule(criterion) for criterion in lever.criteria.all() if criterion.holds(on))


def availability_of(lever: Lever, on: date) -> Availability:
    """Return whether the lever can be entered on a day."""
    return availability(lever.windows.all(), annual=lever.annual, ended_on=lever.ended_on, at=on)


def match_all(answers: Answers, on: date, levers: Iterable[Lever] | None = None) -> Matching:
    """Return the verdict of every published lever for a profile on a day.

    The page, the API and the export call this one function, so that they cannot
    disagree. ``levers`` spares the queries to whoever has already read them.
    """
    levers = levers_with_rules() if levers is None else list(levers)
    rules = {lever.slug: rules_of(lever, on) for lever in levers}
    matches = tuple(Match(lever, assess(rules[lever.slug], answers), availability_of(lever, on)) for lever in levers)
    return Matching(on, answers, matches, next_questions(rules.values(), answers))
