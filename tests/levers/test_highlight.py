"""What a page marks in its texts: the words that search finds, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.highlight import highlighted
from levers.search import Index, Query
from tests.levers.small_catalogues import WORDS, entry

GROUPS = [["startup", "jeune pousse"], ["maison de retraite", "EHPAD"]]


words = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


def marked(text: str, typed: str, *known: str) -> list[str]:
    forms = Index([entry(1, " ".join((text, *known)))], GROUPS).search(Query(typed)).forms
    return [piece for piece, is_marked in highlighted(text, forms) if is_marked]


MARKED = [
    ("the word", "achat", "Un achat, des Achats", ["achat", "Achats"]),
    ("without accents", "HOPITAL", "L'hôpital", ["hôpital"]),
    ("after an apostrophe", "innovation", "Pour l’innovation", ["innovation"]),
    ("by its beginning", "télésurveilla", "La télésurveillance", ["télésurveillance"]),
    ("a short beginning", "tél", "Télésoin et télésuivi", ["Télésoin", "télésuivi"]),
    ("no word of a longer synonym: alone it means something else", "startup", "Une jeune pousse", []),
    ("an acronym", "maison de retraite", "Un EHPAD", ["EHPAD"]),
    ("a correction", "subvantion", "Une subvention", ["subvention"]),
    ("accents apart", "été", "L'e\u0301te\u0301 prochain", ["e\u0301te\u0301"]),
    ("an acronym with points", "ars", "Les A.R.S. aident", ["A.R.S."]),
    ("not the little words", "les achats de la région", "De la région", ["région"]),
    ("not an intention", "financer un achat", "Financer un achat", ["achat"]),
    ("not a word that only begins alike", "innovation", "Innover, inné", ["Innover"]),
]


@pytest.mark.parametrize(("typed", "text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in MARKED])
def test_a_text_is_marked(typed, text, expected):
    assert marked(text, typed) == expected


def test_nothing_is_marked_when_nothing_is_typed():
    assert highlighted("Un achat", frozenset()) == [("Un achat", False)]
    assert highlighted("", frozenset()) == []


def test_a_text_keeps_what_stands_between_its_words():
    forms = Index([entry(1, "achat <b>")]).search(Query("achat")).forms
    assert highlighted("<b>Achat</b> & achats…", forms) == [
        ("<b>", False), ("Achat", True), ("</b> & ", False), ("achats", True), ("…", False),
    ]  # fmt: skip
    assert highlighted(" achat  achat\nd'achats ", forms) == [
        (" ", False), ("achat", True), ("  ", False), ("achat", True), ("\nd'", False), ("achats", True), (" ", False),
    ]  # fmt: skip


@given(st.text(alphabet="aéb.' \nl’-", max_size=30), words)
def test_the_pieces_are_the_text(text, typed):
    text = f"{text}{typed}{text}"
    forms = Index([entry(1, f"{typed} {text}")], GROUPS).search(Query(f"{typed} {text}")).forms
    assert "".join(piece for piece, _ in highlighted(text, forms)) == text


@pytest.mark.parametrize("typed", sorted(set(WORDS)))
def test_a_word_marks_a_title_if_and_only_if_it_finds_it(typed):
    for title in WORDS:
        result = Index([entry(1, title), entry(2, "Autre")]).search(Query(typed))
        assert any(is_marked for _, is_marked in highlighted(title, result.forms)) == (1 in result.keys), title
