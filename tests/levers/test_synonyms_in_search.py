"""What groups of synonyms change in a search."""

import pytest

from levers.search import Index, Query
from tests.levers.small_catalogues import entry, found

GROUPS = [["startup", "jeune pousse"], ["télésuivi", "télésurveillance"], ["maison de retraite", "EHPAD"]]

MEANT = [
    ("one word for another", "télésuivi", "Télésurveillance"),
    ("one word for several", "startup", "Aide aux jeunes pousses"),
    ("several words for one", "jeune pousse", "Startups"),
    ("an acronym for its expansion", "EHPAD", "Maisons de retraite"),
    ("an expansion for its acronym", "maison de retraite", "EHPAD"),
    ("an expression without its little words", "maisons retraite", "EHPAD"),
    ("capitals without accents", "TELESUIVI", "télésurveillance"),
    ("a slip in a word", "telesuvi", "Télésurveillance"),
    ("a slip in an expression", "jeune pouse", "Startup"),
    ("a slip in another", "mason de retraite", "EHPAD"),
    ("an expression among other words", "achat maison de retraite régional", "Achat régional pour EHPAD"),
    ("an intention around it", "je veux créer une startup", "Jeune pousse"),
]


@pytest.mark.parametrize(("typed", "title"), [pytest.param(*row[1:], id=row[0]) for row in MEANT])
def test_a_group_finds(typed, title):
    assert found(typed, entry(1, "Pouce, pause et maison"), entry(2, title), synonyms=GROUPS) == (2,)


def test_every_word_of_an_expression_is_needed():
    assert found("startup", entry(1, "Jeune médecin"), entry(2, "Pousse"), synonyms=GROUPS) == ()


def test_an_expression_counts_where_its_last_word_is_found():
    entries = [entry(1, "Jeune", body="pousse"), entry(2, "Autre", summary="startup")]
    assert found("jeune pousse", *entries, synonyms=GROUPS) == (2, 1)


def test_a_synonym_hides_nothing_that_was_found_before():
    entries = [entry(1, "Télésuivi"), entry(2, "Téléphonie"), entry(3, "Écran")]
    assert found("télé", *entries) == (1, 2)
    assert found("télé", *entries, synonyms=[["télé", "écran"]]) == (1, 2, 3)


def test_the_longest_expression_is_understood():
    groups = [["maison", "domicile"], ["maison de santé", "MSP"]]
    assert found("maison de santé", entry(1, "MSP"), entry(2, "Domicile"), synonyms=groups) == (1,)


def test_an_expression_in_two_groups_means_both():
    groups = [["DUI", "dossier informatisé"], ["DUI", "dispositif unique"]]
    entries = [entry(1, "Dossier informatisé"), entry(2, "Dispositif unique"), entry(3, "Autre")]
    assert found("dui", *entries, synonyms=groups) == (1, 2)


def test_an_expression_with_an_intention_keeps_it():
    groups = [["aide à domicile", "SAAD"]]
    entries = [entry(1, "Domicile"), entry(2, "SAAD"), entry(3, "Aide à domicile")]
    assert found("aide à domicile", *entries) == (3, 1)  # called exactly so, then « domicile » alone
    assert found("aide à domicile", *entries, synonyms=groups) == (3, 2)


def test_the_word_taken_in_an_expression_is_the_one_that_makes_it():
    index = Index([entry(1, "Startup"), entry(2, "Pouce"), entry(3, "Pouce jeune")], GROUPS)
    result = index.search(Query("jeune pouse"))
    assert result.corrections == {"pouse": ("pousse",)}
    assert result.keys == (1,)


def test_a_word_that_only_curators_know_is_not_corrected():
    result = Index([entry(1, "Pouce")], GROUPS).search(Query("pousse"))
    assert (result.total, result.corrections) == (0, {})


@pytest.mark.parametrize("group", [[], [""], ["de la", "!"], ["seul"]])
def test_a_poor_group_spoils_nothing(group):
    assert found("achat", entry(1, "Achat seul"), synonyms=[group]) == (1,)
