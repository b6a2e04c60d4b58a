"""What a search finds: words, facets, counts and order, on small catalogues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.search import Entry, Query, entry_texts, fold, search, search_terms, words


def entry(key, *, name="", summary="", body="", position=None, **facets) -> Entry:
    sets = {facet: frozenset(values) for facet, values in facets.items()}
    return Entry(key, position or key, name, entry_texts([name], [summary], [body]), sets)


FOLDED = [
    ("ÉTÉ", "ete"),
    ("Œuvre", "oeuvre"),
    ("L’hôpital", "l'hopital"),
    ("garçon", "garcon"),
    ("ﬁn", "fin"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_case_and_accents_do_not_count(text, expected):
    assert fold(text) == expected


def test_an_apostrophe_separates_two_words():
    assert words("l'agence d’Île-de-France") == ["l", "agence", "d", "ile", "de", "france"]


def test_little_words_are_left_out_unless_nothing_else_is_typed():
    assert search_terms("une aide pour les hôpitaux") == ["aide", "hopitaux"]
    assert search_terms("de la") == ["de", "la"]


def test_every_word_must_be_found_in_any_field_and_any_order():
    entries = [entry(1, name="Fonds régional", body="prévention"), entry(2, name="Prévention")]
    assert search(entries, Query("prevention regional")).keys == (1,)


def test_the_beginning_of_a_word_is_enough_from_three_letters_on():
    entries = [entry(1, name="Télésurveillance")]
    assert search(entries, Query("tele")).keys == (1,)
    assert search(entries, Query("te")).keys == ()


def test_a_name_comes_before_a_summary_and_a_summary_before_the_rest():
    entries = [entry(1, body="contrat"), entry(2, summary="contrat"), entry(3, name="contrat")]
    assert search(entries, Query("contrat")).keys == (3, 2, 1)


def test_ties_keep_the_order_of_the_guide():
    entries = [entry(1, name="contrat", position=5), entry(2, name="contrat", position=4)]
    assert search(entries, Query("contrat")).keys == (2, 1)


def test_values_of_a_facet_add_up_and_facets_narrow():
    entries = [entry(1, nature="a", region="x"), entry(2, nature="b", region="x"), entry(3, nature="b", region="y")]
    asked = Query(facets={"nature": frozenset("ab"), "region": frozenset("x")})
    assert search(entries, asked).keys == (1, 2)


def test_a_facet_ignores_its_own_choice_when_it_counts():
    entries = [entry(1, nature="a", region="x"), entry(2, nature="b", region="x"), entry(3, nature="b", region="y")]
    found = search(entries, Query(facets={"nature": frozenset("a")}))
    assert found.keys == (1,)
    assert found.counts == {"nature": {"a": 1, "b": 2}, "region": {"x": 1}}


letters = st.frozensets(st.sampled_from("abc"), max_size=2)
catalogues = st.lists(st.tuples(letters, letters, st.sampled_from(["un", "deux", "un deux"])), max_size=6)


@given(catalogues, letters, letters, st.sampled_from(["", "un", "deux un"]))
def test_a_count_is_what_choosing_that_value_alone_would_find(rows, nature, region, text):
    entries = [entry(i + 1, name=name, nature=n, region=r) for i, (n, r, name) in enumerate(rows)]
    asked = {"nature": nature, "region": region}
    counts = search(entries, Query(text, asked)).counts
    for facet in asked:
        for value in "abc":
            alone = search(entries, Query(text, asked | {facet: frozenset(value)}))
            assert counts.get(facet, {}).get(value, 0) == alone.total
