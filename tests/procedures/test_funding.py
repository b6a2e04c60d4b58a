"""Who may pay what, as tables."""

from decimal import Decimal

import pytest

from projects.models import FinancingLine
from projects.procedures.article_51.rules import RULES
from projects.procedures.catalogue import LATEST
from projects.procedures.funding import Line, Verdict, proposed_payers, refusals, remarks
from projects.procedures.mig_sections import FUNDING

REGION = {"scale": "regional"}
FRANCE = {"scale": "national"}


def line(expense: str, payer: str, amount: int = 1000) -> Line:
    return Line(expense, payer, Decimal(amount))


@pytest.mark.parametrize(
    ("expense", "payer", "answers", "verdict"),
    [
        ("care", "fiss", REGION, None),
        ("care", "fir", REGION, Verdict.REFUSED),
        ("care", "fir", FRANCE, Verdict.REFUSED),
        ("care", "fir", {}, Verdict.REFUSED),
        ("care", "private", REGION, None),
        ("evaluation", "fiss", REGION, None),
        ("evaluation", "fir", REGION, Verdict.REFUSED),
        ("engineering", "fir", REGION, None),
        ("engineering", "fir", {"scale": "local"}, None),
        ("engineering", "fir", {"scale": "interregional"}, Verdict.REFUSED),
        ("engineering", "fiss", REGION, Verdict.REFUSED),
        ("engineering", "fiss", FRANCE, None),
        ("start-up", "fiss", FRANCE, None),
        ("start-up", "fiss", {"scale": "departmental"}, Verdict.REFUSED),
        ("start-up", "fir", {"scale": "departmental"}, None),
        ("start-up", "fir", {}, None),
        ("equipment", "fiss", REGION, Verdict.WARNING),
        ("equipment", "fir", REGION, Verdict.WARNING),
        ("equipment", "self", REGION, None),
    ],
)
def test_article_51_is_paid_by_one_fund_or_the_other_by_expense_and_reach(expense, payer, answers, verdict):
    found = remarks(RULES, [line(expense, payer)], answers)
    assert [one.verdict for one in found] == ([verdict] if verdict else [])
    assert all(one.source and one.line == 0 for one in found)


@pytest.mark.parametrize(
    ("expense", "answers", "payers"),
    [
        ("care", REGION, ("fiss",)),
        ("evaluation", FRANCE, ("fiss",)),
        ("engineering", REGION, ("fir",)),
        ("engineering", FRANCE, ("fiss",)),
        ("start-up", {"scale": "local"}, ("fir",)),
        ("start-up", {}, ()),
        ("equipment", REGION, ()),
    ],
)
def test_the_payer_is_proposed_from_the_expense_and_the_reach(expense, answers, payers):
    assert proposed_payers(RULES, expense, answers) == payers


@pytest.mark.parametrize(
    ("lines", "verdicts"),
    [
        ([line("missions", "mig", 12_000)], []),
        ([line("missions", "mig", 6_000), line("hosting", "mig", 4_000)], []),
        ([line("missions", "mig", 9_999)], [Verdict.WARNING]),
        ([line("missions", "mig", 25_000)], []),
        ([line("missions", "mig", 25_001)], [Verdict.WARNING]),
        ([line("equipment", "mig", 12_000)], [Verdict.REFUSED]),
        ([line("equipment", "mig", 2_000)], [Verdict.REFUSED, Verdict.WARNING]),
        ([line("equipment", "self", 90_000)], []),
        ([], []),
    ],
)
def test_cooperation_pays_missions_and_hosting_and_warns_outside_the_usual_range(lines, verdicts):
    assert [one.verdict for one in remarks(FUNDING, lines, {})] == verdicts


def test_only_what_is_refused_prevents_a_deposit():
    plan = [line("equipment", "mig", 2_000), line("missions", "mig", 1_000)]
    assert [one.line for one in refusals(FUNDING, plan, {})] == [0]


@pytest.mark.parametrize("procedure", [one for one in LATEST.values() if one.funding_rules], ids=lambda one: one.key)
def test_a_rule_speaks_of_expenses_and_payers_that_exist(procedure):
    for rule in procedure.funding_rules:
        assert rule.payer in FinancingLine.Payer.values
        assert set(rule.expenses) <= set(FinancingLine.Expense.values)
