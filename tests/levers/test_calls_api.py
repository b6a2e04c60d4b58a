"""The JSON of the calls: the parameters, the results and the order of the page; and what the diagnostic says of them."""

from datetime import date

import pytest

from levers.calls.fit import fits
from tests import factories
from tests.pages.reading import visit
from tests.pages.test_calls_page import on_the_second_of_april, some_calls, titles

__all__ = ["on_the_second_of_april", "some_calls"]
CALLS, MATCHES = "/api/v1/calls/", "/api/v1/matches/"


@pytest.mark.parametrize(
    "query", ["", "status=open", "region=76&sort=title", "q=grand+age", "period=2025", "actor_type=ehpad&nature=aac"]
)
def test_the_json_holds_what_the_page_lists_in_the_same_order(query, some_calls, client):
    rows = client.get(f"{CALLS}?{query}").json()
    assert [row["title"].removeprefix("Appel ") for row in rows["results"]] == titles(
        visit(client, f"/appels/?{query}")
    )
    assert rows["count"] == len(rows["results"])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("status=ouvert", "status"),
        ("period=2026-13", "period"),
        ("sort=date", "sort"),
        ("autre=1", "autre"),
        ("view=month", "view"),
        ("page=0", "page"),
        ("page=9", "page"),
        ("region=", "region"),
        ("q=a&q=b", "q"),
        ("lever=inconnu", "lever"),
    ],
)
def test_what_is_not_a_parameter_or_a_value_is_refused_by_name(query, name, some_calls, client):
    answer = client.get(f"{CALLS}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


def test_a_lever_and_a_period_without_calls_are_empty_and_not_refused(some_calls, client):
    factories.make_lever(slug="sans-appel")
    for query in ("lever=sans-appel", "period=2050-01"):
        assert client.get(f"{CALLS}?{query}").json()["count"] == 0
    assert "sans-appel" not in client.get("/appels/").content.decode()


def test_a_call_is_given_whole(some_calls, client):
    (row,) = client.get(f"{CALLS}?nature=aac").json()["results"]
    assert (row["slug"], row["kind"], row["status"], row["url"]) == ("bref", "aac", "closing-soon", "/appels/bref/")
    assert (row["opens_on"], row["closes_on"], row["time_zone"]) == ("2026-03-01", "2026-04-10", "Europe/Paris")
    assert [(event["kind"], event["date"], event["time"]) for event in row["events"]] == [
        ("opening", "2026-03-01", None),
        ("closing", "2026-04-10", "12:00"),
    ]
    assert (row["actor_type"], row["region"], row["roles"], row["theme"]) == (
        ["ehpad"],
        [],
        ["carrier"],
        ["theme-grand-age"],
    )


# --- The diagnostic ---------------------------------------------------------


class Aimed:
    def __init__(self, actor_types=(), regions=(), fields=(), finances=True):
        self.actor_types, self.regions, self.fields, self.finances = actor_types, regions, fields, finances


@pytest.mark.parametrize(
    ("call", "answers", "suits"),
    [
        (Aimed(), {}, True),
        (Aimed(actor_types=["ehpad"]), {}, True),
        (Aimed(actor_types=["ehpad"]), {"actor_type": "ehpad"}, True),
        (Aimed(actor_types=["ehpad"]), {"actor_type": "ccas"}, False),
        (Aimed(regions=["76"]), {"region": "76", "actor_type": "ccas"}, True),
        (Aimed(regions=["76"]), {"region": "01"}, False),
        (Aimed(fields=["a", "b"]), {"innovation_field": ("b", "c")}, True),
        (Aimed(fields=["a"]), {"innovation_field": ("b", "c")}, False),
        (Aimed(finances=False), {}, False),
    ],
)
def test_a_call_suits_a_profile_when_no_answer_speaks_against_it(call, answers, suits):
    assert fits(call, answers) is suits


def row_of(client, query: str) -> dict:
    return next(row for row in client.get(f"{MATCHES}?{query}").json()["levers"] if row["lever"] == "appels")


@pytest.fixture
def lever(some_calls):
    return factories.make_lever(slug="appels", lists_calls=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("on=2026-04-10", "bref long"),
        ("on=2026-04-11", "long"),
        ("on=2025-03-31", "attendu clos"),
        ("on=2026-04-10&actor_type=ehpad&region=76", "bref long"),
        ("on=2026-04-10&actor_type=entreprise-start-up", "long"),
        ("on=2026-04-10&region=32", "bref"),
        ("on=2018-01-01", "attendu vieux"),
    ],
)
def test_where_each_call_decides_the_row_lists_the_open_calls_that_fit_on_that_day(query, found, lever, client):
    assert {call["slug"] for call in row_of(client, query)["calls"]} == set(found.split())


def test_only_such_a_lever_has_calls_in_its_row(lever, client):
    factories.make_lever(slug="autre")
    rows = client.get(MATCHES).json()["levers"]
    assert ["calls" in row for row in rows] == [row["lever"] == "appels" for row in rows]


def test_the_real_row_is_that_of_the_calls(catalogue, client):
    rows = client.get(MATCHES).json()["levers"]
    assert [row["lever"] for row in rows if "calls" in row] == ["ami-aap-aac"]
    assert next(row["verdict"] for row in rows if "calls" in row) == "to_confirm"


def test_the_results_tell_the_same_calls_with_their_dates(lever, client):
    page = visit(client, "/diagnostic/resultats/?on=2026-04-10&actor_type=ehpad")
    told = page.one("section", aria_labelledby="appels")
    assert [item.one("a").text for item in told.one("ul").all("li")] == ["Appel bref", "Appel long"]
    assert "Appels ouverts pour ce profil (2)" in told.text


def test_a_day_is_a_day_whatever_the_hour(lever, client):
    assert date(2026, 4, 10).isoformat() in {call["closes_on"] for call in row_of(client, "on=2026-04-10")["calls"]}
