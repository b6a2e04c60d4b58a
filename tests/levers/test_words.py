"""What a word is for search: without case or accents, by its stems, with or without a meaning of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer.french_stemmer import FrenchStemmer

from levers.words import (
    EMPTY_WORDS,
    INTENTION_WORDS,
    OWN_FORMS,
    entry_words,
    exact_name,
    fold,
    full_words,
    raw_words,
    stems,
)
from tests.levers.small_catalogues import entries_of_the_catalogue

FOLDED = [
    ("ÉTÉ", "ete"),
    ("Œuvre", "oeuvre"),
    ("L’hôpital", "l'hopital"),
    ("garçon", "garcon"),
    ("ﬁn", "fin"),
    ("e\u0301te\u0301", "ete"),
    ("FIR", "fir"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_case_and_accents_do_not_count(text, expected):
    assert fold(text) == expected


CUT = [
    ("l'agence d’Île-de-France", ["l", "agence", "d", "île", "de", "france"]),
    ("lʼhôpital", ["l", "hôpital"]),
    ("E.H.P.A.D. et A.R.S", ["ehpad", "et", "ars"]),
    ("Structures 3.0, covid-19", ["structures", "3", "0", "covid", "19"]),
    ("fin.Début a.bc", ["fin", "début", "a", "bc"]),
    ("ŒUVRE e\u0301te\u0301", ["œuvre", "été"]),
    ("snake_case", ["snake", "case"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_text_is_cut_into_words_in_lower_case_with_their_accents(text, expected):
    assert raw_words(text) == expected


def test_an_entry_keeps_each_word_once():
    assert entry_words(["L'été, l’Été", "en été ete"]) == "l été en ete"


def test_a_name_is_the_same_without_case_accents_points_or_little_words():
    assert exact_name("Fonds d'Intervention Régional (F.I.R.)") == exact_name("fonds intervention REGIONAL fir")


def test_a_name_made_of_little_words_keeps_them():
    assert exact_name("À la") == "a la"
    assert full_words(["de", "la"]) == ["de", "la"]


SAME = [
    ("hôpital", "HOPITAUX"), ("simplifiée", "SIMPLIFIEE"), ("simplifiée", "simplifier"), ("emploi", "emplois"), ("défi", "défis"),
    ("innovant", "innovantes"), ("œuvre", "oeuvres"), ("menu", "menus"), ("âgé", "agees"), ("EHPAD", "ehpads"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_words_are_the_same_when_they_share_a_form(one, other):
    (one,), (other,) = raw_words(one), raw_words(other)
    assert set(stems(one)) & set(stems(other))


OTHER = [("aidant", "aide"), ("2025", "2026"), ("ars", "art"), ("mas", "massage")]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_words_are_not_the_same(one, other):
    assert not set(stems(one)) & set(stems(other))


@pytest.mark.parametrize("words", [EMPTY_WORDS, INTENTION_WORDS, frozenset(OWN_FORMS)])
def test_lists_of_words_are_written_as_they_are_compared(words):
    assert {fold(word) for word in words} == words


def test_no_word_is_both_empty_and_an_intention():
    assert set() == EMPTY_WORDS & INTENTION_WORDS


letters = st.text(alphabet="abcdeéèêiïmnoôrstuùûxçœ", min_size=1, max_size=14)


@given(letters)
def test_the_stemmer_in_c_says_what_the_one_in_python_says(word):
    assert snowballstemmer.stemmer("french").stemWord(word) == FrenchStemmer().stemWord(word)


def catalogue_words() -> list[str]:
    entries, _ = entries_of_the_catalogue()
    return sorted(
        {word for entry in entries for text in (entry.name, entry.summary, entry.body) for word in text.split()}
    )


def test_both_stemmers_agree_on_the_words_of_the_catalogue(catalogue):
    words, slow, quick = catalogue_words(), FrenchStemmer(), snowballstemmer.stemmer("french")
    assert len(words) > 1500
    assert [word for word in words if slow.stemWord(word) != quick.stemWord(word)] == []


def test_every_word_of_the_catalogue_is_the_same_in_capitals_without_accents(catalogue):
    words = catalogue_words()
    assert sum(fold(word) != word for word in words) > 375
    assert [word for word in words if not set(stems(word)) & set(stems(*raw_words(fold(word).upper())))] == []


@given(letters)
def test_a_word_is_the_same_in_capitals_without_accents(word):
    assert set(stems(word)) & set(stems(*raw_words(fold(word).upper())))


def test_threads_do_not_mix_their_words():
    words = [
        f"{root}{ending}"
        for root in ("innov", "simplifi", "financ", "évalu")
        for ending in ("ation", "ée", "er", "euse")
    ] * 200
    stems.cache_clear()
    expected = {word: stems(word) for word in words}
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            stems.cache_clear()
            assert all(expected[word] == got for word, got in zip(words, pool.map(stems, words), strict=True))
