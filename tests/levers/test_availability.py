"""Whether a lever can be entered, as a table of days around its windows."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from levers.availability import Status, availability


@dataclass
class Period:
    kind: str
    opens_on: date
    closes_on: date | None = None


SPRING = Period("campaign", date(2021, 2, 1), date(2021, 3, 31))
AUTUMN = Period("campaign", date(2021, 7, 15), date(2021, 10, 15))
ALWAYS = Period("permanent", date(2018, 1, 1))

DAYS = [
    ("the eve of the opening", [SPRING], False, None, date(2021, 1, 31), Status.UPCOMING),
    ("the opening day", [SPRING], False, None, date(2021, 2, 1), Status.OPEN),
    ("the closing day", [SPRING], False, None, date(2021, 3, 31), Status.OPEN),
    ("the day after", [SPRING], False, None, date(2021, 4, 1), Status.CLOSED),
    ("between two campaigns", [AUTUMN, SPRING], False, None, date(2021, 5, 1), Status.UPCOMING),
    ("after a campaign that comes back every year", [SPRING], True, None, date(2021, 4, 1), Status.UPCOMING),
    ("all year round", [ALWAYS], False, None, date(2026, 11, 22), Status.PERMANENT),
    ("before it existed", [ALWAYS], False, None, date(2017, 12, 31), Status.UPCOMING),
    ("the eve of the end", [SPRING], False, date(2021, 3, 1), date(2021, 2, 28), Status.OPEN),
    ("from the end on", [SPRING], False, date(2021, 3, 1), date(2021, 3, 1), Status.ENDED),
    ("ended for ever, though annual", [SPRING], True, date(2022, 1, 1), date(2026, 1, 1), Status.ENDED),
    ("no window is known", [], False, None, date(2026, 1, 1), Status.CLOSED),
    ("no window is known, but it comes back every year", [], True, None, date(2026, 1, 1), Status.UPCOMING),
]


@pytest.mark.parametrize(
    ("why", "windows", "annual", "ended_on", "day", "expected"), DAYS, ids=[row[0] for row in DAYS]
)
def test_the_status_of_a_day(why, windows, annual, ended_on, day, expected):
    assert availability(windows, annual=annual, ended_on=ended_on, at=day).status is expected


def test_the_last_campaign_is_the_one_that_closed_last():
    found = availability([AUTUMN, SPRING], annual=True, ended_on=None, at=date(2022, 1, 1))
    assert (found.current, found.coming, found.last) == (None, None, AUTUMN)


def test_the_coming_campaign_is_the_next_one():
    found = availability([AUTUMN, SPRING], annual=False, ended_on=None, at=date(2020, 1, 1))
    assert found.coming is SPRING


def test_every_lever_has_a_status_on_every_day_since_the_portal_knows_it(catalogue, client):
    day = date(2018, 1, 1)
    statuses = set()
    while day < date(2028, 1, 1):
        answer = client.get("/api/v1/matches/", {"on": day.isoformat(), "actor_type": "ccas"}).json()
        assert len(answer["levers"]) == 12
        statuses |= {row["availability"] for row in answer["levers"]}
        day += timedelta(days=401)
    assert statuses == {"permanent", "open", "upcoming", "closed", "ended"}
