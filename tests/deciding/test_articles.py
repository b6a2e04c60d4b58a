"""The name of a body in a sentence: its article, contracted and elided; a proper name takes none."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from projects.letters.articles import after, article_of, of, opening, placed, sorting, the
from projects.letters.defaults import DEFAULTS
from projects.letters.substitution import fill
from projects.letters.variables import EXAMPLES

AGENCIES = [
    one["fields"]["name"] for one in yaml.safe_load(Path("fixtures/agencies.yaml").read_text()) if "fields" in one
]
OF = {
    "ARS Guadeloupe": "de l'ARS Guadeloupe",
    "GRADeS de Guadeloupe": "du GRADeS de Guadeloupe",
    "DGOS": "de la DGOS",
    "CNSA": "de la CNSA",
    "Conseil départemental d'exemple": "du Conseil départemental d'exemple",
    "EHPAD des Fougères": "de l'EHPAD des Fougères",
    "CHU d'exemple": "du CHU d'exemple",
    "Hôpital d'exemple": "de l'Hôpital d'exemple",
    "Haute Autorité d'exemple": "de la Haute Autorité d'exemple",
    "Hospices d'exemple": "des Hospices d'exemple",
    "Maison de santé d'exemple": "de la Maison de santé d'exemple",
    "Union régionale d'exemple": "de l'Union régionale d'exemple",
    "Établissement d'exemple": "de l'Établissement d'exemple",
    "Alice Martin": "d'Alice Martin",
    "Dominique Martin": "de Dominique Martin",
    "Les Lilas": "de Les Lilas",
}


def test_a_list_ranks_names_without_their_article_accents_and_capitals():
    regions = ["Corse", "Grand Est", "Île-de-France", "Occitanie", "La Réunion", "Savoie"]
    assert sorted(set(regions), key=sorting) == regions
    assert sorting("L'Estuaire") == sorting("l’estuaire") == "estuaire"
    assert sorting("Landes") == "landes"


@pytest.mark.parametrize("name", AGENCIES)
def test_the_eighteen_agencies_are_feminine_and_elided(name):
    assert len(AGENCIES) == 18
    assert (the(name), of(name)) == (f"l'{name}", f"de l'{name}")
    assert opening(name) == f"L'{name}"


@pytest.mark.parametrize(("name", "words"), OF.items())
def test_other_bodies_take_the_article_of_their_first_word(name, words):
    assert of(name) == words


@pytest.mark.parametrize(
    ("preposition", "name", "words"),
    [
        ("à", "Groupement d'exemple", "au Groupement d'exemple"),
        ("À", "Hospices d'exemple", "Aux Hospices d'exemple"),
        ("Entre", "ARS Guadeloupe", "Entre l'ARS Guadeloupe"),
        ("par", "Dominique Martin", "par Dominique Martin"),
        ("De", "Centre d'exemple", "Du Centre d'exemple"),
    ],
)
def test_a_preposition_is_contracted_and_keeps_its_case(preposition, name, words):
    assert after(preposition, name) == words


TEMPLATES = {
    "La demande de {{organisme}} est reçue par {{agence}}.": "La demande du Centre d'exemple est reçue par l'ARS Guadeloupe.",
    "Entre {{agence}} et {{organisme}}{{si siret}}, SIRET {{siret}}{{fin}}.": "Entre l'ARS Guadeloupe et le Centre d'exemple.",
    "{{agence}} décide :": "L'ARS Guadeloupe décide :",
    "Motifs.\n\n- {{agence}} paie.": "Motifs.\n\n- L'ARS Guadeloupe paie.",
    "Agence : {{agence}}": "Agence : ARS Guadeloupe",
    "{{agence}}": "ARS Guadeloupe",
    "{{agence}}\nService": "ARS Guadeloupe\nService",
    "au nom de l'{{agence}}": "au nom de l'ARS Guadeloupe",
    "le projet de {{projet}}": "le projet de à vérifier",
    "un avis de {{si siret}}x{{fin}}{{agence}}": "un avis de ARS Guadeloupe",
}


@pytest.mark.parametrize(("text", "words"), TEMPLATES.items())
def test_a_template_needs_not_know_whom_it_will_name(text, words):
    assert fill(text, {"agence": "ARS Guadeloupe", "organisme": "Centre d'exemple"}) == words


def test_a_name_that_is_missing_stays_to_be_checked():
    assert fill("la demande de {{organisme}}", {}) == "la demande de à vérifier"


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda one: f"{one.key}-{one.procedure_key}")
def test_no_letter_of_the_repository_names_a_body_without_its_article(default):
    words = fill(default.text, EXAMPLES | {"agence": "Agence d'exemple", "organisme": "Organisme d'exemple"})
    for bare in ("de Agence", "de Organisme", "et Organisme", "ntre Agence", "\nAgence"):
        assert bare not in words
    assert not words.startswith("Agence")


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20))
def test_a_name_stays_whole_whatever_is_around_it(before, name, then):
    said = "".join(placed(before, name, then))
    assert said.lower().endswith(name.lower()) or said.endswith(name)
    assert article_of(name) in ("", "l'", "la ", "le ", "les ")
