"""The JSON of the register: the parameters, the results and the order of the page."""

import pytest

from tests.pages.reading import visit
from tests.pages.test_experiments_page import on_the_second_of_april, slugs, some_experiments

__all__ = ["on_the_second_of_april", "some_experiments"]
EXPERIMENTS = "/api/v1/experiments/"


@pytest.mark.parametrize(
    "query", ["", "joining=yes", "region=76&sort=title", "q=oralien", "department=31&actor_type=ehpad", "status=ended"]
)
def test_the_json_holds_what_the_page_lists_in_the_same_order(query, some_experiments, client):
    answer = client.get(f"{EXPERIMENTS}?{query}").json()
    assert " ".join(row["slug"] for row in answer["results"]) == slugs(visit(client, f"/experimentations/?{query}"))
    assert answer["count"] == len(answer["results"])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("joining=oui", "joining"),
        ("status=en-cours", "status"),
        ("region=99", "region"),
        ("department=999", "department"),
        ("sort=date", "sort"),
        ("autre=1", "autre"),
        ("page=0", "page"),
        ("page=9", "page"),
        ("region=", "region"),
        ("q=a&q=b", "q"),
        ("lever=inconnu", "lever"),
    ],
)
def test_what_is_not_a_parameter_or_a_value_is_refused_by_name(query, name, some_experiments, client):
    answer = client.get(f"{EXPERIMENTS}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


def test_an_experiment_is_given_whole(some_experiments, client):
    (row,) = client.get(f"{EXPERIMENTS}?q=oralien").json()["results"]
    assert (row["title"], row["short_name"]) == ("Prévention bucco-dentaire en établissement", "ORALIEN")
    assert (row["status"], row["joining"], row["joining_until"]) == ("running", "yes", "2026-12-31")
    assert (row["begins_on"], row["ends_on"], row["first_inclusion_on"]) == ("2023-01-01", "2026-12-31", None)
    assert row["participants"] == [
        {"name": "UFSBD", "role": "carrier"},
        {"name": "Résidence des Lilas", "role": "site"},
    ]
    assert (row["region"], row["department"], row["roles"]) == (["76"], ["31"], ["site"])
    assert row["url"] == "/experimentations/dents/"
