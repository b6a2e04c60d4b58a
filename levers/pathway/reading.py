"""The levers of the pathway, their stages, their links: read in one statement, kept while the content does not move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from apist.kept import Kept
from levers.facts import OPERATOR_LABELS, Operator
from levers.models import Category, Lever, Relation
from levers.moments import earliest, next_change
from levers.pathway.layout import Link, Stop
from levers.reading import RULES, read
from levers.rulebook import availability_of, rules_of

MATURITY_FACT = "trl"


@dataclass(frozen=True, slots=True)
class Said:
    """What the list says of a lever, besides its place."""

    title: str
    status: str
    situation: str
    maturity: tuple[str, ...]
    """What its criteria ask of the maturity of the solution."""
    links: tuple[tuple[str, str, str], ...]
    """Each link: how, to which lever, why."""


@dataclass(frozen=True, eq=False)
class Pathway:
    """Every published lever on a day. Compared by identity: what is drawn of one is never given for another."""

    token: int
    since: date
    until: date | None
    stages: Mapping[str, str]
    helps: Mapping[str, str]
    stops: tuple[Stop, ...]
    links: tuple[Link, ...]
    said: Mapping[str, Said]


def make_pathway(at: date, token: int, last: Pathway | None = None) -> Pathway:
    """Return the pathway on a day; it is read whole, whatever the last one was."""
    shared, found = read(Lever.objects.published(), (*RULES, Relation))
    levers = {lever.pk: lever for lever in found}
    stages = [one for one in shared.all(Category) if one.kind == Category.Kind.MATURITY]
    rows = [row for lever in levers.values() for row in (lever, *lever.windows.all(), *lever.criteria.all())]
    return Pathway(
        token=shared.token,
        since=at,
        until=earliest([next_change(rows, at)]),
        stages={stage.slug: stage.label for stage in stages},
        helps={stage.slug: stage.help for stage in stages},
        stops=tuple(_stop(lever) for lever in levers.values()),
        links=tuple(
            Link(lever.slug, levers[one.other_id].slug, one.kind)
            for lever in levers.values()
            for one in lever.relations.all()
            if one.other_id in levers
        ),
        said={lever.slug: _said(lever, levers, at) for lever in levers.values()},
    )


def _stop(lever: Lever) -> Stop:
    stages = tuple(one.slug for one in lever.categories.all() if one.kind == Category.Kind.MATURITY)
    return Stop(lever.slug, lever.short_name, lever.position, stages)


def _said(lever: Lever, levers: Mapping[int, Lever], at: date) -> Said:
    state = availability_of(lever, at)
    links = [
        (one.get_kind_display(), levers[one.other_id].slug, one.reason)
        for one in lever.relations.all()
        if one.other_id in levers
    ]
    return Said(lever.title, state.status, state.label, _maturity(lever, at), tuple(links))


def _maturity(lever: Lever, at: date) -> tuple[str, ...]:
    """Return what the criteria in force ask of the technology readiness, with the reserve that goes with them."""
    asked = []
    for rule in rules_of(lever, at):
        if rule.test and rule.test.fact == MATURITY_FACT:
            words = OPERATOR_LABELS[Operator(rule.test.operator)].removeprefix("est ")
            values = ", ".join(map(str, rule.test.values))
            reserve = " (à vérifier)" if rule.contested else "" if rule.blocking else " (indicatif)"
            asked.append(f"{rule.label} : {words} {values} sur l'échelle de maturité, de 1 à 9{reserve}")
    return tuple(asked)


_KEPT: Kept[Pathway] = Kept(make_pathway)


def current_pathway(at: date, token: int) -> Pathway:
    """Return the pathway of a day, as the content was when ``token`` was read, or newer."""
    return _KEPT.get(at, token)


def forget_pathway() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
