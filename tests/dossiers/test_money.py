"""What a deposit asks for, in the budget years of its plan; what a move then moves."""

from datetime import date
from decimal import Decimal

import pytest

from projects.engine.money import asked_in

DAY = date(2026, 11, 28)


def content(*lines: tuple[str, int | None, bool], said: str = "") -> dict:
    plan = [{"amount": amount, "year": year, "here": here} for amount, year, here in lines]
    return {"financing": plan, "answers": {"idea": {"need": "x"}, "money": {"amount_asked": said}}}


@pytest.mark.parametrize(
    ("frozen", "asked"),
    [
        (content(("1000.00", 2026, True), ("500.50", 2026, True), ("9", 2026, False)), {2026: "1500.50"}),
        (content(("1000.00", 2026, True), ("2000.00", 2027, True)), {2026: "1000.00", 2027: "2000.00"}),
        (content(("700.00", None, True)), {2026: "700.00"}),
        (content(("700.00", 2026, True), said="46 000"), {2026: "700.00"}),
        (content(("700.00", 2026, False), said="46 000"), {2026: "46000"}),
        (content(said="beaucoup"), {}),
        (content(), {}),
        ({}, {}),
    ],
)
def test_the_plan_says_what_is_asked_here_else_the_answer_does(frozen, asked):
    assert {one.year: one.amount for one in asked_in(frozen, DAY)} == {
        year: Decimal(amount) for year, amount in asked.items()
    }
