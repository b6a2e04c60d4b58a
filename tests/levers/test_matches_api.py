"""``/api/v1/matches/``: the contract to the letter."""

import random

import pytest

from levers.facts import FACTS, Kind
from levers.matching import OPEN_OUTCOMES, Outcome, Verdict
from levers.rulebook import forget_rulebook
from tests.levers.test_content import SLUGS

MATCHES = "/api/v1/matches/"

REFUSED = [
    ("colour=blue", "colour"),
    ("actor_type=astronaute", "actor_type"),
    ("actor_type=ehpad&actor_type=ccas", "actor_type"),
    ("region=1", "region"),
    ("region=", "region"),
    ("department=20", "department"),
    ("trl=0", "trl"),
    ("trl=10", "trl"),
    ("trl=2.5", "trl"),
    ("trl=%C2%B2", "trl"),
    ("trl=-1", "trl"),
    ("needs_derogation=oui", "needs_derogation"),
    ("needs_derogation=True", "needs_derogation"),
    ("needs_derogation=1", "needs_derogation"),
    ("gir_5_6_share=101", "gir_5_6_share"),
    ("innovation_field=magie", "innovation_field"),
    ("innovation_field=technologique-numerique&innovation_field=", "innovation_field"),
    ("purchase_amount=-5", "purchase_amount"),
    ("purchase_amount=1e5", "purchase_amount"),
    ("purchase_amount=65+000", "purchase_amount"),
    ("purchase_amount=65000,50", "purchase_amount"),
    ("purchase_amount=10.999", "purchase_amount"),
    ("purchase_amount=NaN", "purchase_amount"),
    ("on=2021-02-29", "on"),
    ("on=20210301", "on"),
    ("on=2021-W01-1", "on"),
    ("on=demain", "on"),
    ("on=2021-01-01&on=2021-01-02", "on"),
    ("ecran=vous", "ecran"),
    ("page=1", "page"),
    ("q=%00", "q"),
]


@pytest.mark.parametrize(("query", "name"), REFUSED)
def test_a_parameter_that_is_unknown_malformed_or_out_of_range_is_refused_by_name_in_french(
    catalogue, client, query, name
):
    answer = client.get(f"{MATCHES}?{query}")
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert list(errors) == [name]
    assert errors[name]
    assert all(isinstance(message, str) and message.endswith(".") for message in errors[name])


def test_several_wrong_parameters_are_all_named(catalogue, client):
    answer = client.get(f"{MATCHES}?trl=99&colour=blue&on=x")
    assert set(answer.json()["errors"]) == {"trl", "colour", "on"}


def test_without_parameters_every_lever_is_there_and_undecided(catalogue, client):
    body = client.get(MATCHES).json()
    assert [row["lever"] for row in body["levers"]] == SLUGS
    assert {row["verdict"] for row in body["levers"]} == {"to_confirm"}
    assert body["profile"] == {}
    assert body["next_questions"]


def test_the_example_of_the_contract_has_its_shape_and_its_answer(catalogue, client):
    body = client.get(MATCHES, {"on": "2020-10-01", "actor_type": "ehpad", "region": "01"}).json()
    assert list(body) == ["on", "profile", "levers", "next_questions"]
    assert (body["on"], body["profile"]) == ("2020-10-01", {"actor_type": "ehpad", "region": "01"})
    row = next(row for row in body["levers"] if row["lever"] == "conference-des-financeurs")
    assert (row["verdict"], row["availability"]) == ("to_confirm", "open")
    assert row["url"] == "/leviers/conference-des-financeurs/"
    assert {"conference_member", "gir_5_6_share", "commercial_action"} <= set(row["missing"])
    criterion = next(item for item in row["criteria"] if item["key"] == "gir-5-6")
    assert list(criterion) == ["key", "outcome", "blocking", "about", "label", "fact", "value", "source"]
    assert criterion["outcome"] == "unknown"
    assert (criterion["blocking"], criterion["about"], criterion["value"]) == (True, "project", None)
    assert criterion["fact"] == "gir_5_6_share"
    assert criterion["source"]["document"] == "000_d99033c1927da53e.txt"
    assert criterion["source"]["locator"].startswith("Conférence des financeurs, critères d'éligibilité")


def test_answers_come_back_as_the_contract_writes_them(catalogue, client):
    query = (
        "innovation_field=technologique-numerique&purchase_amount=65000.5&trl=4&digital_solution=false&department=2A"
    )
    assert client.get(f"{MATCHES}?{query}").json()["profile"] == {
        "innovation_field": ["technologique-numerique"],
        "purchase_amount": "65000.50",
        "trl": 4,
        "digital_solution": False,
        "department": "2A",
    }


def test_a_rule_of_one_region_is_left_out_elsewhere(catalogue, client):
    keys = {}
    for region in ("01", "53"):
        rows = client.get(MATCHES, {"region": region, "on": "2020-10-01"}).json()["levers"]
        conference = next(row for row in rows if row["lever"] == "conference-des-financeurs")
        keys[region] = {criterion["key"] for criterion in conference["criteria"]}
    assert keys["01"] - keys["53"] == {"guadeloupe-member"}


def test_a_company_is_shown_the_path_under_a_carrier(catalogue, client):
    rows = client.get(MATCHES, {"actor_type": "entreprise-start-up", "region": "11"}).json()["levers"]
    verdicts = {row["lever"]: row["verdict"] for row in rows}
    assert {lever for lever, verdict in verdicts.items() if verdict == "via_partner"} == {
        "fir",
        "structures-3-0",
        "esms-numerique",
        "grades",
    }
    assert all(bool(row.get("path")) is (row["verdict"] == "via_partner") for row in rows)


GROUP = {"actor_type": "organisme-gestionnaire", "dui_project": "equipment", "esms_l312_1": "true"}

GROUPS_BY_DAY = [
    ("2020-09-15", {"region": "76", "esms_count": "6", "og_count": "1"}, "to_confirm"),
    ("2021-08-15", {"region": "76", "esms_count": "6", "og_count": "1"}, "to_confirm"),
    ("2021-08-15", {"region": "76", "esms_count": "15", "og_count": "1"}, "eligible"),
    ("2022-03-01", {"region": "76", "esms_count": "14", "og_count": "3"}, "not_eligible"),
    ("2022-03-01", {"region": "76", "esms_count": "15", "og_count": "3"}, "eligible"),
    ("2022-03-01", {"region": "76", "esms_count": "6", "og_count": "1"}, "via_partner"),
    ("2022-03-01", {"region": "76", "esms_count": "6"}, "to_confirm"),
    ("2022-03-01", {"region": "94", "esms_count": "8", "og_count": "2"}, "eligible"),
    ("2022-03-01", {"region": "94", "esms_count": "7", "og_count": "2"}, "not_eligible"),
    ("2021-08-15", {"region": "01", "esms_count": "8", "og_count": "2"}, "to_confirm"),
    ("2021-08-15", {"region": "01", "esms_count": "8", "og_count": "8"}, "eligible"),
]


@pytest.mark.parametrize(("day", "facts", "expected"), GROUPS_BY_DAY)
def test_the_rules_are_those_in_force_on_the_day(catalogue, client, day, facts, expected):
    rows = client.get(MATCHES, GROUP | facts | {"on": day}).json()["levers"]
    assert next(row["verdict"] for row in rows if row["lever"] == "esms-numerique") == expected


def random_profile(source: random.Random) -> list[tuple[str, str]]:
    """A valid profile: each fact answered or not, by a valid value."""
    pairs = []
    for name, fact in FACTS.items():
        if source.random() < 0.55:
            continue
        match fact.kind:
            case Kind.BOOLEAN:
                pairs.append((name, source.choice(["true", "false"])))
            case Kind.INTEGER:
                pairs.append((name, str(source.randint(fact.minimum, min(fact.maximum, 120)))))
            case Kind.AMOUNT:
                pairs.append((name, f"{source.randint(0, 400_000)}.{source.randint(0, 99):02d}"))
            case Kind.CHOICE:
                pairs.append((name, source.choice(fact.values)))
            case Kind.CHOICES:
                pairs += [(name, value) for value in source.sample(fact.values, source.randint(1, 3))]
    if source.random() < 0.7:
        pairs.append(("on", f"{source.randint(2015, 2030)}-{source.randint(1, 12):02d}-{source.randint(1, 28):02d}"))
    return pairs


@pytest.mark.parametrize("seed", range(60))
def test_any_combination_of_valid_parameters_gets_a_coherent_answer(catalogue, client, seed):
    query = random_profile(random.Random(seed))
    answer = client.get(MATCHES, query)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert [row["lever"] for row in body["levers"]] == SLUGS
    for row in body["levers"]:
        blocking = [item for item in row["criteria"] if item["blocking"]]
        unmet = [item for item in blocking if item["outcome"] == Outcome.UNMET]
        is_open = any(item["outcome"] in OPEN_OUTCOMES for item in blocking)
        if not unmet:
            assert row["verdict"] == (Verdict.TO_CONFIRM if is_open else Verdict.ELIGIBLE)
        elif row["verdict"] == Verdict.VIA_PARTNER:
            assert {item["about"] for item in unmet} == {"actor"}
        else:
            assert row["verdict"] == Verdict.NOT_ELIGIBLE
        assert not set(row["missing"]) & set(body["profile"])
    assert set(body["next_questions"]) == {name for row in body["levers"] for name in row["missing"]}


def test_the_first_next_question_is_one_that_settles_more_than_any_other_single_lever_question(catalogue, client):
    body = client.get(MATCHES, {"actor_type": "ccas", "region": "53"}).json()
    first = body["next_questions"][0]
    concerned = sum(first in row["missing"] for row in body["levers"])
    assert concerned >= 2


def test_answering_the_questions_one_by_one_ends_with_nothing_to_ask(catalogue, client):
    query = [("actor_type", "etablissement-sante-public"), ("region", "11")]
    answers = {Kind.BOOLEAN: "true", Kind.INTEGER: "9", Kind.AMOUNT: "50000.00"}
    for _ in range(len(FACTS)):
        left = client.get(MATCHES, query).json()["next_questions"]
        if not left:
            break
        fact = FACTS[left[0]]
        query.append((fact.name, answers.get(fact.kind) or fact.values[0]))
    assert left == []
    assert len(query) > 10


def test_only_reading_is_possible(catalogue, client):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(MATCHES)
        assert answer.status_code == 405
        assert answer.json()["errors"]["method"]


def test_the_number_of_queries_does_not_depend_on_the_profile(catalogue, client, django_assert_num_queries):
    client.get("/appels/")  # the calls are kept already
    forget_rulebook()
    profile = {"actor_type": "ehpad", "region": "01", "audience_60_plus": "true"}
    for queries, query in ((2, {}), (1, {}), (1, profile)):
        with django_assert_num_queries(queries):
            client.get(MATCHES, query)
