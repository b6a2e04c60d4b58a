"""What a move asks for, as tables of facts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from projects.procedures import conditions
from projects.procedures.conditions import (
    COMPLETE,
    FUNDABLE,
    HERE,
    IN_TIME,
    KNOWN_ORGANISATION,
    NO_EXCLUSION,
    NO_OPEN_REQUEST,
    NOT_HERE,
    OPEN,
    OVERDUE,
    answered,
    done,
    done_since,
    only_if,
    only_where,
    private_above,
    recorded,
    recorded_all,
)
from projects.procedures.vocabulary import Channel
from tests.procedures.builders import NOON, facts

HOUR = timedelta(hours=1)
AGREED = private_above("amount", 23_000, "sign-agreement", "Convention d'abord.")


@pytest.mark.parametrize(
    ("condition", "known", "holds"),
    [
        (COMPLETE, {}, True),
        (COMPLETE, {"missing": ("need",)}, False),
        (HERE, {"channel": Channel.PORTAL}, True),
        (HERE, {"channel": Channel.EXTERNAL}, False),
        (NOT_HERE, {"channel": Channel.PORTAL}, False),
        (NOT_HERE, {"channel": Channel.EXTERNAL}, True),
        (OPEN, {}, True),
        (OPEN, {"opens_at": NOON}, True),
        (OPEN, {"opens_at": NOON + HOUR}, False),
        (OPEN, {"closes_at": NOON}, False),
        (OPEN, {"closes_at": NOON + HOUR}, True),
        (IN_TIME, {}, True),
        (IN_TIME, {"due_at": NOON + HOUR}, True),
        (IN_TIME, {"due_at": NOON}, False),
        (OVERDUE, {}, False),
        (OVERDUE, {"due_at": NOON + HOUR}, False),
        (OVERDUE, {"due_at": NOON}, True),
        (KNOWN_ORGANISATION, {"organisation_is_known": False}, False),
        (KNOWN_ORGANISATION, {"organisation_is_known": True}, True),
        (NO_EXCLUSION, {"excludes": ("ABCD2345",)}, False),
        (NO_EXCLUSION, {}, True),
        (NO_OPEN_REQUEST, {"open_requests": 1}, False),
        (NO_OPEN_REQUEST, {}, True),
        (FUNDABLE, {"unfundable": ("care",)}, False),
        (FUNDABLE, {}, True),
        (done("study", "Non."), {"done": ("deposit", "study")}, True),
        (done("study", "Non."), {"done": ("deposit",)}, False),
        (done_since("opinion", "report", "Non."), {"done": ()}, False),
        (done_since("opinion", "report", "Non."), {"done": ("opinion",)}, True),
        (done_since("opinion", "report", "Non."), {"done": ("opinion", "report")}, False),
        (done_since("opinion", "report", "Non."), {"done": ("opinion", "report", "opinion")}, True),
        (answered("scale", ("national",), "Non."), {"answers": {"scale": "national"}}, True),
        (answered("scale", ("national",), "Non."), {"answers": {"scale": "local"}}, False),
        (answered("scale", ("national",), "Non."), {}, False),
        (answered("aims", ("access",), "Non."), {"answers": {"aims": ("efficiency", "access")}}, True),
        (answered("aims", ("access",), "Non."), {"answers": {"aims": ("efficiency",)}}, False),
        (recorded("outcome", ("grant",), "Non."), {"records": {"outcome": "grant"}}, True),
        (recorded("outcome", ("grant",), "Non."), {"records": {"outcome": "refuse"}}, False),
        (recorded("outcome", ("grant",), "Non."), {"records": {"outcome": "refuse"}, "given": {"outcome": "grant"}}, True),
        (recorded("outcome", ("grant",), "Non."), {}, False),
        (recorded_all("met", ("a", "b"), "Non."), {"given": {"met": ("b", "a", "c")}}, True),
        (recorded_all("met", ("a", "b"), "Non."), {"given": {"met": ("a",)}}, False),
        (recorded_all("met", ("a", "b"), "Non."), {}, False),
        (only_where("outcome", ("grant",), done("study", "Non.")), {"given": {"outcome": "refuse"}}, True),
        (only_where("outcome", ("grant",), done("study", "Non.")), {"given": {"outcome": "grant"}}, False),
        (only_where("outcome", ("grant",), done("study", "Non.")), {"given": {"outcome": "grant"}, "done": ("study",)}, True),
        (only_if("again", (True,), done("study", "Non.")), {"answers": {"again": False}}, True),
        (only_if("again", (True,), done("study", "Non.")), {"answers": {"again": True}}, False),
        (only_if("again", (True,), done("study", "Non.")), {"answers": {"again": True}, "done": ("study",)}, True),
        (AGREED, {"organisation_is_private": True, "records": {"amount": Decimal("23000.00")}}, True),
        (AGREED, {"organisation_is_private": True, "records": {"amount": Decimal("23000.01")}}, False),
        (AGREED, {"organisation_is_private": False, "records": {"amount": Decimal("90000.00")}}, True),
        (AGREED, {"organisation_is_private": True, "given": {"amount": Decimal("30000.00")}}, False),
        (AGREED, {"organisation_is_private": True, "records": {"amount": Decimal("30000.00")}, "done": ("sign-agreement",)}, True),
        (AGREED, {"organisation_is_private": True}, True),
    ],
)  # fmt: skip
def test_a_condition_holds_under_some_facts_only(condition, known, holds):
    assert condition.test(facts(**known)) is holds


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (None, None, "open"),
        (NOON, None, "open"),
        (NOON + HOUR, None, "before"),
        (None, NOON, "over"),
        (None, NOON + HOUR, "open"),
    ],
)
def test_a_moment_is_before_within_or_after_a_window(opens, closes, said):
    assert conditions.standing_in_window(opens, closes, NOON) == said


def test_a_field_given_now_counts_before_the_one_given_earlier():
    known = facts(records={"on": date(2028, 1, 1)}, given={"on": date(2029, 1, 1)})
    assert conditions.record(known, "on") == date(2029, 1, 1)
