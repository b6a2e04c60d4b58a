"""What a search finds: words, facets, counts and order, against a slow loop that says the same."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levers.search import Index, Query
from levers.words import entry_words, fold
from tests.levers.reference_search import Slow
from tests.levers.small_catalogues import DAY, EXPRESSIONS, THREE, WORDS, entry, found

# --- The index and the slow loop --------------------------------------------

values = st.frozensets(st.sampled_from("abc"), max_size=3)
days = st.integers(0, 3).map(lambda days: DAY - timedelta(days))


def typed(word: str, way: int, at: int) -> str:
    """Return a word as people type it: as it is, without accents, in capitals, its beginning, or with a slip."""
    at = at % max(len(word) - 1, 1)
    return (
        word, fold(word), word.upper(), fold(word).upper(), word[:3], word[:5], word[:at] + word[at + 1 :],
        word[:at] + "z" + word[at:], word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )[way]  # fmt: skip


@st.composite
def situations(draw):
    """Draw a catalogue, synonyms and a query that share a few words: most queries find something."""
    pool = draw(st.lists(st.sampled_from([*WORDS, *EXPRESSIONS]), min_size=2, max_size=6))
    texts = st.lists(st.sampled_from(pool), max_size=4).map(" ".join)
    groups = draw(st.lists(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3, unique=True), max_size=3))
    keys = draw(st.lists(st.integers(1, 40), unique=True, max_size=9))
    entries = [
        entry(
            key, draw(texts), summary=draw(texts), body=draw(texts), position=draw(st.integers(1, 3)),
            updated=draw(days), names=draw(st.lists(texts, max_size=1)), nature=draw(values), region=draw(values),
        )
        for key in keys
    ]  # fmt: skip
    asked = st.builds(typed, st.sampled_from([*pool, *WORDS[:8]]), st.integers(0, 8), st.integers(0, 20))
    query = Query(
        " ".join(draw(st.lists(asked, max_size=3))),
        draw(st.fixed_dictionaries({}, optional={"nature": values, "region": values, "absent": values})),
        draw(st.sampled_from(["", "", "title", "updated", "unknown"])),
    )
    return entries, groups, query


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(0, 9), st.integers(0, 9))
def test_the_index_says_what_the_slow_loop_says(situation, start, length):
    entries, synonyms, query = situation
    result, expected = Index(entries, synonyms).search(query), Slow(entries, synonyms).search(query)
    assert list(result.keys) == expected.keys
    assert result.total == len(expected.keys)
    assert {name: counted for name, counted in result.counts.items() if counted} == expected.counts
    assert result.page(start, start + length) == expected.keys[start : start + length]
    assert result.without == expected.without
    assert result.without_facets == expected.without_facets
    assert result.corrections == expected.corrections
    assert {item.key: len(result.elsewhere(item.key)) for item in entries} == expected.elsewhere


labels = st.fixed_dictionaries(
    {}, optional={"nature": st.dictionaries(st.sampled_from("abc"), st.sampled_from(WORDS), max_size=2)}
)


def with_labels(entries, labels) -> list:
    """The same entries, the words of their values written in their bodies: what the labels of an index stand for."""
    told = []
    for item in entries:
        words = [labels.get(name, {}).get(value, "") for name, held in item.facets.items() for value in sorted(held)]
        told.append(replace(item, body=entry_words([item.body, *words])))
    return told


@settings(max_examples=100, deadline=None)
@given(situations(), labels)
def test_the_words_of_a_value_find_the_entries_that_hold_it(situation, labels):
    entries, synonyms, query = situation
    labels = {name: {value: entry_words([word]) for value, word in of.items()} for name, of in labels.items()}
    result = Index(entries, synonyms, labels).search(query)
    expected = Slow(with_labels(entries, labels), synonyms).search(query)
    assert list(result.keys) == expected.keys
    assert result.corrections == expected.corrections
    assert result.without_facets == expected.without_facets


@settings(max_examples=150, deadline=None)
@given(situations(), st.lists(situations(), min_size=1, max_size=3), labels)
def test_an_index_that_follows_changes_is_the_one_that_would_be_made_anew(situation, changes, labels):
    entries, synonyms, query = situation
    labels = {name: {value: entry_words([word]) for value, word in of.items()} for name, of in labels.items()}
    index, now = Index(entries, synonyms), {item.key: item for item in entries}
    for others, synonyms, query in changes:  # noqa: B007 (the last query is asked)
        gone = {item.key for item in others} | {key for key in now if key % 5 == 0}
        fresh = [item for item in others if item.key % 3]
        index = index.changed(gone, fresh, synonyms, labels)
        now = {key: item for key, item in now.items() if key not in gone} | {item.key: item for item in fresh}
    result, anew = index.search(query), Index(now.values(), synonyms, labels).search(query)
    expected = Slow(with_labels(now.values(), labels), synonyms).search(query)
    assert list(result.keys) == list(anew.keys) == expected.keys
    assert result.counts == anew.counts
    assert {name: counted for name, counted in result.counts.items() if counted} == expected.counts
    assert result.corrections == anew.corrections == expected.corrections
    assert (result.without, result.nearby, result.forms) == (anew.without, anew.nearby, anew.forms)


def test_the_index_says_what_the_slow_loop_says_of_rare_and_frequent_words():
    """A word held by few of many entries is kept otherwise than a frequent one: both, alone and together."""
    some = Random(5)
    rare, often = ["télésuivi", "télésurveillance", "pousse", "numerique", "51"], ["télésoin", "jeune", "numérique"]

    def text() -> str:
        return " ".join(some.sample(often, some.randint(0, 2)) + some.sample(rare, some.random() < 0.03))

    entries = [
        entry(n, text(), summary=text(), body=text(), position=some.randint(1, 9), nature=some.choice("abc"))
        for n in range(1, 161)
    ]
    groups = [["startup", "jeune pousse"]]
    slow, former = Slow(entries, groups), [replace(item, body="télésuivi 51") for item in entries[:80]]
    for index in (Index(entries, groups), Index(former).changed(range(1, 81), entries, groups, {})):
        compare(index, slow, entries, rare)


def compare(index: Index, slow: Slow, entries: list, rare: list[str]) -> None:
    for asked in ["télé", "num", "startup", "jeune pousse", "51 jeune", "numerique telesuivi", "pouse jeune", *rare]:
        for facets in ({}, {"nature": frozenset("ab")}):
            result, expected = index.search(Query(asked, facets)), slow.search(Query(asked, facets))
            assert list(result.keys) == expected.keys, asked
            assert result.counts == expected.counts, asked
            assert {item.key: len(result.elsewhere(item.key)) for item in entries} == expected.elsewhere, asked


# --- What a text finds ------------------------------------------------------

FORGIVEN = [
    ("the same word", "télésurveillance", "Télésurveillance"),
    ("without its accents", "telesurveillance", "Télésurveillance"),
    ("in capitals", "TÉLÉSURVEILLANCE", "Télésurveillance"),
    ("in capitals without accents", "TELESURVEILLANCE", "télésurveillance"),
    ("with accents where the entry has none", "numérique", "ACCES NUMERIQUE"),
    ("accents taken apart, as some keyboards send them", "te\u0301le\u0301suivi", "Télésuivi"),
    ("its beginning", "tel", "Télésurveillance"),
    ("its beginning, longer than its stem", "télésurveilla", "Télésurveillance"),
    ("its plural", "hôpitaux", "L'hôpital public"),
    ("its singular", "hopital", "Les Hôpitaux publics"),
    ("a plural that the stemmer leaves", "emplois", "L'emploi"),
    ("its feminine", "innovante", "Achat innovant"),
    ("the verb of a noun", "innover", "Innovation"),
    ("œ for oe", "œuvres", "Mise en oeuvre"),
    ("oe for œ", "oeuvre", "Mise en œuvre"),
    ("an article before it", "l'innovation", "Innovation"),
    ("an article in the entry", "innovation", "Soutien à l’innovation"),
    ("words in another order", "public hôpital", "Hôpital public"),
    ("little words", "les achats pour un hôpital", "Achats de l'hôpital"),
    ("what one wants to do", "je cherche à financer un achat", "Achat innovant"),
    ("what one wants to do, with a slip", "je cherhce un achat", "Achat innovant"),
    ("a number", "51", "Article 51"),
    ("an acronym with its points", "A.R.S.", "Délégation de l'ARS"),
    ("an acronym without its points", "ars", "Délégation de l'A.R.S."),
    ("an acronym in the plural", "ehpads", "EHPAD"),
    ("a letter forgotten", "inovation", "Innovation"),
    ("a letter changed", "subvantion", "Subvention"),
    ("two letters exchanged", "guadeluope", "Guadeloupe"),
    ("two slips in a long word", "tellesurvellance", "Télésurveillance"),
]


@pytest.mark.parametrize(("typed", "title"), [pytest.param(*row[1:], id=row[0]) for row in FORGIVEN])
def test_a_text_finds_an_entry_when_it_differs_only_by(typed, title):
    assert found(typed, entry(1, "Autre chose", body="sans rapport"), entry(2, title)) == (2,)


REFUSED = [
    ("two letters do not begin a word", "te", "Télésurveillance"),
    ("a number does not begin another", "202", "Plan 2026"),
    ("a number is not corrected", "2025", "Plan 2026"),
    ("a short word is not corrected", "fur", "FIR"),
    ("two slips are too many in a short word", "subvt", "Subside"),
    ("a word that the catalogue knows is not corrected", "prise", "Crise"),
    ("a carer is not an aid", "aidants", "Aide régionale"),
    ("every word must be found", "achat hélicoptère", "Achat innovant"),
]


@pytest.mark.parametrize(("typed", "title"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_a_text_does_not_find_an_entry_because(typed, title):
    assert found(typed, entry(1, title), entry(2, "La prise en charge")) == ((2,) if typed == "prise" else ())


def test_words_may_be_found_in_several_fields():
    assert found("prevention regional", entry(1, "Fonds régional", body="prévention"), entry(2, "Prévention")) == (1,)


def test_a_text_of_little_words_asks_for_them():
    assert found("de la", entry(1, "Suite"), entry(2, "Le reste de la suite")) == (2,)


def test_a_text_of_intentions_asks_for_them():
    assert found("financer un projet", entry(1, "Projet à financer"), entry(2, "Autre")) == (1,)


@pytest.mark.parametrize("text", ["", " ", "'’-", "!?", "\u0301", "∞ §"])
def test_a_text_without_a_word_finds_everything(text):
    assert found(text, entry(1, "Un"), entry(2, "Deux")) == (1, 2)


def test_intentions_change_neither_the_list_nor_its_order():
    entries = [entry(1, "Financer", body="startup"), entry(2, "Startup"), entry(3, "Autre", summary="startup")]
    assert found("je cherche à financer une startup", *entries) == found("startup", *entries) == (2, 3, 1)


def test_only_the_beginning_of_a_very_long_text_is_read():
    index = Index([entry(1, "Achat")])
    result = index.search(Query("achat " + "mot " * 5000))
    assert result.total == 0
    assert len(result.corrections) <= 200
    assert index.search(Query("achat" + " " * 200 + "introuvable")).keys == (1,)


# --- Order ------------------------------------------------------------------


def test_a_name_comes_before_a_summary_and_a_summary_before_the_rest():
    entries = [entry(1, body="contrat"), entry(2, summary="contrat"), entry(3, "Un contrat")]
    assert found("contrat", *entries) == (3, 2, 1)


def test_a_word_in_a_name_and_one_in_the_rest_weigh_the_same_whichever_they_are():
    entries = [entry(1, "achat", body="contrat"), entry(2, "contrat", body="achat"), entry(3, body="achat contrat")]
    assert found("achat contrat", *entries) == (1, 2, 3)


def test_ties_keep_the_order_of_the_guide_then_of_the_keys():
    entries = [entry(3, "contrat", position=4), entry(1, "contrat", position=5), entry(2, "contrat", position=4)]
    assert found("contrat", *entries) == (2, 3, 1)


EXACT = ["FIR", "fir", "le FIR", "je cherche le FIR", "Fonds d'intervention régional", "FONDS D’INTERVENTION REGIONAL"]


@pytest.mark.parametrize("typed", EXACT)
def test_what_is_called_exactly_so_comes_first(typed):
    other = entry(1, "Guide du FIR, fonds d'intervention régional")
    assert found(typed, other, entry(2, "Subvention", names=["FIR", "Fonds d'intervention régional"])) == (2, 1)


def test_an_exact_title_comes_first_even_with_a_slip():
    assert found("articel 51", entry(1, "Bilan de l'article 51"), entry(2, "Article 51")) == (2, 1)


def test_what_was_typed_comes_before_what_it_was_understood_as():
    assert found("aide à domicile", entry(1, "Domicile"), entry(2, "Aide à domicile")) == (2, 1)


def test_an_order_may_be_asked():
    entries = [
        entry(1, "Zone", updated=DAY), entry(2, "Évaluation", updated=DAY - timedelta(2)), entry(3, "achat", updated=DAY),
        entry(4, "Evaluation", updated=DAY - timedelta(1)),
    ]  # fmt: skip
    index = Index(entries)
    assert index.search(Query(sort="title")).keys == (3, 2, 4, 1)
    assert index.search(Query(sort="updated")).keys == (1, 3, 4, 2)


def test_entries_may_be_given_in_any_order():
    entries = [entry(n, f"Titre {n % 4} commun", position=n % 3, nature=["a"] * (n % 2)) for n in range(1, 20)]
    for query in (
        Query("commun"),
        Query("2"),
        Query("Titre 3 commun"),
        Query(sort="title"),
        Query(facets={"nature": frozenset("a")}),
    ):
        assert Index(entries).search(query).keys == Index(reversed(entries)).search(query).keys


@pytest.mark.parametrize("sort", ["", "title", "updated"])
@pytest.mark.parametrize("kept", [1, 2, 7, 60])
def test_pages_put_together_are_the_list(sort, kept):
    entries = [
        entry(n, f"T{n * 37 % 60}", body="rare" if n % kept == 0 else "", updated=DAY - timedelta(n * 11 % 60))
        for n in range(1, 61)
    ]
    result = Index(entries).search(Query("rare", sort=sort))
    pages = [key for start in range(0, 60, 7) for key in result.page(start, start + 7)]
    assert tuple(pages) == result.keys
    assert len(pages) == 60 // kept
    assert result.page(100, 120) == []


# --- Facets -----------------------------------------------------------------


def test_values_of_a_facet_add_up_and_facets_narrow():
    assert found("", *THREE, nature="ab", region="x") == (1, 2)


def test_a_facet_ignores_its_own_choice_when_it_counts():
    result = Index(THREE).search(Query(facets={"nature": frozenset("a")}))
    assert result.keys == (1,)
    assert result.counts == {"nature": {"a": 1, "b": 2}, "region": {"x": 1}}


def test_a_value_that_does_not_exist_finds_nothing():
    assert found("", *THREE, nature="z") == ()


def test_the_counts_of_a_result_are_its_own():
    index = Index(THREE)
    index.search(Query()).counts["nature"]["a"] = 50
    assert index.search(Query()).counts["nature"] == {"a": 1, "b": 2}


@given(
    st.lists(st.tuples(values, values, st.sampled_from(["un", "deux", "un deux"])), max_size=6),
    values,
    values,
    st.sampled_from(["", "un", "deux un"]),
)
def test_a_count_is_what_choosing_that_value_alone_would_find(rows, nature, region, text):
    index = Index([entry(at + 1, name, nature=n, region=r) for at, (n, r, name) in enumerate(rows)])
    asked = {"nature": nature, "region": region}
    counts = index.search(Query(text, asked)).counts
    for facet in asked:
        for value in "abc":
            alone = index.search(Query(text, asked | {facet: frozenset(value)}))
            assert counts.get(facet, {}).get(value, 0) == alone.total


def test_an_empty_catalogue_answers():
    result = Index([]).search(Query("achat", {"nature": frozenset("a")}, "title"))
    assert (result.total, result.keys, result.counts, result.without, result.nearby) == (0, (), {}, {}, ())
