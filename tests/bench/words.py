"""Pseudo-French text: real function and domain words among invented, inflected and accented ones, drawn by Zipf's law.

The domain words are what the bench searches for. They are spread over the ranks,
so that some are in one sheet out of two and others in one out of a thousand.
Nothing here depends on the machine or on the day.
"""

import random
from functools import cache
from itertools import accumulate

SIZE = 50_000
"""How many forms the vocabulary holds."""
EXPONENT = 1.08
"""Zipf's exponent, the one of the study's prototypes."""

FUNCTION_WORDS = (
    "de la le et les des à en du pour par une un dans sur au aux avec qui que est ou ce cette ces son sa ses leur leurs "
    "plus ne pas se sont être il elle ils elles peut doit selon entre chaque sans sous dont afin"
).split()

DOMAIN_WORDS = (
    "santé projet soins agence innovation patients numérique parcours établissement financement région prévention "
    "médecin hôpital accompagnement expérimentation territoire qualité données subvention équipe organisation partenaire "
    "évaluation maladie chronique domicile handicap autonomie personnes âgées télémédecine infirmier pharmacie urgence "
    "coordination prise charge dépistage recherche formation outil logiciel plateforme solution dispositif médical "
    "dérogation forfait convention appel candidature calendrier dossier dépôt instruction référent "
    "maternité pédiatrie psychiatrie addiction nutrition diabète cancer obésité rééducation gériatrie dialyse imagerie "
    "laboratoire biologie génomique robotique télésurveillance télésuivi visioconférence messagerie interopérabilité "
    "identité sécurité hébergement confidentialité consentement éthique usagers aidants bénévoles associations "
    "collectivité commune département intercommunalité métropole ruralité outre-mer littoral montagne mobilité transport "
    "logement emploi insertion précarité migrants détention scolaire université internat apprentissage simulation "
    "achat marché fournisseur entreprise prototype brevet maturité industrialisation exportation investissement amorçage "
    "trésorerie budget dépense comptabilité audit indicateur tableau statistique registre cohorte essai clinique"
).split()

ONSETS = "b c d f g l m n p r s t v br cl cr dr fl gr pl pr tr ch qu st sp".split()
NUCLEI = "a e i o u é è ê â ô î ou an on in eau oi ai".split()
CODAS = ["", "", "", "", "l", "r", "s", "c", "t", "n"]
ENDINGS = (
    " s e es é ée és ées er ement ation ations eur eurs euse ique iques ité ités able ables isme iste istes if ive"
).split(" ")


@cache
def vocabulary() -> tuple[str, ...]:
    """Return every form, the most frequent first; always the same ones."""
    draw = random.Random("vocabulary")
    forms: dict[str, None] = {}
    while len(forms) < SIZE:
        syllables = draw.choice((2, 2, 2, 3))
        root = "".join(draw.choice(ONSETS) + draw.choice(NUCLEI) for _ in range(syllables)) + draw.choice(CODAS)
        forms.update(dict.fromkeys(root + ending for ending in draw.sample(ENDINGS, 10)))
    known = {*FUNCTION_WORDS, *DOMAIN_WORDS}
    invented = [form for form in forms if form not in known]
    draw.shuffle(invented)
    ranked = [*FUNCTION_WORDS, *invented]
    for place, word in enumerate(domain_words()):
        ranked.insert(rank_of_domain_word(place), word)
    return tuple(ranked[:SIZE])


def domain_words() -> list[str]:
    """Return the words that the bench searches for, the most frequent first, each once."""
    return list(dict.fromkeys(DOMAIN_WORDS))


def rank_of_domain_word(place: int) -> int:
    """Return where a domain word stands among all words: the first just after the function words, the last far."""
    return int(len(FUNCTION_WORDS) * 1.032**place)


class Writer:
    """Draw words and sentences; the same seed writes the same text."""

    def __init__(self, seed: str):
        self.random = random.Random(seed)
        self.words = vocabulary()
        self.weights = list(accumulate(1 / rank**EXPONENT for rank in range(1, len(self.words) + 1)))

    def text(self, length: int) -> str:
        """Return so many words as one sentence."""
        drawn = " ".join(self.random.choices(self.words, cum_weights=self.weights, k=length))
        return f"{drawn[0].upper()}{drawn[1:]}."

    def title(self, length: int, limit: int) -> str:
        """Return words without a full stop, cut between two of them where a column is too short."""
        whole = self.text(length)[:-1]
        return whole if len(whole) <= limit else whole[: limit + 1].rpartition(" ")[0]
