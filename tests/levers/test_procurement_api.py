"""``/api/v1/procurement/``: the contract to the letter."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levers.models import Threshold
from tests import factories

ADDRESS = "/api/v1/procurement/"
HOSPITAL = "amount=65000&buyer_type=other-public"

REFUSED = [
    ("", {"amount", "buyer_type"}),
    ("amount=65000", {"buyer_type"}),
    ("buyer_type=private", {"amount"}),
    (f"{HOSPITAL}&colour=blue", {"colour"}),
    (f"{HOSPITAL}&page=1", {"page"}),
    (f"{HOSPITAL}&amount=70000", {"amount"}),
    (f"{HOSPITAL}&on=2026-01-01&on=2026-01-02", {"on"}),
    (f"{HOSPITAL}&on=", {"on"}),
    (f"{HOSPITAL}&on=2026-02-29", {"on"}),
    (f"{HOSPITAL}&on=20260301", {"on"}),
    (f"{HOSPITAL}&on=demain", {"on"}),
    (f"{HOSPITAL}&category=", {"category"}),
    (f"{HOSPITAL}&category=travaux", {"category"}),
    (f"{HOSPITAL}&innovative=oui", {"innovative"}),
    (f"{HOSPITAL}&innovative=True", {"innovative"}),
    (f"{HOSPITAL}&innovative=", {"innovative"}),
    ("amount=65000&buyer_type=hopital", {"buyer_type"}),
    ("amount=65000&buyer_type=", {"buyer_type"}),
    ("amount=&buyer_type=private", {"amount"}),
    ("amount=65+000&buyer_type=private", {"amount"}),
    ("amount=65000,50&buyer_type=private", {"amount"}),
    ("amount=65000.505&buyer_type=private", {"amount"}),
    ("amount=-1&buyer_type=private", {"amount"}),
    ("amount=1e5&buyer_type=private", {"amount"}),
    ("amount=NaN&buyer_type=private", {"amount"}),
    ("amount=10000000000.01&buyer_type=private", {"amount"}),
    ("amount=%00&buyer_type=%00", {"amount", "buyer_type"}),
    ("amount=%EF%BC%95&buyer_type=private", {"amount"}),
]


@pytest.mark.parametrize(("query", "names"), REFUSED)
def test_a_parameter_that_is_missing_unknown_or_malformed_is_refused_by_name_in_french(catalogue, client, query, names):
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert set(errors) == names
    assert all(message.endswith(".") for messages in errors.values() for message in messages)


def ask(client, **parameters) -> dict:
    answer = client.get(ADDRESS, {"buyer_type": "other-public"} | parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_example_of_the_contract_has_its_shape_and_its_answer(catalogue, client):
    body = ask(client, amount="65000", innovative="true", on="2020-06-15")
    assert list(body) == ["on", "amount", "procedures", "publicity", "thresholds", "notes"]
    assert (body["on"], body["amount"]) == ("2020-06-15", "65000.00")
    assert body["procedures"] == ["achat-innovant", "mapa"]
    assert body["publicity"] == {"achat-innovant": "none", "mapa": "adapted"}
    keys = ["free-procedure", "innovative-purchase", "formal-procedure", "publicity"]
    assert [row["key"] for row in body["thresholds"]] == keys
    free = body["thresholds"][0]
    assert list(free) == ["key", "value", "valid_from", "valid_to", "source"]
    assert (free["value"], free["valid_from"], free["valid_to"]) == ("40000.00", "2020-01-01", "2026-03-31")
    assert list(free["source"]) == ["document", "locator", "url"]
    assert free["source"]["document"] == "000_d99033c1927da53e.txt"
    assert body["notes"]


@pytest.mark.parametrize(
    ("parameters", "procedures"),
    [
        ({"amount": "55000", "on": "2026-03-31"}, {"mapa": "adapted"}),
        ({"amount": "55000", "on": "2026-04-01"}, {"libre": "none", "mapa": "adapted"}),
        ({"amount": "65000", "on": "2026-03-31"}, {"mapa": "adapted"}),
        ({"amount": "65000", "on": "2026-04-01"}, {"mapa": "adapted"}),
        ({"amount": "139000", "on": "2020-06-15", "buyer_type": "central-state"}, {"formalisee": "boamp-and-joue"}),
        ({"amount": "139000", "on": "2020-06-15"}, {"mapa": "boamp-or-jal"}),
        ({"amount": "214000", "on": "2020-06-15", "buyer_type": "private-contracting-authority"}, {"formalisee": "boamp-and-joue"}),
        ({"amount": "0", "on": "2026-06-01"}, {"libre": "none", "mapa": "adapted"}),
        ({"amount": "39999.99", "on": "2020-06-15", "innovative": "true"}, {"libre": "none", "achat-innovant": "none", "mapa": "adapted"}),
        ({"amount": "99999.99", "on": "2026-06-01", "category": "works"}, {"libre": "none", "mapa": "boamp-or-jal"}),
    ],
)  # fmt: skip
def test_each_procedure_comes_lightest_first_with_its_publicity(catalogue, client, parameters, procedures):
    body = ask(client, **parameters)
    assert body["procedures"] == list(procedures)
    assert body["publicity"] == procedures


def test_periods_that_overlap_are_both_listed(catalogue, client):
    rows = ask(client, amount="65000", innovative="true", on="2021-12-20")["thresholds"]
    innovative = [(row["valid_from"], row["valid_to"]) for row in rows if row["key"] == "innovative-purchase"]
    assert innovative == [("2018-12-25", "2021-12-25"), ("2021-12-16", None)]


def test_a_private_buyer_gets_no_procedure_and_a_note(catalogue, client):
    body = ask(client, amount="65000", buyer_type="private", on="2019-01-01")
    assert (body["procedures"], body["publicity"], body["thresholds"]) == ([], {}, [])
    (note,) = body["notes"]
    assert "hors du code" in note
    assert "à vérifier" in note


@pytest.mark.parametrize(
    ("buyer", "words"),
    [("central-state", "agence régionale de santé"), ("private-contracting-authority", "autres que l'État")],
)
def test_who_buys_brings_its_own_note(catalogue, client, buyer, words):
    assert words in ask(client, amount="65000", buyer_type=buyer, on="2026-06-01")["notes"][0]


def test_the_claim_of_140_000_euros_is_told_as_to_be_checked(catalogue, client):
    notes = ask(client, amount="65000", innovative="true", on="2026-06-01")["notes"]
    assert [note for note in notes if "140 000" in note and note.startswith("À vérifier")]
    assert not [note for note in ask(client, amount="65000", on="2026-06-01")["notes"] if "140 000" in note]


@pytest.mark.parametrize(
    "parameters",
    [
        {"amount": "10", "on": "2019-12-31"},
        {"amount": "10", "on": "2028-01-01"},
        {"amount": "50000", "on": "2025-12-31", "category": "works"},
        {"amount": "10", "on": "0001-01-01"},
        {"amount": "10", "on": "9999-12-31"},
    ],
)
def test_what_depends_on_an_unknown_threshold_is_refused_with_the_reason(catalogue, client, parameters):
    answer = client.get(ADDRESS, {"buyer_type": "other-public"} | parameters)
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert list(errors) == ["on"]
    assert all("que le portail ne connaît pas" in message for message in errors["on"])


def test_what_does_not_depend_on_it_is_answered(catalogue, client):
    assert ask(client, amount="6000000", on="2023-01-01", category="works")["procedures"] == ["formalisee"]


def test_a_category_of_which_nothing_is_known_is_what_is_at_fault(catalogue, client):
    Threshold.objects.filter(category="works").delete()
    answer = client.get(
        ADDRESS, {"buyer_type": "other-public", "amount": "10", "category": "works", "on": "2026-06-01"}
    )
    assert list(answer.json()["errors"]) == ["category"]


def test_without_a_day_the_answer_is_that_of_today(catalogue, client, monkeypatch):
    for today, procedures in (("2026-03-31", ["mapa"]), ("2026-04-01", ["libre", "mapa"])):
        monkeypatch.setattr("levers.api_procurement.today", lambda today=today: date.fromisoformat(today))
        body = ask(client, amount="55000")
        assert (body["on"], body["procedures"]) == (today, procedures)


def test_a_threshold_that_a_curator_adds_is_used_by_the_next_request(catalogue, client):
    query = {"amount": "10", "on": "2028-06-01", "buyer_type": "other-public"}
    assert client.get(ADDRESS, query).status_code == 400
    factories.make_threshold(key="formal-procedure", buyers="other-public", value=220_000, valid_from=date(2028, 1, 1))
    assert client.get(ADDRESS, query).json()["procedures"] == ["libre", "mapa"]


def test_it_reads_five_times_cold_and_once_warm(catalogue, client, django_assert_num_queries):
    query = {"amount": "10", "buyer_type": "other-public"}
    Threshold.objects.filter(slug="innovant-2018").update(note="Autre.")
    with django_assert_num_queries(5):  # the version twice, the thresholds, the sheets, the documents cited
        client.get(ADDRESS, query)
    with django_assert_num_queries(1):
        client.get(ADDRESS, query)


NAMES = st.sampled_from(["amount", "buyer_type", "category", "innovative", "on", "q", ""])
VALUES = st.text(max_size=12) | st.sampled_from(
    [
        "65000",
        "1" * 40,
        "other-public",
        "private",
        "works",
        "true",
        "false",
        "2026-03-31",
        "0001-01-01",
        "9999-12-31",
        "\x00",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_no_query_string_breaks_it(catalogue, client, pairs):
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    answer = client.get(ADDRESS, query)
    assert answer.status_code in (200, 400)
    body = answer.json()
    if answer.status_code == 200:
        assert re.fullmatch(r"\d+\.\d\d", body["amount"])
    else:
        assert body["errors"]
