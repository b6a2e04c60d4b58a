"""What each lever says on every point of a comparison, read from its rows; no lever is known by name here.

Where the rows are silent the point is empty, and the page says « à vérifier »: nothing
is deduced from silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from actors.models import ActorType
from levers.availability import Availability
from levers.cards import carriers_in_words, participants
from levers.matching import Rule, Verdict, verdict
from levers.models import Amount, Criterion, Lever, Relation, Step
from levers.reading import RULES, SHEET, TOLD, Shared, read
from levers.rulebook import availability_of, rules_of

YOUR_ROLE = {
    Verdict.ELIGIBLE: "Vous pouvez le porter",
    Verdict.VIA_PARTNER: "Vous y prenez part avec un partenaire qui porte",
    Verdict.TO_CONFIRM: "À vérifier : les sources ne permettent pas de conclure",
    Verdict.NOT_ELIGIBLE: "Vous ne pouvez pas le porter",
}
"""What the criteria about the actor say of one kind of actor, whatever the project is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One lever of the table."""

    lever: Lever
    availability: Availability
    carriers: str
    yours: tuple[str, tuple[str, ...]]
    """What the kind of actor of the address can do, and by which ways; empty where none is given."""
    amounts: tuple[Amount, ...]
    delays: tuple[Step, ...]
    silent_steps: int
    """Steps of which nobody says how long they last."""
    duties: int
    judged: int
    relations: tuple[tuple[Relation, Lever, bool], ...]
    """The links with published levers, and whether the other one is compared too; those first."""
    without: str
    """The address of the comparison without this lever."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was read for an address: the levers that exist, and the names of those they are linked with."""

    shared: Shared
    levers: Mapping[str, Lever]
    names: Mapping[int, Lever]


def read_levers(slugs: Iterable[str]) -> Compared:
    """Return the published levers among these, with every part of their sheets, from one statement."""
    wanted = Lever.objects.published().filter(slug__in=list(slugs))
    reached = Lever.objects.published().filter(reached_by__lever__in=wanted)
    shared, found = read(wanted, (*RULES, *TOLD, *SHEET), names=reached)
    names = {lever.pk: lever for lever in found}
    asked = set(slugs)
    return Compared(shared, {lever.slug: lever for lever in names.values() if lever.slug in asked}, names)


def columns_of(read_from: Compared, slugs: tuple[str, ...], actor_type: str, at: date) -> list[Column]:
    """Return the columns of the table, in the order of the address."""
    levers = [read_from.levers[slug] for slug in slugs]
    kinds = read_from.shared.all(ActorType)
    return [column(lever, levers, read_from.names, kinds, actor_type, at) for lever in levers]


def column(
    lever: Lever, compared: list[Lever], names: Mapping[int, Lever], kinds: list[ActorType], actor_type: str, at: date
) -> Column:
    """Return what a lever says on every point, on a day."""
    rules = rules_of(lever, at)
    project = [rule for rule in rules if rule.blocking and rule.about == Criterion.About.PROJECT]
    steps = list(lever.steps.all())
    others = {other.pk for other in compared}
    linked = [
        (one, names[one.other_id], one.other_id in others) for one in lever.relations.all() if one.other_id in names
    ]
    return Column(
        lever=lever,
        availability=availability_of(lever, at),
        carriers=carriers_in_words(participants(rules, kinds), kinds),
        yours=your_role(rules, actor_type),
        amounts=tuple(amount for amount in lever.amounts.all() if amount.holds(at)),
        delays=tuple(step for step in steps if step.delay),
        silent_steps=sum(not step.delay for step in steps),
        duties=sum(rule.test is not None for rule in project),
        judged=sum(rule.test is None for rule in project),
        relations=tuple(sorted(linked, key=lambda link: not link[2])),
        without=compare_address((other.slug for other in compared if other is not lever), actor_type),
    )


def your_role(rules: tuple[Rule, ...], actor_type: str) -> tuple[str, tuple[str, ...]]:
    """Return what one kind of actor can do in a lever, by the criteria about the actor alone, and by which ways."""
    if not actor_type:
        return "", ()
    answers = {"actor_type": actor_type}
    about_actor = [rule for rule in rules if rule.about == Criterion.About.ACTOR]
    reached = verdict(about_actor, answers)
    ways = (
        [way.text for rule in about_actor if (way := rule.way_for(answers))] if reached is Verdict.VIA_PARTNER else []
    )
    return YOUR_ROLE[reached], tuple(ways)


def compare_address(slugs: Iterable[str], actor_type: str = "") -> str:
    """Return the address of a comparison."""
    asked = [("levier", slug) for slug in slugs] + ([("actor_type", actor_type)] if actor_type else [])
    return f"{reverse('lever-compare')}?{urlencode(asked)}".rstrip("?")
