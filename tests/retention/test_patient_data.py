"""What looks like a patient's data, and what only has figures in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir

from projects.content.patient_data import Sign, signs_in, suspicions, warning
from tests.people_factories import invented_rpps, invented_siret

INVENTED = "2951099126111" + nir.calc_check_digits("2951099126111")

FOUND = {
    f"Assurée {INVENTED}, suivie à domicile.": [Sign.SOCIAL_SECURITY],
    f"n° {nir.format(INVENTED)}": [Sign.SOCIAL_SECURITY],
    "NIR : 2.95.10.99.126.111.93": [Sign.SOCIAL_SECURITY],
    "253072B07300470": [Sign.SOCIAL_SECURITY],
    "Camille Patiente, née le 12/03/1950, vit seule.": [Sign.BIRTH],
    "Mme D., née le 3 mars 1948": [Sign.BIRTH],
    "Patient Durand, date de naissance : 1950-03-12": [Sign.BIRTH],
    "Jean-Marc DUPONT né(e) le 1er avril 1950": [Sign.BIRTH],
    f"M. Essai, né le 12/03/50, {INVENTED}": [Sign.BIRTH, Sign.SOCIAL_SECURITY],
}


@pytest.mark.parametrize("text", FOUND)
def test_what_looks_like_a_patient_s(text):
    assert [one.sign for one in suspicions(text)] == FOUND[text]


NOTHING = [
    "",
    "SIRET 552 100 554 00025, FINESS 970100186",
    "Téléphone : 01 23 45 67 89, +33 1 23 45 67 89",
    "Budget : 1 850 000 000 000 000 € ; 295 109 912 611 193 euros",
    f"Facture 12 {INVENTED} 45, dans une suite de chiffres",
    INVENTED[:-2] + f"{(int(INVENTED[-2:]) + 1) % 97:02d}",
    "IBAN FR76 3000 6000 0112 3456 7890 189",
    "L'association, née le 3 mars 1998, est présidée par Mme Martin.",
    "Convention du 12/03/2026 signée par Camille Porteur",
    "Les résidents nés avant 1940 sont 42.",
    "Loi du 12 mars 2010",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_only_figures_dates_or_names(text):
    assert suspicions(text) == []


@given(st.integers(0, 9_999_999))
def test_no_siret_and_no_rpps_is_ever_taken_for_a_patient_s(rank):
    assert suspicions(f"{invented_siret(rank)} {invented_rpps(rank % 1_000_000)}") == []


@given(st.text())
def test_any_text_is_read_and_what_is_found_is_in_it(text):
    assert all(0 <= one.start < one.end <= len(text) for one in suspicions(text))


def test_the_sentence_asks_to_read_again_and_says_why():
    assert warning(signs_in(["rien", "ni ici"])) == ""
    sentence = warning(signs_in(["Mme D., née le 3 mars 1948", INVENTED, INVENTED]))
    assert sentence.startswith(
        "Relisez : on dirait un numéro de sécurité sociale et un nom suivi d'une date de naissance."
    )
