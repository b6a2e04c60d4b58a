"""What a result says of itself: words corrected, what stood in the way, what to try instead."""

from levers.search import Index, Query
from tests.levers.small_catalogues import THREE, entry


def test_a_correction_is_said_with_its_accents():
    result = Index([entry(1, "Télésurveillance")]).search(Query("telesurvaillance"))
    assert result.corrections == {"telesurvaillance": ("télésurveillance",)}


def test_a_correction_is_written_as_most_entries_write_it():
    rare, often = entry(1, "numerique"), [entry(2, "numérique"), entry(3, "numérique")]
    assert Index([rare, *often]).search(Query("numeriqe")).corrections == {"numeriqe": ("numérique",)}
    assert Index([rare, often[0]]).search(Query("numeriqe")).corrections == {"numeriqe": ("numérique",)}
    assert Index([rare, entry(4, "numerique"), often[0]]).search(Query("numeriqe")).corrections == {
        "numeriqe": ("numerique",)
    }


def test_several_nearest_words_are_all_taken_the_most_frequent_first():
    index = Index([entry(1, "pouce"), entry(2, "pousse"), entry(3, "pousse"), entry(4, "pause")])
    result = index.search(Query("pouse"))
    assert result.corrections == {"pouse": ("pousse", "pause", "pouce")}
    assert result.keys == (1, 2, 3, 4)


def test_at_most_three_words_are_taken_for_one():
    index = Index([entry(n, word) for n, word in enumerate(["rate", "rave", "rare", "rame", "rage"], start=1)])
    assert index.search(Query("raze")).corrections == {"raze": ("rage", "rame", "rare")}


def test_a_known_word_is_not_said_to_be_corrected():
    assert Index([entry(1, "Subvention")]).search(Query("subventions")).corrections == {}


def test_nothing_found_says_which_facet_stood_in_the_way():
    result = Index(THREE).search(Query("un", {"nature": frozenset("b"), "region": frozenset("x")}))
    assert result.total == 0
    assert result.without == {"nature": 1, "q": 1}
    assert result.without_facets == 1


def test_what_finds_something_has_nothing_in_the_way():
    assert Index(THREE).search(Query("un", {"nature": frozenset("a")})).without == {}


def test_a_term_found_only_in_the_sheet_is_said():
    index = Index([entry(1, "Achat", summary="Un contrat", body="à l'hôpital, contrat")])
    assert index.search(Query("achat contrat hopitaux")).elsewhere(1) == ("hopitaux",)


def test_a_corrected_term_found_only_in_the_sheet_is_said_as_it_was_understood():
    index = Index([entry(1, "Achat", body="En Guadeloupe")])
    assert index.search(Query("guadloupe")).elsewhere(1) == ("guadeloupe",)


def test_when_one_word_finds_nothing_the_rest_is_offered():
    index = Index([entry(1, "Achat pour un EHPAD"), entry(2, "Autre")])
    assert index.search(Query("drone ehpad achat")).nearby[0] == "ehpad achat"
    assert index.search(Query("drone ehpad hélicoptère achat")).nearby[0] == "ehpad achat"


def test_when_words_do_not_meet_each_is_offered():
    index = Index([entry(1, "Achat"), entry(2, "Contrat")])
    assert index.search(Query("achat contrat")).nearby == ("contrat", "achat")


def test_a_word_that_resembles_is_offered():
    index = Index([entry(1, "Gérontechnologie"), entry(2, "Autre")])
    assert index.search(Query("gérontotechnologiques")).nearby == ("gérontechnologie",)


def test_an_expression_is_offered_for_one_of_its_words_if_it_finds_something():
    entries = [entry(1, "Startup")]
    groups = [["startup", "jeune pousse"], ["pousse pousse", "tricycle"]]
    assert Index(entries, groups).search(Query("pousse")).nearby == ("jeune pousse",)


def test_every_offer_finds_something_and_there_are_three_at_most():
    index = Index([entry(n, f"Télésoin{letter}") for n, letter in enumerate("abcdefgh", start=1)])
    offers = index.search(Query("télésoinnnn")).nearby
    assert len(offers) == 3
    assert all(index.search(Query(offer)).total for offer in offers)


def test_what_finds_something_has_no_offer():
    assert Index([entry(1, "Achat"), entry(2, "Achats")]).search(Query("achat", {"x": frozenset("y")})).nearby == ()
