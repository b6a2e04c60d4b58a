"""Answers as they are kept and as rules read them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.content.answers import money, plain, said, typed, typed_answers
from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Choice, Kind

CHOICES = (Choice("a", "Le premier"), Choice("b", "Le second"))


def question(kind: Kind, **more) -> Question:
    choices = CHOICES if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    return Question("q", "Question", kind, choices=choices, **more)


READ = [
    (Kind.TEXT, "  Oui  ", "Oui"), (Kind.TEXT, "   ", None), (Kind.LONG, "a\nb", "a\nb"), (Kind.TEXT, None, None),
    (Kind.INTEGER, "12", 12), (Kind.INTEGER, "1 200", 1200), (Kind.INTEGER, "-3", None), (Kind.INTEGER, "12.5", None),
    (Kind.INTEGER, "١٢", None), (Kind.INTEGER, "9" * 13, None), (Kind.INTEGER, "", None), (Kind.INTEGER, "0", 0),
    (Kind.MONEY, "12 500,50", Decimal("12500.50")), (Kind.MONEY, "12 500 €", Decimal("12500.00")),
    (Kind.MONEY, "12500.5", Decimal("12500.50")), (Kind.MONEY, "-1", None), (Kind.MONEY, "1,005", None),
    (Kind.MONEY, "NaN", None), (Kind.MONEY, "Infinity", None), (Kind.MONEY, "1e3", Decimal("1000.00")),
    (Kind.MONEY, "1" * 13, None), (Kind.MONEY, "douze", None),
    (Kind.DATE, "2027-01-15", date(2027, 1, 15)), (Kind.DATE, "15/01/2027", None), (Kind.DATE, "2027-02-30", None),
    (Kind.DATE, "9999-12-31", None), (Kind.DATE, "0001-01-01", None), (Kind.DATE, "2199-12-31", date(2199, 12, 31)),
    (Kind.YES_NO, True, True), (Kind.YES_NO, False, False), (Kind.YES_NO, "true", True), (Kind.YES_NO, "false", False),
    (Kind.YES_NO, "peut-être", None), (Kind.YES_NO, ["true"], None),
    (Kind.CHOICE, "a", "a"), (Kind.CHOICE, "z", None), (Kind.CHOICE, ["a"], None),
    (Kind.CHOICES, ["a", "b"], ("a", "b")), (Kind.CHOICES, ["a", "z"], ("a",)), (Kind.CHOICES, ["z"], None),
    (Kind.CHOICES, "a", ("a",)), (Kind.CHOICES, [], None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "value"), READ, ids=[f"{kind}-{raw!r}"[:40] for kind, raw, _ in READ])
def test_what_is_kept_is_read_as(kind, raw, value):
    assert typed(question(kind), raw) == value


def test_a_number_outside_its_bounds_is_no_answer():
    bounded = question(Kind.INTEGER, low=1, high=120)
    assert [typed(bounded, raw) for raw in ("0", "1", "120", "121")] == [None, 1, 120, None]


SAID = [
    (Kind.YES_NO, True, "Oui"), (Kind.YES_NO, "false", "Non"), (Kind.DATE, "2027-01-15", "15/01/2027"),
    (Kind.CHOICE, "b", "Le second"), (Kind.CHOICES, ["a", "b"], "Le premier / Le second"), (Kind.TEXT, "", ""),
    (Kind.INTEGER, "12", "12"), (Kind.DATE, "demain", "demain"), (Kind.CHOICES, ["z", "y"], "z / y"), (Kind.TEXT, "Oui", "Oui"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "words"), SAID)
def test_a_person_reads(kind, raw, words):
    assert said(question(kind), raw) == words


def test_an_amount_is_said_the_french_way():
    assert (
        said(question(Kind.MONEY), "1234567,5")
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        == "1 234 567,50 €"
    )


def test_only_what_is_right_is_among_the_typed_answers():
    section = Section("s", "S", "", (question(Kind.INTEGER),))
    assert typed_answers([section], {"s": {"q": "12"}}) == {"q": 12}
    assert typed_answers([section], {"s": {"q": "douze", "z": "1"}}) == {}
    assert typed_answers([section], {}) == {}


RAW = (
    st.none()
    | st.booleans()
    | st.text()
    | st.lists(st.text(), max_size=3)
    | st.sampled_from(["a", "b", ["a"], ["b", "a"]])
)


@given(st.sampled_from(list(Kind)), RAW)
def test_nothing_that_somebody_may_send_is_an_error(kind, raw):
    asked = question(kind)
    value = typed(asked, raw)
    assert isinstance(said(asked, raw), str)
    assert value is None or typed(asked, plain(value)) == value, "what is kept of an answer is read back the same"


@given(st.decimals(min_value=0, max_value=Decimal("999999999"), places=2))
def test_an_amount_is_read_back_as_it_is_said(amount):
    assert money(said(question(Kind.MONEY), str(amount))) == amount
