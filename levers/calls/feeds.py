"""What leaves the portal for calendars and feed readers: the calls found, with all their dates.

A date with an hour is given on the clocks of its place (RFC 5545, ``TZID``). A call
without any known date is a task without a due date: calendars hold no undated event,
and nothing that the list shows may be missing here.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.utils.feedgenerator import Rss201rev2Feed
from icalendar import Calendar, Event, Timezone, Todo

from levers.calls.cards import CallCard
from levers.calls.sentences import moment_in_words, name_of
from levers.calls.status import STATUS_LABELS, Moment

NAME = "Appels à projets en santé (Portail APIST)"
DESCRIPTION = "Appels à manifestation d'intérêt, à projets, à candidatures et défis suivis par le portail."


def calendar_of(cards: Iterable[CallCard], site: str, name: str = NAME) -> bytes:
    """Return the calendar of some calls; ``site`` is the address before each path.

    What it says of a call is written once and kept with its card: of ten thousand, that takes seconds.
    """
    cards = list(cards)
    zones = sorted({card.time_zone for card in cards if any(moment.hour is not None for moment in card.events)})
    begins, ends = _frame(name)
    return b"".join([begins, *map(_zone, zones), *(_written(card, site) for card in cards), ends])


def _frame(name: str) -> tuple[bytes, bytes]:
    """Return what opens a calendar and what closes it."""
    calendar = Calendar()
    calendar.add("prodid", "-//APIST//Portail des leviers//FR")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    begins, end, after = calendar.to_ical().rpartition(b"END:VCALENDAR")
    return begins, end + after


@cache
def _zone(name: str) -> bytes:
    return Timezone.from_tzinfo(ZoneInfo(name)).to_ical()


def _written(card: CallCard, site: str) -> bytes:
    if card.ics.get(site) is None:
        parts = [_event(card, moment, site) for moment in card.events] or [_task(card, site)]
        card.ics[site] = b"".join(part.to_ical() for part in parts)
    return card.ics[site]


def _event(card: CallCard, moment: Moment, site: str) -> Event:
    event = Event()
    event.add("uid", f"{card.slug}.{moment.key}@apist")
    event.add("summary", f"{name_of(moment)} : {card.title}")
    if moment.hour is not None:
        event.add("dtstart", datetime.combine(moment.day, moment.hour, ZoneInfo(card.time_zone)))
    else:
        event.add("dtstart", moment.day)
        event.add("dtend", moment.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    lines = [f"{name_of(moment)} : {moment_in_words(moment, card.time_zone)}.", moment.note, card.summary]
    _complete(event, card, site, lines)
    return event


def _task(card: CallCard, site: str) -> Todo:
    task = Todo()
    task.add("uid", f"{card.slug}@apist")
    task.add("summary", card.title)
    task.add("status", "NEEDS-ACTION")
    _complete(task, card, site, [card.dates, card.summary])
    return task


def _complete(component: Event | Todo, card: CallCard, site: str, lines: Iterable[str]) -> None:
    component.add("dtstamp", datetime.combine(card.verified_on, time.min, UTC))
    component.add("description", "\n".join(filter(None, lines)))
    component.add("categories", [card.kind.label])
    component.add("url", f"{site}{card.url}")


def feed_of(cards: Iterable[CallCard], site: str, page: str, address: str) -> str:
    """Return the feed of some calls, in their order; ``page`` and ``address`` are where the list and the feed are.

    A call that opens again under another date is a new item: readers show it again.
    """
    feed = Rss201rev2Feed(NAME, f"{site}{page}", DESCRIPTION, language="fr", feed_url=f"{site}{address}", ttl="360")
    for card in cards:
        opens = card.standing.opens
        begins = opens.instants(ZoneInfo(card.time_zone))[0] if opens else None
        feed.add_item(
            title=card.title,
            link=f"{site}{card.url}",
            description=f"{STATUS_LABELS[card.status]}. {card.dates}. {card.organiser_name}. {card.summary}",
            unique_id=f"{site}{card.url}#{opens.day if opens else 'sans-date'}",
            unique_id_is_permalink=False,
            pubdate=begins or datetime.combine(card.verified_on, time.min, UTC),
            categories=[card.kind.label, STATUS_LABELS[card.status]],
            author_name=card.organiser_name,
        )
    return feed.writeString("utf-8")
