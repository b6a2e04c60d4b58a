"""Calendars and feeds, read back as calendars and feed readers do."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
from icalendar import Calendar

from tests import factories
from tests.pages.test_calls_page import on_the_second_of_april, some_calls

__all__ = ["on_the_second_of_april", "some_calls"]


def events(client, address: str) -> dict[str, object]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def entries(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return [entry.title.removeprefix("Appel ") for entry in feed.entries]


def test_without_parameters_both_hold_every_published_call_closed_ones_included(some_calls, client):
    assert entries(client, "/appels.rss") == ["bref", "long", "futur", "attendu", "clos", "ancien"]
    told = {name.partition("Appel ")[2] for name in events(client, "/appels.ics")}
    assert told == {"bref", "long", "futur", "attendu", "clos", "ancien"}


@pytest.mark.parametrize(
    "query", ["status=open", "region=76", "nature=aac", "sort=title&status=closed", "status=inconnu", "q=bref&utm=x"]
)
def test_both_answer_the_query_string_of_the_page(query, some_calls, client):
    page = [
        card["title"] for card in client.get(f"/api/v1/calls/?{query.replace('&utm=x', '')}").json().get("results", [])
    ]
    assert entries(client, f"/appels.rss?{query}") == [title.removeprefix("Appel ") for title in page]
    told = {name.partition(" : ")[2] for name in events(client, f"/appels.ics?{query}")}
    assert told == set(page)


def test_an_hour_is_that_of_the_place_and_a_day_is_a_whole_day(db, client):
    factories.make_call(
        slug="antilles", title="Antilles", time_zone="America/Guadeloupe",
        events=[("opening", "2026-03-01"), ("closing", "2026-04-10", "12:00"), ("hearing", "2026-05-05")],
    )  # fmt: skip
    found = events(client, "/appels/antilles.ics")
    assert set(found) == {"Ouverture : Antilles", "Clôture : Antilles", "Audition ou jury : Antilles"}
    closing = found["Clôture : Antilles"]["DTSTART"].dt
    assert closing == datetime(2026, 4, 10, 12, tzinfo=ZoneInfo("America/Guadeloupe"))
    assert closing.astimezone(UTC) == datetime(2026, 4, 10, 16, tzinfo=UTC)
    opening = found["Ouverture : Antilles"]
    assert (opening["DTSTART"].dt, opening["DTEND"].dt) == (date(2026, 3, 1), date(2026, 3, 2))
    assert b"BEGIN:VTIMEZONE" in client.get("/appels/antilles.ics").content


def test_an_event_keeps_its_identity_when_its_date_moves(db, client):
    call = factories.make_call(slug="mobile", title="Mobile", events=[("closing", "2026-04-10")])
    before = events(client, "/appels/mobile.ics")["Clôture : Mobile"]
    call.events.update(day=date(2026, 5, 20))
    after = events(client, "/appels/mobile.ics")["Clôture : Mobile"]
    assert before["UID"] == after["UID"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2026, 4, 10), date(2026, 5, 20))


def test_a_call_without_any_date_is_not_lost(db, client):
    factories.make_call(slug="vague", title="Appel vague", expected=True)
    calendar = Calendar.from_ical(client.get("/appels.ics").content)
    assert [str(task["SUMMARY"]) for task in calendar.walk("VTODO")] == ["Appel vague"]
    assert entries(client, "/appels.rss") == ["vague"]


def test_a_call_that_opens_again_is_a_new_item_for_readers(db, client):
    call = factories.make_call(slug="retour", events=[("opening", "2025-01-01"), ("closing", "2025-02-01")])
    before = feedparser.parse(client.get("/appels.rss").content).entries[0].id
    factories.make_event(call, "opening", "2999-01-01")
    after = feedparser.parse(client.get("/appels.rss").content).entries[0].id
    assert before != after


def test_what_curators_write_cannot_break_out(db, client):
    factories.make_call(
        slug="piege", title="A;B,C\\D <b>&\r\nEND:VCALENDAR", summary="x" * 260, events=[("opening", "2026-03-01")]
    )
    (name,) = events(client, "/appels.ics")
    assert name.startswith("Ouverture : A;B,C\\D <b>&")
    assert len(entries(client, "/appels.rss")) == 1
