"""Titles that look like one another."""

from hypothesis import given
from hypothesis import strategies as st

from projects.envisaged.similar import MOST, Known, similar

BOARD = [
    Known(1, "Télésurveillance des plaies chroniques à domicile", "ARS A"),
    Known(2, "Maison de répit pour aidants", "ARS B"),
    Known(3, "Surveillance à domicile des plaies chroniques", "ARS C"),
]


def test_the_nearest_titles_come_first_whatever_the_case_the_accents_and_the_order():
    found = similar("telesurveillance à domicile des PLAIES chroniques", BOARD)
    assert [one.number for one in found] == [1, 3]


def test_a_title_of_its_own_resembles_none():
    assert similar("Pharmacie clinique en EHPAD", BOARD) == []
    assert similar("  !! ", BOARD) == []


@given(
    st.text(max_size=160), st.lists(st.builds(Known, st.integers(), st.text(max_size=60), st.just("ARS")), max_size=9)
)
def test_a_few_of_the_known_ones_at_most_whatever_is_typed(title, known):
    found = similar(title, known)
    assert len(found) <= MOST
    assert all(one in known for one in found)
