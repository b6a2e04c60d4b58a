"""The fifth condition: the mistakes to avoid, each said as what one checks."""

from levers.preparation.parts import (
    BUYING,
    DIAGNOSTIC,
    DIRECTORY,
    LEVERS,
    MESSAGE,
    POLICIES,
    Condition,
    Item,
    Said,
)

MISTAKES = Condition(
    slug="erreurs-a-eviter",
    title="Les erreurs à éviter",
    short="Huit faux pas fréquents, et comment s'en assurer.",
    intro="Ces huit erreurs reviennent souvent, selon les agences et les entreprises qui ont écrit le guide. Cochez "
    "« Oui » quand vous êtes sûr de ne pas les commettre.",
    said=Said("lignes 899 à 913"),
    items=(
        Item(
            "mistake_opaque",
            "Mes intentions sont claires, et le rendez-vous portera sur le sujet annoncé",
            "Dites vos objectifs, l'effet attendu et ce que vous demandez. Ne profitez pas de la rencontre pour parler "
            "d'autre chose.",
            "La confiance perdue au premier rendez-vous ne se retrouve pas au second.",
            Said("ligne 903"),
            (MESSAGE,),
        ),
        Item(
            "mistake_copy",
            "Ma présentation parle de cette région, et n'est pas la même pour tous",
            "Citez le contexte national et régional de votre thème, avec ses chiffres et ses textes.",
            "Une présentation recopiée d'une agence à l'autre se voit dès la première page.",
            Said("ligne 904"),
            (POLICIES,),
        ),
        Item(
            "mistake_label",
            "Je ne cherche ni un label ni une caution de l'agence",
            "L'agence ne donne pas son nom pour aider à vendre. Si vous voulez vendre à un hôpital, c'est un achat "
            "public.",
            "Une autorité publique doit rester neutre entre les entreprises.",
            Said("ligne 905"),
            (BUYING,),
        ),
        Item(
            "mistake_impact",
            "Je montre ce que les patients ou les usagers y gagnent",
            "Moins d'hospitalisations, un accès plus rapide, une meilleure qualité de vie : donnez un effet, et "
            "comment vous le mesurerez.",
            "L'agence agit pour la santé publique, pas pour la performance d'un produit.",
            Said("ligne 906"),
        ),
        Item(
            "mistake_expertise",
            "Je reste dans mon métier et je m'entoure pour le reste",
            "Un soignant pour le soin, un juriste pour le droit, un établissement pour le terrain.",
            "Personne ne sait tout faire ; le dire rassure.",
            Said("ligne 907"),
            (DIRECTORY,),
        ),
        Item(
            "mistake_audience",
            "J'adapte mes mots à la personne que je rencontre",
            "Une direction de métier attend le soin et le parcours ; une direction de moyens attend le budget et le "
            "calendrier.",
            "Le bon discours devant la mauvaise personne ne sert à rien.",
            Said("ligne 911"),
            (DIRECTORY,),
        ),
        Item(
            "mistake_partnership",
            "Je ne parle pas de « partenariat » avant de savoir lequel",
            "Demandez d'abord quelle forme de travail commun est possible et par quel levier. Le mot viendra après.",
            "« Partenariat » ne veut rien dire tant qu'on ne sait ni ce qui est fait, ni ce qui le permet.",
            Said("ligne 912"),
            (LEVERS, DIAGNOSTIC),
        ),
        Item(
            "mistake_time",
            "Je compte avec le temps d'une administration",
            "Comités, budgets annuels, avis : prévoyez des mois, et demandez les dates.",
            "Un projet qui exige une réponse dans la semaine se ferme la porte.",
            Said("ligne 913"),
            (LEVERS,),
        ),
    ),
)
