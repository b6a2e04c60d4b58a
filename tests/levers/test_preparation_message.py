"""A first message read again: what is found fault with, what is not, and that no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.preparation.message import AROUND, LONG, QUOTES, SHORT, Known, Text, review
from levers.preparation.message_expected import EXPECTED, USEFUL
from levers.preparation.message_words import WORDS

KNOWN = Known(
    places=("Occitanie", "La Réunion", "Corse", "Grand Est", "Haute-Garonne", "Cher", "Lot", "Val-d'Oise", "Ain"),
    levers=("FIR", "Fonds d'intervention régional", "Article 51", "MIG"),
)

GOOD = """Madame, Monsieur,
Nous sommes un EHPAD de Haute-Garonne. Les chutes de nos résidents ont augmenté de 20 % depuis 2024.
Avec le CHU de Toulouse, nous voulons essayer pendant six mois un sol qui amortit les chocs, pour réduire les
fractures et les hospitalisations. Le prototype a été testé dans un service.
Ce projet répond à l'objectif « bien vieillir » du projet régional de santé et à la stratégie nationale de santé.
Nous souhaitons un entretien pour savoir si ce besoin existe ailleurs et quel levier conviendrait.
"""


def keys(found) -> list[str]:
    return [one.sign.key for one in found]


def words(text: str) -> dict[str, list[str]]:
    """Return the words found fault with, by sign."""
    return {one.sign.key: [quote.words for quote in one.quotes] for one in review(text, KNOWN).words}


# --- Words that harm --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nous proposons un partenariat.", "partenariat"),
        ("PARTENARIATS possibles", "PARTENARIATS"),
        ("une démarche partenariale", "partenariale"),
        ("un partenariat public-privé avec l’ARS", "partenariat"),
        ("un partenariat avec votre agence", "partenariat"),
        ("Nous aimerions devenir votre partenaire.", "devenir votre partenaire"),
        ("n'hésitez pas à nous proposer un partenariat", "partenariat"),
        ("pourquoi pas un partenariat ?", "partenariat"),
        ("pas seulement un avis, mais un partenariat", "partenariat"),
        ("Nous n'avons pas de terrain et nous cherchons un partenariat", "partenariat"),
        ("Nous ne vous connaissons pas. Un partenariat serait utile.", "partenariat"),
    ],
)
def test_partnership_comes_too_soon(text, found):
    assert words(text) == {"partnership": [found]}


@pytest.mark.parametrize(
    "text",
    [
        "Nous ne cherchons pas de partenariat.",
        "Il ne s'agit pas, à ce stade, d'un partenariat.",
        "sans partenariat",
        "Un partenariat n'est pas recherché.",
        "Nous ne demandons plus de partenariat.",
        "Nous travaillons en partenariat avec le CHU de Toulouse.",
        "un partenariat étroit avec trois EHPAD",
        "un partenariat financé par le FIR",
        "un partenariat dans le cadre de l'article 51",
        "Les partants sont nombreux.",
    ],
)
def test_partnership_is_no_mistake_when_it_is_denied_is_with_others_or_follows_from_a_lever(text):
    assert "partnership" not in words(text)


def test_a_small_word_that_looks_like_an_acronym_names_no_lever():
    assert "partnership" in words("un partenariat, mon ami, pour le fir et la mig")


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("Nous demandons un label de l'ARS", "label", ["label"]),
        ("des LABELS et une caution scientifique", "label", ["LABELS", "caution"]),
        ("pour donner de la visibilité à notre produit", "label", ["donner de la visibilité"]),
        ("votre logo sur notre plaquette", "label", ["votre logo"]),
        ("un produit validé par l’agence", "label", ["validé par l’agence"]),
        ("Affichage de votre soutien officiel", "label", ["Affichage", "soutien officiel"]),
        ("vous trouverez un devis et nos tarifs", "selling", ["devis", "nos tarifs"]),
        ("Merci de répondre au plus vite", "haste", ["au plus vite"]),
        ("une réponse très rapide, sous 48h", "haste", ["réponse très rapide", "sous 48h"]),
        ("Bonjour [Nom de l'ARS], XXX", "copy", ["[Nom de l'ARS]", "XXX"]),
        ("Mesdames et Messieurs les directeurs", "copy", ["Mesdames et Messieurs les directeurs"]),
        ("une solution révolutionnaire et unique au monde", "boast", ["révolutionnaire", "unique au monde"]),
        ("un produit sans équivalent", "boast", ["sans équivalent"]),
    ],
)
def test_the_other_words_that_harm_are_quoted_as_they_are_written(text, key, found):
    assert words(text) == {key: found}


@pytest.mark.parametrize(
    "text",
    [
        "sans label, affichage ou caution",
        "Nous ne voulons ni label ni caution de votre part.",
        "Aucun affichage n'est demandé.",
        "un écran d'affichage dans la salle d'attente",
        "les urgences de l'hôpital, où les patients arrivent en urgence",
        "l'étiquette du médicament",
        "un hôpital de jour et son équipe",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert words(text) == {}


def test_apostrophes_accents_and_case_change_nothing():
    plain = words("un label et un partenariat, valide par l'agence")
    assert set(words("UN LABEL ET UN PARTENARIAT, VALIDÉ PAR L’AGENCE")) == set(plain)


def test_words_are_quoted_with_what_stands_around_them_and_at_most_three_times():
    (found,) = review("Un label. " * 9).words
    assert len(found.quotes) == QUOTES
    (found,) = review(
        "Nous voudrions vraiment que vous nous accordiez enfin ce label tant attendu par nos équipes ici et ailleurs"
    ).words
    (quote,) = found.quotes
    assert (quote.before, quote.words) == ("… que vous nous accordiez enfin ce ", "label")
    assert quote.after.startswith(" tant attendu")
    assert quote.after.endswith(" …")
    assert len(quote.before) <= AROUND + 2


# --- What is missing --------------------------------------------------------


def test_a_message_that_says_everything_has_nothing_to_change():
    found = review(GOOD, KNOWN)
    assert (found.words, found.expected, found.useful, found.to_change) == ((), (), (), 0)
    assert keys(found.good) == [sign.key for sign in (*EXPECTED, *USEFUL)]
    assert not found.is_short
    assert not found.is_long


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("de Haute-Garonne", []),
        (" et à la stratégie nationale de santé", ["national"]),
        (
            "Nous souhaitons un entretien pour savoir si ce besoin existe ailleurs et quel levier conviendrait.",
            ["request"],
        ),
    ],
)
def test_what_is_taken_out_is_what_is_missed(part, missing):
    assert part in GOOD
    assert keys(review(GOOD.replace(part, ""), KNOWN).expected) == missing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("en Occitanie", True),
        ("en occitanie", True),
        ("EN OCCITANIE", True),
        ("à La Réunion", True),
        ("haute garonne", True),
        ("dans le Lot", True),
        ("dans l'Ain", True),
        ("le Val-d’Oise", True),
        ("notre PRS", True),
        ("le projet régional de santé", True),
        ("les projets régionaux de santé", True),
        ("lors de la réunion du lot", False),
        ("Cher Monsieur", False),
        ("CHER MONSIEUR", False),
        ("une main", False),
        ("notre région", False),
    ],
)
def test_a_region_is_cited_by_its_name_or_by_its_health_project(text, named):
    assert ("region" in keys(review(text, KNOWN).good)) is named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("moins de chutes chez les résidents", True),
        ("Améliorer l'accès aux soins des usagers", True),
        ("nos patients sont contents", False),
        ("réduire les coûts", False),
    ],
)
def test_an_effect_on_health_takes_somebody_and_something(text, said):
    assert ("health" in keys(review(text).good)) is said


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("Nous souhaitons un rendez-vous.", True),
        ("Pourriez-vous nous dire quel service contacter ?", True),
        ("Je cherche un terrain d'essai.", True),
        ("Nous souhaitons avancer.", False),
        ("Restant à votre disposition.", False),
    ],
)
def test_a_request_takes_a_verb_and_an_object(text, clear):
    assert ("request" in keys(review(text).good)) is clear


def test_a_message_too_short_or_too_long_is_told():
    assert review("Bonjour.").is_short
    assert not review("mot " * SHORT).is_short
    assert not review("mot " * LONG).is_long
    assert review("mot " * (LONG + 1)).is_long


def test_every_sign_says_why_what_to_write_instead_and_where_the_guide_says_it():
    signs = (*WORDS, *EXPECTED, *USEFUL)
    assert len({sign.key for sign in signs}) == len(signs)
    assert [sign.key for sign in signs if not (sign.title and sign.why and sign.instead and sign.said.locator)] == []
    assert [sign.key for sign in (*EXPECTED, *USEFUL) if not sign.good] == []


# --- Any text ---------------------------------------------------------------


WORDS_THAT_COUNT = st.sampled_from(
    [
        "partenariat",
        "label",
        "pas",
        "n'",
        "ne",
        "sans",
        "avec",
        "l’ARS",
        "Lot",
        "le",
        "[",
        "]",
        "<",
        "…",
        ",",
        ".",
        "\n",
    ]
)


@given(st.text(max_size=400) | st.lists(WORDS_THAT_COUNT, max_size=60).map(" ".join))
def test_no_text_breaks_the_reading_and_what_is_quoted_is_there(text):
    found = review(text, KNOWN)
    for one in (*found.words, *found.good):
        assert one.quotes
        for quote in one.quotes:
            assert quote.words
            assert quote.words in text
    assert len(found.expected) + len(found.useful) + len(found.good) == len(EXPECTED) + len(USEFUL)


@given(st.text(max_size=200))
def test_every_part_of_the_plain_text_leads_back_to_what_was_written(text):
    plain = Text(text)
    assert all(plain.written(place, place + 1) in text for place in range(len(plain.plain)))
    assert plain.written(0, 0) == ""


@given(st.text(max_size=200))
def test_without_names_nothing_is_named(text):
    assert [quote for one in review(text, Known()).good if one.sign.key == "region" for quote in one.quotes] == [
        quote
        for one in review(text, Known(places=("Zzyzx-Nulle-Part",))).good
        if one.sign.key == "region"
        for quote in one.quotes
    ]
