"""What leaves the portal for calendars and feed readers: the calls found, with all their dates.

A date with an hour is given on the clocks of its place (RFC 5545, ``TZID``). A call
without any known date is a task without a due date: calendars hold no undated event,
and nothing that the list shows may be missing here.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.feedgenerator import Rss201rev2Feed
from icalendar import Calendar, Event, Todo

from levers.calls.cards import CallCard
from levers.calls.sentences import moment_in_words, name_of
from levers.calls.status import STATUS_LABELS, Moment

NAME = "Appels à projets en santé (Portail APIST)"
DESCRIPTION = "Appels à manifestation d'intérêt, à projets, à candidatures et défis suivis par le portail."


def calendar_of(cards: Iterable[CallCard], site: str, name: str = NAME) -> bytes:
    """Return the calendar of some calls; ``site`` is the address before each path."""
    calendar = Calendar()
    calendar.add("prodid", "-//APIST//Portail des leviers//FR")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for card in cards:
        for moment in card.events:
            calendar.add_component(_event(card, moment, site))
        if not card.events:
            calendar.add_component(_task(card, site))
    calendar.add_missing_timezones()
    return calendar.to_ical()


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
