"""What is still missing of a dossier, and how far it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.content.completeness import Lack, missing, progress
from projects.procedures.asked import Piece, Question, Section
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Choice, Kind, When
from tests.dossier_factories import an_answer

SMALL = Procedure(
    key="small", version=1, title="", summary="", stages=(), moves=(), mentions=None,
    sections=(
        Section("first", "", "", (
            Question("digital", "Numérique ?", Kind.YES_NO),
            Question("level", "Niveau", Kind.INTEGER, when=When("digital", (True,)), low=1, high=9),
            Question("more", "Précisions", Kind.TEXT, required=False),
        )),
        Section("second", "", "", (Question("partners", "Partenaires", Kind.CHOICES, choices=(Choice("x", "X"),)),), when=When("digital", (True,))),
    ),
    pieces=(Piece("quote", "Devis"), Piece("notice", "Notice", when=When("digital", (True,))), Piece("letter", "Lettre", required=False)),
)  # fmt: skip

CASES = {
    "nothing given": ({}, (), ["digital", "quote"], (0, 2)),
    "an answer that calls for others": ({"first": {"digital": True}}, (), ["level", "partners", "quote", "notice"], (1, 5)),
    "an answer that calls for none": ({"first": {"digital": False}}, ("quote",), [], (2, 2)),
    "false is an answer": ({"first": {"digital": "false"}}, (), ["quote"], (1, 2)),
    "a wrong answer is missing": ({"first": {"digital": True, "level": "12"}}, ("quote", "notice"), ["level", "partners"], (3, 5)),
    "an answer no longer asked": ({"first": {"digital": False, "level": "zéro"}}, ("quote",), [], (2, 2)),
    "all given": ({"first": {"digital": True, "level": "3"}, "second": {"partners": ["x"]}}, ("quote", "notice"), [], (5, 5)),
    "a value that is no choice": ({"first": {"digital": True, "level": "3"}, "second": {"partners": ["z"]}}, ("quote", "notice"), ["partners"], (4, 5)),
    "an empty list": ({"first": {"digital": True, "level": "3"}, "second": {"partners": []}}, ("quote", "notice"), ["partners"], (4, 5)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_missing_comes_in_the_order_of_the_form(name):
    kept, pieces, keys, counted = CASES[name]
    assert [one.key for one in missing(SMALL, kept, pieces)] == keys
    assert progress(SMALL, kept, pieces) == counted


def test_each_lack_says_what_sort_it_is_and_where_it_is_given():
    found = missing(SMALL, {"first": {"digital": True, "level": "12"}}, ())
    assert [(one.lack, one.key, one.section) for one in found] == [
        (Lack.INVALID, "level", "first"),
        (Lack.ANSWER, "partners", "second"),
        (Lack.PIECE, "quote", ""),
        (Lack.PIECE, "notice", ""),
    ]


def test_an_optional_answer_that_is_wrong_is_said_too():
    optional = Procedure(
        key="o", version=1, title="", summary="", stages=(), moves=(), mentions=None, pieces=(),
        sections=(Section("s", "", "", (Question("n", "Nombre", Kind.INTEGER, required=False),)),),
    )  # fmt: skip
    assert [one.lack for one in missing(optional, {"s": {"n": "douze"}}, ())] == [Lack.INVALID]
    assert progress(optional, {"s": {"n": "douze"}}, ()) == (0, 0)


@pytest.mark.parametrize("key", LATEST)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_giving_what_is_missing_again_and_again_ends_with_nothing_missing(key, data):
    procedure = LATEST[key]
    kept, pieces, before = {section.key: {} for section in procedure.sections}, set(), None
    while lacks := missing(procedure, kept, pieces):
        given_now, wanted = progress(procedure, kept, pieces)
        assert 0 <= given_now < wanted
        assert lacks != before, "what was given is still missing"
        before, one = lacks, lacks[0]
        if one.lack is Lack.PIECE:
            pieces.add(one.key)
        else:
            section = next(found for found in procedure.sections if found.key == one.section)
            asked = next(found for found in section.questions if found.key == one.key)
            choices = [choice.value for choice in asked.choices]
            value = data.draw(st.sampled_from(choices)) if asked.kind is Kind.CHOICE else an_answer(asked)
            kept[one.section][one.key] = data.draw(st.booleans()) if asked.kind is Kind.YES_NO else value
    given_now, wanted = progress(procedure, kept, pieces)
    assert given_now == wanted
