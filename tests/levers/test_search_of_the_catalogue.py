"""What people who look for the real levers type, and what they find."""

import pytest

from levers.models import Lever
from levers.search import Index, Query
from levers.words import fold
from tests.levers.small_catalogues import entries_of_the_catalogue

GROUPS = [["maison de retraite", "EHPAD"], ["startup", "jeune pousse"], ["télésuivi", "télésurveillance"]]


@pytest.fixture
def search(catalogue):
    entries, labels = entries_of_the_catalogue()
    index = Index(entries, GROUPS, labels)
    return lambda text: index.search(Query(text))


def slugs(result) -> list[str]:
    by_key = dict(Lever.objects.values_list("pk", "slug"))
    return [by_key[key] for key in result.keys]


def test_three_slips_in_one_request_still_bring_the_regional_fund_first(search):
    result = search("subvantion inovation ehpad guadloupe")
    assert slugs(result)[0] == "fir"
    assert result.corrections == {
        "subvantion": ("subvention",), "inovation": ("innovation",), "guadloupe": ("guadeloupe",),
    }  # fmt: skip


def test_every_lever_comes_first_under_each_of_its_names(search, catalogue):
    for slug, lever in catalogue.items():
        for name in (lever.title, lever.short_name):
            assert slugs(search(name))[0] == slug, name


def test_every_name_typed_without_accents_in_capitals_gives_the_same_list(search, catalogue):
    for lever in catalogue.values():
        for text in (lever.title, lever.short_name, lever.summary[:120], *lever.aliases.splitlines()):
            assert search(fold(text).upper()).keys == search(text).keys, text


@pytest.mark.parametrize("asked", ["{}", "je cherche {}", "comment financer {}", "besoin d'argent pour {}", "créer {}"])
def test_saying_what_one_wants_changes_nothing(search, asked):
    assert search(asked.format("une maison de retraite")).keys == search("EHPAD").keys != ()


def test_a_sentence_without_an_answer_offers_what_has_one(search):
    result = search("hélicoptère pour un ehpad")
    assert result.total == 0
    assert result.nearby[0] == "ehpad"
