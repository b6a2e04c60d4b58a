"""The third condition: the right moment, and the nine levels of maturity in plain words."""

from dataclasses import dataclass

from levers.preparation.parts import CALLS, DIRECTORY, LEVERS, MESSAGE, Condition, Item, Said


@dataclass(frozen=True, slots=True)
class Level:
    """A level of maturity: what is known at that point, in plain words, with an example."""

    number: int
    name: str
    words: str


LEVELS = (
    Level(1, "Une observation", "Un phénomène est connu. Il n'y a pas encore d'invention."),
    Level(2, "Une idée d'usage", "On imagine à quoi cela pourrait servir. Rien n'est essayé."),
    Level(3, "Un premier essai", "Une expérience montre que l'idée tient, sur un point au moins."),
    Level(4, "Une maquette au laboratoire", "Les morceaux fonctionnent ensemble, chez vous, loin des patients."),
    Level(5, "Une maquette dans des conditions proches du réel", "On la soumet à de vraies contraintes."),
    Level(6, "Un prototype montré", "Il fait ce qui est promis dans un lieu qui ressemble à celui d'usage."),
    Level(7, "Un prototype sur le terrain", "Il est utilisé dans un vrai service, par de vraies équipes, pour voir."),
    Level(8, "Un produit achevé", "Il est terminé, vérifié et prêt à servir."),
    Level(9, "Un produit éprouvé", "Il sert déjà tous les jours et a donné des résultats."),
)

LEVELS_SAID = Said(
    "définition des niveaux, dite ici en mots simples",
    source="",
    title="Le TRL, Technology Readiness Level (MetalBlog, 2022)",
    url="https://metalblog.ctif.com/2022/04/25/le-trl-technology-readiness-level/",
    sure=False,
)
"""The guide names the scale and does not give its levels."""

ADVICE = (
    (3, "L'idée se cherche encore. Demandez un entretien pour savoir si le besoin existe, sans demander d'argent."),
    (6, "La solution prend forme. Demandez un avis d'expert et cherchez où l'essayer avec des soignants."),
    (8, "La solution se montre. Cherchez un appel ou une expérimentation, avec un établissement qui porte."),
    (9, "La solution sert déjà. Parlez de déploiement ou d'achat, avec vos résultats en main."),
)
"""What one may expect of a meeting up to each level: our reading of the guide, which gives no table."""


def advice_at(level: int) -> str:
    """Return what a meeting is useful for at a level of maturity, from 1 to 9."""
    return next(words for highest, words in ADVICE if level <= highest)


MOMENT = Condition(
    slug="bon-moment",
    title="Le bon moment",
    short="Dire où en est le projet, ce que vous attendez, et quand.",
    intro="On peut venir tôt, à condition de le dire. Une première rencontre sert à confirmer le besoin, à valider la "
    "direction prise, à entendre un expert et à trouver les bonnes personnes.",
    said=Said("lignes 872 à 883"),
    items=(
        Item(
            "moment_maturity",
            "Je dis franchement où en est le projet",
            "L'échelle de maturité technologique (TRL, « technology readiness level ») va de 1 à 9 : elle est "
            "expliquée ci-dessous. Pour un projet sans technologie, dites ce qui a déjà été essayé, et où.",
            "On ne demande pas la même chose pour une idée et pour un produit fini.",
            Said("lignes 874 à 876"),
            (LEVERS,),
        ),
        Item(
            "moment_expectation",
            "Je dis ce que j'attends de la rencontre",
            "Un avis, une orientation, un contact, un terrain d'essai, une réponse sur un financement : une attente "
            "ou deux, écrites.",
            "Sans attente claire, l'agence ne sait ni qui inviter ni quoi préparer.",
            Said("lignes 874 à 880"),
            (MESSAGE,),
        ),
        Item(
            "moment_early",
            "Je viens assez tôt pour pouvoir changer le projet",
            "Demandez un entretien de découverte avant d'avoir tout figé.",
            "Un conseil utile arrive trop tard si tout est déjà décidé.",
            Said("ligne 880"),
            (DIRECTORY,),
        ),
        Item(
            "moment_economy",
            "Je vois en parallèle ceux qui aident les entreprises",
            "Chambre de commerce et d'industrie, pôle de compétitivité, incubateur, région : ils aident sur la "
            "propriété intellectuelle, les règles à suivre et la confidentialité.",
            "Ces sujets ne sont pas le métier de l'agence de santé.",
            Said("ligne 881"),
            (DIRECTORY,),
        ),
        Item(
            "moment_financing",
            "J'ai un plan de financement calé sur les dates des appels",
            "Un tableau simple : ce que cela coûte, qui paie quoi, quand. Mettez en face les dates des appels.",
            "Un appel manqué fait souvent perdre un an.",
            Said("ligne 882"),
            (CALLS,),
        ),
        Item(
            "moment_calendar",
            "J'ai un calendrier du projet à montrer",
            "Les grandes étapes, mois par mois, avec ce qui dépend de l'agence et ce qui n'en dépend pas.",
            "L'agence voit tout de suite si ses propres délais peuvent suivre.",
            Said("lignes 883 et 913"),
        ),
    ),
)
