"""A call as lists, feeds and search know it: worked out once, kept until the call or its status moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from actors.models import Audience, Source
from apist.clock import start_of
from apist.templatetags.portal import euros, sum_in_words
from levers.calls.sentences import dates_in_words
from levers.calls.status import CAN_ANSWER, CallStatus, Moment, Standing, next_change, standing
from levers.models import Call, CallEvent, Category
from levers.search import Entry
from levers.words import entry_words

ROLES = {"carrier": "Porteur", "site": "Lieu d'expérimentation", "partner": "Partenaire"}

CATEGORY_FACETS = {
    "theme": Category.Kind.THEME,
    "innovation_field": Category.Kind.INNOVATION_FIELD,
    "sector": Category.Kind.SECTOR,
}

FAR = 3_000_000
"""More days than any date counts."""

GROUPS = (CallStatus.CLOSING_SOON, CallStatus.OPEN, CallStatus.UPCOMING, CallStatus.CLOSED)
"""The default order: what one can still answer first."""

HORIZON = 12
"""Months ahead under which the period facet finds a call without an announced end."""

Facets = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class CallCard:
    """What lists, feeds and the JSON say of a call, until the instant at which a date changes it."""

    key: int
    slug: str
    title: str
    kind: Call.Kind
    purpose: Call.Purpose
    organiser: Call.Organiser
    organiser_name: str
    summary: str
    levers: tuple[str, ...]
    time_zone: str
    expected: bool
    events: tuple[Moment, ...]
    standing: Standing
    envelope: Decimal | None
    amounts: str
    actor_types: tuple[str, ...]
    regions: tuple[str, ...]
    roles: tuple[str, ...]
    verified_on: date
    review_due: date
    citation: Mapping[str, str]
    facets: Facets
    until: datetime | None
    ics: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """What calendars say of it, by site: written when it is first asked for, gone with the card."""

    @property
    def status(self) -> CallStatus:
        """Return whether one can answer."""
        return self.standing.status

    @property
    def can_answer(self) -> bool:
        """Tell whether one can answer now."""
        return self.status in CAN_ANSWER

    @property
    def dates(self) -> str:
        """Return until when one may answer, in words."""
        return dates_in_words(self.standing, self.time_zone)

    def is_over(self, day: date) -> bool:
        """Tell, without working it out, that a call closed by now is still so on a day after all its dates."""
        return self.status is CallStatus.CLOSED and (not self.events or self.events[-1].day < day)

    def on(self, day: date) -> Standing:
        """Return where it stands on another day, by the dates known now."""
        return standing(self.events, expected=self.expected, zone=self.time_zone, at=day)

    @cached_property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("call-detail", args=[self.slug])

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields of innovation that it names; none where it takes them all."""
        return self.facets["innovation_field"]

    @property
    def finances(self) -> bool:
        """Tell whether it supports projects, rather than authorises services."""
        return self.purpose is Call.Purpose.FINANCING

    @property
    def roles_in_words(self) -> str:
        """Return whom it looks for."""
        return ", ".join(ROLES[role] for role in self.roles)


@dataclass(frozen=True, slots=True)
class Places:
    """What all calls share: every region, every kind of actor and its door."""

    regions: Mapping[str, str]
    actor_types: Mapping[str, tuple[str, str]]
    """For each slug, the door and the name."""
    levers: Mapping[int, tuple[str, str]]
    """For each number, the slug and the short name; drafts are not there."""
    lever_names: Mapping[str, str]
    """The short name by slug: thousands of calls ask for it."""
    categories: Mapping[int, tuple[str, str]]
    """For each number, the facet and the slug."""
    slugs: Mapping[str, Mapping[int, str]]
    """By relation of a call, what its values are called in addresses."""
    sources: Mapping[int, Source]

    def named(self, relation: str, numbers: Iterable[int]) -> tuple:
        """Return what a call is linked to by numbers as cards name it; drafts of levers are left out."""
        if relation == "categories":
            return tuple(self.categories[number] for number in numbers)
        if relation == "levers":
            return tuple(sorted(self.levers[number][0] for number in numbers if number in self.levers))
        return tuple(sorted(self.slugs[relation][number] for number in numbers))


@dataclass(frozen=True, slots=True)
class Links:
    """What a call is tied to: slugs of levers and of kinds of actors, codes of regions, facets and slugs of words."""

    levers: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    actor_types: tuple[str, ...]
    regions: tuple[str, ...]


@lru_cache(maxsize=4096)
def _one(value):
    """Return the first value equal to this one: thousands of cards say the same few things."""
    return value


def moment_of(event: CallEvent) -> Moment:
    """Return an event without the row it comes from."""
    return Moment(event.key, event.kind, event.label, event.day, event.hour, event.precision, event.note)


def card_of(call: Call, at: datetime, places: Places, links: Links) -> CallCard:
    """Return the card of a call at a moment; its events and amounts were fetched with it."""
    moments = sorted((moment_of(event) for event in call.events.all()), key=lambda moment: moment.order)
    where = standing(moments, expected=call.expected, zone=call.time_zone, at=at)
    return CallCard(
        key=call.pk,
        slug=call.slug,
        title=call.title,
        kind=Call.Kind(call.kind),
        purpose=Call.Purpose(call.purpose),
        organiser=Call.Organiser(call.organiser),
        organiser_name=_one(call.organiser_name),
        summary=call.summary,
        levers=_one(links.levers),
        time_zone=_one(call.time_zone),
        expected=call.expected,
        events=tuple(moments),
        standing=where,
        envelope=call.envelope,
        amounts=amounts_in_words(call),
        actor_types=_one(links.actor_types),
        regions=_one(links.regions),
        roles=_one(tuple(role for role in ROLES if role in call.roles)),
        verified_on=_one(call.verified_on),
        review_due=_one(call.review_due),
        citation=call.citation,
        facets=_facets(call, where, moments, at, links, places),
        until=min(filter(None, [next_change(moments, call.time_zone, at), _goes_on(moments, at)]), default=None),
    )


def amounts_in_words(call: Call) -> str:
    """Return how much may be obtained, else the whole envelope; empty where the sources give neither."""
    for amount in call.amounts.all():
        if amount.minimum is not None or amount.maximum is not None:
            return f"{amount.label} : {sum_in_words(amount)} {amount.unit}".strip()
    return f"Enveloppe totale : {euros(call.envelope)}" if call.envelope is not None else ""


def _facets(call: Call, where: Standing, moments, at: datetime, links: Links, places: Places) -> Facets:
    """Return the values under which each facet finds the call; without actors or regions, it is for all of them."""
    for_whom = links.actor_types or tuple(places.actor_types)
    doors = {places.actor_types[kind][0] for kind in for_whom} if links.actor_types else set(Audience.values)
    status = {where.status.value} | ({CallStatus.OPEN.value} if where.status in CAN_ANSWER else set())
    values = {
        "status": status,
        "region": links.regions or places.regions,
        "audience": doors,
        "actor_type": for_whom,
        "nature": {call.kind},
        "period": periods(moments, at),
        "organiser": {call.organiser},
        "role": call.roles,
        "lever": links.levers,
        **{name: {slug for of, slug in links.categories if of == kind} for name, kind in CATEGORY_FACETS.items()},
    }
    return {facet: _one(frozenset(held)) for facet, held in values.items()}


def periods(moments, at: datetime) -> frozenset[str]:
    """Return the months, and their years, during which one can answer: « 2026-03 », « 2026 ».

    A call without an announced end is found for twelve months from now.
    """
    found: set[str] = set()
    opened: date | None = None
    for moment in moments:
        if moment.kind == "opening":
            opened = moment.day
        elif moment.kind == "closing":
            found |= set(months_between(opened or moment.day, moment.day))
            opened = None
    if opened:
        now = timezone.localtime(at).date()
        last = max(opened, now)
        months = last.year * 12 + last.month - 1 + HORIZON
        found |= set(months_between(opened, date(months // 12, months % 12 + 1, 1)))
    return frozenset(found | {month[:4] for month in found})


def _goes_on(moments, at: datetime) -> datetime | None:
    """Return when a call without an announced end is found for one month more; None for the others."""
    kinds = [moment.kind for moment in moments if moment.kind in ("opening", "closing")]
    return next_month(at) if kinds[-1:] == ["opening"] else None


def next_month(at: datetime) -> datetime:
    """Return when the next month begins in France."""
    today = timezone.localtime(at).date()
    months = today.year * 12 + today.month
    return start_of(date(months // 12, months % 12 + 1, 1))


def months_between(first: date, last: date) -> list[str]:
    """Return the months from one day to another, both included."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]


def position_of(card: CallCard) -> int:
    """Return the place of a call in the default order: what ends soonest, what opens soonest, what ended last."""
    group, where = GROUPS.index(card.status), card.standing
    if card.status is CallStatus.CLOSED:
        days = FAR - where.closes.day.toordinal() if where.closes else FAR
    elif card.can_answer:
        days = where.closes.day.toordinal() if where.closes else FAR
    else:
        days = where.opens.day.toordinal() if where.announced else FAR
    return group * 2 * FAR + days


def entry_of(call: Call, card: CallCard, places: Places) -> Entry:
    """Return what search reads of a call: its own words; those of its facets' values are found through these."""
    names = [places.lever_names[slug] for slug in card.levers]
    body = [
        call.text, call.applicants, call.selection, call.benefit, call.envelope_note, call.status_note,
        call.organiser_name, *names, *(moment.label for moment in card.events),
        *(f"{amount.label} {amount.condition}" for amount in call.amounts.all()),
    ]  # fmt: skip
    return Entry(
        key=call.pk,
        position=position_of(card),
        title=call.title,
        name=entry_words([call.title, call.aliases, call.slug]),
        summary=entry_words([call.summary]),
        body=entry_words(body),
        facets=card.facets,
        updated=call.verified_on,
        names=call.aliases.splitlines(),
    )
