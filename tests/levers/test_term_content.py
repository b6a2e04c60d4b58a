"""The words that the portal must know: the guide's whole glossary, the homonyms, the slips, what its pages use."""

import re
from collections import defaultdict

import pytest

from levers.glossary.book import meanings
from levers.models import Term
from levers.words import fold

GUIDE = (
    "AAC AAP AMI AMP APIST BOAMP CAQES CCAS CCI CD CGSS CNSA CPAM CPOM CR CSIS DAJ DGOS DMP DPN EDS EHPAD ES ESMS "
    "ETAPES FIR FISS GCS GHT GIP GIRCI GRADES HAD IPEP LFSS MAPA MIG MSP NTIC PEPS PGSSI-S PH PIA PME PRS RESAH SAAD "
    "SGPI SNS SPASAD TIGA TRL UGAP URPS"
).split()
"""The 54 entries of the guide's glossary, as it writes them."""

USED_AND_NOT_DEFINED = (
    "GCSMS HOP'EN CLCC AFD ANAH GIR DCGDR DAC PCO CAMSP CSAPA CAARUD NGAP PTSM CPT DUI OG ENS SDSI MSS ROR CNP"
).split()
"""What the founding documents use without saying what it is."""

HOMONYMS = {
    "CSIS": ["conseil stratégique de l'innovation en santé", "conseil stratégique des industries de santé"],
    "EDS": ["entrepôt de données de santé", "épisode de soins"],
    "SAS": ["phase de transition après une expérimentation", "service d'accès aux soins"],
    "PH": ["personne handicapée", "praticien hospitalier"],
    "CR": ["compte rendu", "conseil régional"],
    "AMP": ["aide médico-psychologique", "assistance médicale à la procréation"],
    "APA": ["activité physique adaptée", "allocation personnalisée d'autonomie"],
    "SAD": ["service autonomie à domicile", "système d'acquisition dynamique"],
    "cahier des charges": [
        "ce que l'organisateur d'un appel demande",
        "la description d'une expérimentation de l'article 51",
    ],
}

SLIPS = {
    "CAQES": "Effizienz",
    "FIR": "« fond »",
    "NTIC": "et de la communication",
    "PEPS": "forfaitaire",
    "DGOS": "organisation des soins",
    "CGSS": "caisse générales",
    "UGAP": "aucune de ses fiches",
    "Resah": "RESAH",
    "GRADeS": "GRADES",
    "GCS": "groupe",
    "GHT": "groupe",
    "GIP": "groupe",
    "GIRCI": "groupe",
}


@pytest.fixture
def terms(catalogue) -> dict[str, list[Term]]:
    """Return the words by each way of writing them."""
    found = defaultdict(list)
    for term in Term.objects.select_related("source"):
        for spelling in {term.acronym, *term.aliases.split("\n")} - {""}:
            found[spelling].append(term)
    return found


def test_every_entry_of_the_guide_is_known_with_the_line_where_it_stands(terms):
    assert len(GUIDE) == 54
    for acronym in GUIDE:
        lines = [term.locator for term in terms[acronym] if term.source.slug == "apist-guide-2020"]
        assert any(re.match(r"Glossaire, ligne \d+$", line) for line in lines), acronym


@pytest.mark.parametrize("acronym", USED_AND_NOT_DEFINED)
def test_what_the_documents_use_without_defining_it_is_defined(acronym, terms):
    assert len(terms[acronym]) == 1


@pytest.mark.parametrize(("acronym", "senses"), HOMONYMS.items())
def test_homonyms_are_kept_apart_each_with_its_field_and_never_developed_in_pages(acronym, senses, terms):
    assert sorted(term.meaning for term in terms[acronym]) == sorted(senses, key=str)
    assert len({term.field for term in terms[acronym]} - {""}) == len(senses)
    known = meanings(Term.objects.all())
    assert acronym not in known or known[acronym].words == ""


def test_no_other_acronym_has_two_meanings_or_says_a_field_for_nothing(terms):
    several = {acronym for acronym, rows in terms.items() if len(rows) > 1}
    assert several - {"CDC"} == set(HOMONYMS)
    assert {term.acronym for rows in terms.values() for term in rows if term.field} == set(HOMONYMS)


@pytest.mark.parametrize(("acronym", "said"), SLIPS.items())
def test_the_slips_of_the_guide_are_corrected_and_said(acronym, said, terms):
    (term,) = terms[acronym]
    assert said in term.slip


def test_the_corrected_words_are_the_right_ones(terms):
    right = {
        "CAQES": "contrat d'amélioration de la qualité et de l'efficience des soins",
        "FIR": "fonds d'intervention régional",
        "NTIC": "nouvelles technologies de l'information et de la communication",
        "PEPS": "paiement forfaitaire en équipe de professionnels de santé en ville",
        "DGOS": "direction générale de l'offre de soins",
        "CGSS": "caisse générale de sécurité sociale",
    }
    assert {acronym: terms[acronym][0].meaning for acronym in right} == right


def test_every_word_says_something_in_plain_words_with_its_source(terms):
    for rows in terms.values():
        for term in rows:
            assert term.text, term.slug
            assert term.locator or term.source.reliability == "to-check", term.slug
            assert not term.meaning.endswith("."), term.slug
            assert not re.search(r"\b[A-Z]{3,}\b", term.meaning), f"{term.slug} is explained by another acronym"


def test_words_are_found_by_their_slug_whatever_their_letters(terms):
    slugs = [term.slug for rows in terms.values() for term in rows]
    assert all(slug == fold(slug) for slug in slugs)
