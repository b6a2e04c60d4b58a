"""``/api/v1/levers/`` and ``/api/v1/agencies/``: the lists of the pages, as data."""

import re

import pytest

from levers.catalogue import forget_catalogue
from tests import factories
from tests.levers.test_content import SLUGS

LEVERS = "/api/v1/levers/"


def slugs(answer) -> list[str]:
    return [row["slug"] for row in answer.json()["results"]]


def shown_by_the_page(client, query: str) -> list[str]:
    html = client.get(f"/leviers/?{query}").content.decode()
    return re.findall(r'portal-card__title[^>]*><a href="/leviers/([a-z0-9-]+)/"', html)


def test_the_whole_catalogue_comes_in_the_order_of_the_guide(catalogue, client):
    answer = client.get(LEVERS)
    body = answer.json()
    assert list(body) == ["count", "next", "previous", "results"]
    assert (body["count"], body["next"], body["previous"]) == (12, None, None)
    assert slugs(answer) == SLUGS


SAME = [
    "q=ehpad", "q=PREVENTION", "q=télésurveillance", "region=01", "region=01&status=permanent", "audience=industrie",
    "actor_type=ccas&sort=title", "nature=subvention&nature=contrat", "sector=medico-social&q=numérique",
    "innovation_field=technologique-numerique&maturity=experimentation", "sort=updated", "q=xyzxyz",
]  # fmt: skip


@pytest.mark.parametrize("query", SAME)
def test_the_same_parameters_give_the_page_and_the_data_the_same_levers_in_the_same_order(catalogue, client, query):
    assert slugs(client.get(f"{LEVERS}?{query}")) == shown_by_the_page(client, query)


REFUSED = [
    ("region=99", "region"), ("nature=magie", "nature"), ("sort=random", "sort"), ("page=0", "page"), ("page=2", "page"),
    ("page=x", "page"), ("utm_source=x", "utm_source"), ("q=", "q"), ("q=a&q=b", "q"), ("q=" + "a" * 201, "q"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "name"), REFUSED)
def test_nothing_is_guessed(catalogue, client, query, name):
    answer = client.get(f"{LEVERS}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sheet_as_data_holds_what_the_page_holds(catalogue, client, slug):
    body = client.get(f"{LEVERS}{slug}/").json()
    assert body["slug"] == slug
    assert all(body[part] for part in ("roles", "steps", "references", "deposits"))
    assert all(set(row["source"]) == {"document", "locator", "url"} for row in body["steps"])
    for amount in body["amounts"]:
        assert all(re.fullmatch(r"\d+\.\d\d", amount[end]) for end in ("minimum", "maximum") if amount[end] is not None)


def test_an_unknown_lever_and_a_draft_are_not_found(catalogue, client):
    factories.make_lever(slug="brouillon", publication="draft")
    for slug in ("brouillon", "rien"):
        answer = client.get(f"{LEVERS}{slug}/")
        assert answer.status_code == 404
        assert answer.json() == {"errors": {"address": ["Rien à cette adresse."]}}


def test_an_ended_lever_names_its_successor_where_the_sources_do(catalogue, client):
    rows = {row["slug"]: row for row in client.get(LEVERS).json()["results"]}
    assert rows["structures-3-0"]["successor"]["title"].startswith("Tiers-lieux d'expérimentation")
    assert "successor" not in rows["fir"]


def test_the_eighteen_agencies_are_listed_with_generic_addresses(catalogue, client):
    body = client.get("/api/v1/agencies/").json()
    assert body["count"] == 18
    paca = next(row for row in body["results"] if row["region"] == "93")
    assert paca["entry_email"] == "ars-paca-innovations@ars.sante.fr"


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_list_takes_as_many_queries_at_any_size(db, client, django_assert_num_queries, how_many):
    factories.make_region()
    factories.make_actor_type("ehpad")
    category = factories.make_category()
    for _ in range(how_many):
        lever = factories.make_lever(categories=[category])
        criterion = factories.make_criterion(lever)
        factories.make_condition(criterion)
        factories.make_path(criterion, actor_types=[factories.make_actor_type("ehpad")])
        factories.make_window(lever)
        for make in (factories.make_role, factories.make_step, factories.make_example, factories.make_amount):
            make(lever)
    forget_catalogue()
    for queries in (3, 1):
        with django_assert_num_queries(queries):
            assert client.get(f"{LEVERS}?sort=title").json()["count"] == how_many
