"""The words that harm in a first message, after the mistakes of the guide. Pure."""

import re

from levers.preparation.parts import Said
from levers.preparation.signs import Sign, any_of

PARTNERSHIP = "partnership"
BOAST = "boast"

WORDS = (
    Sign(
        PARTNERSHIP,
        "Le mot « partenariat » vient trop tôt",
        "Rien ne dit encore quelle forme de travail commun est possible, ni par quel levier.",
        "Dites ce que vous proposez de faire ensemble, et demandez quel levier le permettrait. Par exemple : « nous "
        "cherchons un service de gériatrie prêt à essayer la solution pendant six mois ».",
        Said("ligne 912"),
        (
            any_of(
                r"partenaria(?:t|ts|l|le|les|ux)",
                r"devenir (?:un |l'un de |votre |vos )?partenaires?",
                r"(?:votre|un) partenaire (?:officiel|strategique|privilegie|de confiance)",
            ),
        ),
    ),
    Sign(
        "label",
        "Le message cherche un label ou une caution",
        "L'agence doit rester neutre : elle ne prête pas son nom à un produit.",
        "Retirez la demande. Dites plutôt quel résultat vous voulez obtenir, et comment il sera évalué.",
        Said("ligne 905"),
        (
            any_of(
                r"labels?",
                r"labellisations?",
                r"(?:etre|sera|serait|nous) labellise\w*",
                r"labelliser",
                r"(?<!ecran d')(?<!ecrans d')(?<!panneau d')(?<!panneaux d')affichages?(?! dynamique)",
                r"cautions?",
                r"cautionn\w+",
                r"parrainages?",
                r"parrainer",
                r"votre logo|logo de (?:l'ars|l'agence|votre agence)",
                r"soutien (?:officiel|institutionnel)",
                r"(?:notre|donner de la|gagner en) visibilite",
                r"(?:recommande|valide|approuve)\w* par (?:l'ars|l'agence|votre agence)",
            ),
        ),
    ),
    Sign(
        "selling",
        "Le message ressemble à une offre commerciale",
        "Une subvention n'est pas un prix : ce qu'une agence ou un hôpital achète suit les règles de la commande "
        "publique.",
        "Si vous cherchez un acheteur, voyez la page « Commande publique ». Sinon, parlez du besoin et de l'essai, "
        "pas du tarif.",
        Said("lignes 163 à 164"),
        (
            any_of(
                r"devis",
                r"(?:offres?|propositions?) commerciales?",
                r"nos (?:prix|tarifs|clients)",
                r"bons? de commande",
                r"vous vendre",
                r"chiffre d'affaires",
                r"promotions?",
            ),
        ),
    ),
    Sign(
        "haste",
        "Le message presse l'agence",
        "Une administration a ses délais : avis, comités, budget de l'année.",
        "Donnez votre calendrier, et demandez quand une réponse est possible.",
        Said("ligne 913"),
        (
            any_of(
                r"au plus vite",
                r"dans les (?:plus brefs|meilleurs) delais",
                r"(?:sous|en|dans les) (?:24|48|72) ?(?:h|heures)",
                r"(?:reponse|retour|rendez-vous|rdv) (?:\w+ ){0,2}(?:urgent|urgente|rapide|immediat|immediate)",
                r"il (?:est|devient) urgent",
                r"d'ici (?:demain|lundi|mardi|mercredi|jeudi|vendredi|la fin de la semaine)",
                r"(?:des )?la semaine prochaine",
                r"asap",
            ),
        ),
    ),
    Sign(
        "copy",
        "Le message a l'air recopié",
        "Un blanc à remplir, ou une adresse à tous, montre que le texte n'a pas été écrit pour cette agence.",
        "Remplissez les blancs, et adressez-vous à une fonction précise de cette agence.",
        Said("ligne 904"),
        (
            re.compile(
                r"\[[^\]\[\n]{0,60}\]|<[^<>\n]{1,40}>|_{3,}|\.{5,}"
                r"|(?<!\w)(?:x{3,}|lorem ipsum|a completer|a qui de droit"
                r"|nom de (?:l'agence|l'ars|la region|votre region)|(?:toutes|aux differentes) (?:les )?(?:ars|agences)"
                r"|mesdames(?: et|,) messieurs les direct\w+|chers partenaires)(?!\w)"
            ),
        ),
    ),
    Sign(
        BOAST,
        "Des mots de publicité prennent la place des faits",
        "Ils ne disent rien de précis, et un lecteur prudent s'en méfie.",
        "Remplacez-les par un chiffre, une étude, un lieu où la solution sert déjà.",
        Said("lignes 904 et 919"),
        (
            any_of(
                r"revolutionn\w+",
                r"disrupti\w+",
                r"uniques? (?:au monde|en france|en europe|sur le marche)",
                r"leaders?",
                r"game ?changers?",
                r"sans (?:equivalent|precedent)",
                r"inegale\w*",
                r"incontournables?",
                r"(?:la|notre) meilleure? solution",
                r"de pointe",
            ),
        ),
    ),
)
"""Words that harm, in the order in which they are told."""
