"""What an alert watches: the search of the list of calls, asked in the same words and answered by the same index.

The one file of alerts that knows how calls are searched. Two facets are left out: the
status and the period. A call that is closed must be seen to be told when it opens again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict

from actors.models import ContentVersion
from apist.templatetags.portal import euros
from levers.alerts.news import Call, Fact
from levers.calls.board import FACET_LABELS, Calls, current_calls
from levers.calls.cards import ROLES, CallCard
from levers.calls.filters import AskedOfCalls
from levers.calls.sentences import NAMES, moment_in_words
from levers.calls.status import Moment
from levers.models import Alert
from levers.search import MAX_TEXT, Query

LEFT_OUT = ("status", "period")
WATCHED = tuple(name for name in FACET_LABELS if name not in LEFT_OUT)
LONGEST = Alert._meta.get_field("query").max_length
TEXT_LABEL = "Recherche"


@dataclass(frozen=True, slots=True)
class Found:
    """The calls that match now, and every call that the public sees."""

    calls: dict[int, Call]
    published: frozenset[int]


@dataclass(frozen=True, slots=True)
class Watched:
    """A search as an alert keeps it: one text for one meaning, and its words for people."""

    query: str
    words: tuple[tuple[str, str], ...]
    left_out: bool
    """Whether the list was also filtered by what an alert does not watch."""


def calls_at(at: datetime) -> Calls:
    """Return the published calls at a moment, to the minute as pages ask for them: they are kept once for all."""
    return current_calls(at.replace(second=0, microsecond=0), ContentVersion.current())


def watched(data: QueryDict, at: datetime) -> Watched | None:
    """Return what an alert made from a list's address watches; None where it cannot be followed."""
    calls = calls_at(at)
    asked = AskedOfCalls(data, calls)
    if any(name in asked.errors() for name in ("q", *WATCHED)):
        return None
    query = asked.query()
    text = " ".join(query.text.split())
    pairs = [("q", text)] if text else []
    pairs += [(name, value) for name in WATCHED for value in sorted(query.facets.get(name) or ())]
    kept = urlencode(pairs)
    if len(kept) > LONGEST:
        return None
    return Watched(kept, in_words(kept, calls), any(query.facets.get(name) for name in LEFT_OUT))


def in_words(query: str, calls: Calls) -> tuple[tuple[str, str], ...]:
    """Return what a kept search watches, in words; a value that no longer exists is shown as it is written."""
    data = QueryDict(query)
    words = [(TEXT_LABEL, f"« {data['q']} »")] if data.get("q") else []
    for name in WATCHED:
        if values := data.getlist(name):
            labels = dict(calls.choices[name])
            words.append((FACET_LABELS[name], " ou ".join(labels.get(value, value) for value in values)))
    return tuple(words)


def matching(query: str, at: datetime) -> Found:
    """Return the calls that a kept search finds at a moment, as alerts compare them."""
    calls, data = calls_at(at), QueryDict(query)
    facets = {name: frozenset(values) for name in WATCHED if (values := data.getlist(name))}
    found = calls.index.search(Query(data.get("q", "")[:MAX_TEXT], facets))
    regions, kinds = dict(calls.choices["region"]), dict(calls.choices["actor_type"])
    matching_calls = {key: call_of(calls.cards[key], regions, kinds) for key in found.keys}
    return Found(matching_calls, frozenset(calls.cards))


def call_of(card: CallCard, regions: dict[str, str], kinds: dict[str, str]) -> Call:
    """Return a call as an alert compares and tells it."""
    closes = card.standing.closes
    envelope = euros(card.envelope) if card.envelope is not None else ""
    amounts = "" if card.amounts.endswith(f" : {envelope}") else card.amounts  # said once, as the envelope
    return Call(
        slug=card.slug,
        title=card.title,
        status=card.status.value,
        dates=card.dates,
        closes=closes.day.isoformat() if closes else "",
        facts={
            "title": Fact(card.title, card.title),
            "kind": Fact(card.kind.value, card.kind.label),
            "organiser": Fact(card.organiser_name, card.organiser_name),
            **dates_of(card),
            "envelope": Fact(str(card.envelope), envelope),
            "amounts": Fact(amounts, amounts),
            "regions": Fact(list(card.regions), _names(card.regions, regions) or "toute la France"),
            "actor_types": Fact(list(card.actor_types), _names(card.actor_types, kinds)),
            "roles": Fact(list(card.roles), _names(card.roles, ROLES)),
            "expected": Fact(card.expected, "oui" if card.expected else "non"),
        },
    )


def dates_of(card: CallCard) -> dict[str, Fact]:
    """Return the dates by nature; each is compared as it is written, its hour and its place included."""
    return {kind: _dates([m for m in card.events if m.kind == kind], card.time_zone) for kind in NAMES}


def _dates(moments: list[Moment], zone: str) -> Fact:
    words = [f"{m.label} : {moment_in_words(m, zone)}" if m.label else moment_in_words(m, zone) for m in moments]
    values = [
        [m.label, m.day.isoformat(), f"{m.hour:%H:%M} {zone}" if m.hour is not None else "", m.precision]
        for m in moments
    ]
    return Fact(values, ", ".join(words))


def _names(values: Iterable[str], labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(value, value) for value in values)
