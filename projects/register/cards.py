"""An experiment as lists, the JSON and search know it: worked out for a day, kept until something moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property

from levers.calls.board import Calls
from levers.calls.cards import CallCard
from levers.calls.status import CAN_ANSWER, CallStatus
from levers.models import Category, Lever
from levers.search import Entry
from levers.words import entry_words, fold
from projects.models import ROLES, Experiment, Participant
from projects.register import wording
from projects.register.joining import JOIN_LABELS, Answer, CallState, answer_of
from projects.register.schedule import STATUS_LABELS, Schedule, Status, schedule_of, status_of

CATEGORY_FACETS = {
    "theme": Category.Kind.THEME,
    "innovation_field": Category.Kind.INNOVATION_FIELD,
    "sector": Category.Kind.SECTOR,
}

CARRIERS = (Participant.Role.CARRIER, Participant.Role.CO_CARRIER, Participant.Role.REGIONAL_CARRIER)
"""Who answers for it; where nobody does, whoever started it is named."""

REGIONS_NAMED = 3
"""How many regions a card names before it counts the others."""

STATUS_ORDER, JOIN_ORDER = tuple(STATUS_LABELS), tuple(JOIN_LABELS)


@dataclass(frozen=True)
class ExperimentCard:
    """What lists and the JSON say of an experiment on a day."""

    key: int
    slug: str
    short_name: str
    name: str
    summary: str
    reach: Experiment.Reach
    outcome: Experiment.Outcome
    joining: tuple[str, date | None]
    """What is curated: the way in, the last day to take it."""
    call: CallCard | None
    lever: tuple[str, str] | None
    schedule: Schedule
    first_inclusion_on: date | None
    participants: tuple[tuple[str, str], ...]
    targets: tuple[tuple[int, int | None, str, str], ...]
    where: str
    actor_types: tuple[str, ...]
    regions: tuple[str, ...]
    departments: tuple[str, ...]
    roles: tuple[str, ...]
    categories: Mapping[str, frozenset[str]]
    verified_on: date
    review_due: date
    citation: Mapping[str, str]
    at: date

    @cached_property
    def status(self) -> Status:
        """Return where it stands on the day of the card."""
        return self.status_on(self.at)

    @cached_property
    def answer(self) -> Answer:
        """Return whether one may join it on the day of the card."""
        return self.answer_on(self.at)

    def status_on(self, day: date) -> Status:
        """Return where it stands on another day, by what is known now."""
        return status_of(self.schedule, self.outcome, day)

    def answer_on(self, day: date) -> Answer:
        """Return whether one may join it on a day."""
        joining, until = self.joining
        state = call_state(self.call, None if day == self.at else day)
        return answer_of(joining, until, state, status=self.status_on(day), ends=self.schedule.ends, at=day)

    @cached_property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("experiment-detail", args=[self.slug])

    @cached_property
    def title(self) -> str:
        """Return the name by which it is known, then what it does: what a list links."""
        return self.name if fold(self.short_name) in fold(self.name) else f"{self.short_name} : {self.name}"

    @property
    def carriers(self) -> tuple[str, ...]:
        """Return who answers for it."""
        named = tuple(name for name, role in self.participants if role in CARRIERS)
        return named or tuple(name for name, role in self.participants if role == Participant.Role.INITIATOR)

    @property
    def status_label(self) -> str:
        """Return the status in words."""
        return STATUS_LABELS[self.status]

    @property
    def status_kind(self) -> str:
        """Return the badge of the status."""
        return wording.STATUS_KINDS[self.status]

    @property
    def join_label(self) -> str:
        """Return whether one may join, as a badge says it."""
        return f"La rejoindre : {wording.join_headline(self.answer).lower()}"

    @property
    def join_kind(self) -> str:
        """Return the badge of the answer."""
        return wording.JOIN_KINDS[self.answer.join]

    @property
    def end(self) -> str:
        """Return until when, in words."""
        return wording.end_in_words(self.status, self.schedule)


def call_state(call: CallCard | None, day: date | None) -> CallState | None:
    """Return what joining reads of a call, now or on a day; None where the call is unknown."""
    if call is None:
        return None
    where = call.standing if day is None else call.on(day)
    return CallState(
        can_answer=where.status in CAN_ANSWER,
        upcoming=where.status is CallStatus.UPCOMING,
        closes=where.closes.day if where.closes else None,
        opens=where.opens.day if where.opens and where.announced else None,
    )


def card_of(experiment: Experiment, at: date, calls: Calls) -> ExperimentCard:
    """Return the card of an experiment on a day; its parts were fetched with it."""
    participants = list(experiment.participants.all())
    regions = sorted(experiment.regions.all(), key=lambda region: fold(region.name))
    departments = {department.code: department for department in experiment.departments.all()}
    departments |= {one.code: one for who in participants for one in who.departments.all()}
    lever = experiment.lever
    return ExperimentCard(
        key=experiment.pk,
        slug=experiment.slug,
        short_name=experiment.short_name,
        name=experiment.title,
        summary=experiment.summary,
        reach=Experiment.Reach(experiment.reach),
        outcome=Experiment.Outcome(experiment.outcome),
        joining=(experiment.joining, experiment.join_until),
        call=calls.cards.get(experiment.join_call_id),
        lever=(lever.slug, lever.short_name) if lever and lever.publication == Lever.Publication.PUBLISHED else None,
        schedule=schedule_of(experiment.phases.all(), experiment.first_inclusion_on),
        first_inclusion_on=experiment.first_inclusion_on,
        participants=tuple((who.name, who.role) for who in participants),
        targets=_targets(experiment),
        where=where_in_words(experiment, [region.name for region in regions]),
        actor_types=tuple(kind.slug for kind in experiment.actor_types.all()),
        regions=tuple(region.code for region in regions),
        departments=tuple(sorted(departments)),
        roles=tuple(role for role in ROLES if role in experiment.join_roles),
        categories=_categories(experiment),
        verified_on=experiment.verified_on,
        review_due=experiment.review_due,
        citation=experiment.citation,
        at=at,
    )


def where_in_words(experiment: Experiment, names: list[str]) -> str:
    """Return the regions, the first ones by name; that they are to be checked where none is known."""
    if not names:
        national = experiment.reach == Experiment.Reach.NATIONAL
        return "Nationale, régions à vérifier" if national else "Régions à vérifier"
    others = len(names) - REGIONS_NAMED
    if others <= 1:
        return ", ".join(names)
    return f"{', '.join(names[:REGIONS_NAMED])} et {others} autres régions"


def _targets(experiment: Experiment) -> tuple[tuple[int, int | None, str, str], ...]:
    rows = experiment.targets.all()
    return tuple((row.number, row.number_to, row.unit, row.region.code if row.region else "") for row in rows)


def _categories(experiment: Experiment) -> dict[str, frozenset[str]]:
    rows = [(category.kind, category.slug) for category in experiment.categories.all()]
    return {name: frozenset(slug for of, slug in rows if of == kind) for name, kind in CATEGORY_FACETS.items()}


def facets_of(card: ExperimentCard) -> dict[str, frozenset[str]]:
    """Return the values under which each facet finds an experiment; what nobody knows is under none."""
    return {
        "joining": frozenset({card.answer.join.value}),
        "status": frozenset({card.status.value}),
        "region": frozenset(card.regions),
        "department": frozenset(card.departments),
        "actor_type": frozenset(card.actor_types),
        "nature": frozenset({card.reach.value}),
        "role": frozenset(card.roles),
        "lever": frozenset({card.lever[0]} if card.lever else ()),
        **card.categories,
    }


def in_order(cards: Iterable[ExperimentCard]) -> list[ExperimentCard]:
    """Return the cards in the default order: what one may join, then what goes on, then by name."""
    return sorted(
        cards, key=lambda card: (JOIN_ORDER.index(card.answer.join), STATUS_ORDER.index(card.status), fold(card.title))
    )


def entry_of(experiment: Experiment, card: ExperimentCard, position: int) -> Entry:
    """Return what search reads: names first, then the sentence, then the rest: carriers, sites, places."""
    who = [text for one in experiment.participants.all() for text in (one.name, one.place, one.note)]
    places = [str(place) for place in (*experiment.regions.all(), *experiment.departments.all())]
    places += [str(place) for one in experiment.participants.all() for place in one.departments.all()]
    units = [target.unit for target in experiment.targets.all()]
    body = [
        experiment.text,
        experiment.population,
        experiment.outcome_text,
        experiment.join_text,
        *who,
        *places,
        *units,
    ]
    return Entry(
        key=card.key,
        position=position,
        title=card.title,
        name=entry_words([card.title, experiment.short_name, experiment.aliases, experiment.slug]),
        summary=entry_words([card.summary]),
        body=entry_words(body),
        facets=facets_of(card),
        updated=card.verified_on,
        names=(experiment.short_name, experiment.title, *experiment.aliases.splitlines()),
    )
