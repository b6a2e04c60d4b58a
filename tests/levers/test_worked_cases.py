"""The eight worked profiles of the shared cases: how a careful reader reads the sources."""

import json
from pathlib import Path

import pytest

CASES_FILE = Path(__file__).resolve().parents[3] / "shared/cases/matches.json"
OWN_COPY = Path(__file__).with_name("worked_cases.json")
CASES = json.loads(OWN_COPY.read_text(encoding="utf-8"))


def verdicts(client, query) -> dict:
    answer = client.get("/api/v1/matches/", [tuple(pair) for pair in query])
    assert answer.status_code == 200, answer.content
    return {row["lever"]: row for row in answer.json()["levers"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_lever_of_the_case_gets_a_verdict_that_the_sources_support(catalogue, client, case):
    rows = verdicts(client, case["query"])
    wrong = {
        lever: (rows[lever]["verdict"], accepted)
        for lever, accepted in case["expect"].items()
        if rows[lever]["verdict"] not in accepted
    }
    assert wrong == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_availability_of_the_day_is_the_one_expected(catalogue, client, case):
    rows = verdicts(client, case["query"])
    wrong = {
        lever: rows[lever]["availability"]
        for lever, accepted in case.get("availability", {}).items()
        if rows[lever]["availability"] not in accepted
    }
    assert wrong == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_nobody_is_told_yes_when_excluded_or_no_when_admitted(catalogue, client, case):
    rows = verdicts(client, case["query"])
    forbidden = {"never_eligible": "eligible", "never_not_eligible": "not_eligible"}
    harmed = [lever for lever, rule in case["critical"].items() if rows[lever]["verdict"] == forbidden[rule]]
    assert harmed == []


def test_the_copy_of_the_cases_is_the_shared_one_where_that_is_at_hand():
    if CASES_FILE.exists():
        assert json.loads(CASES_FILE.read_text(encoding="utf-8")) == CASES
    assert {case["id"] for case in CASES} == {"P03", "P09", "P16", "P21", "P29", "P34", "P39", "P40"}
