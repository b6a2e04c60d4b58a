"""The stages of an article 51 project, from the letter of intent to one of its exits. Pure."""

from dataclasses import replace

from projects.procedures import money_stages
from projects.procedures.prepared_base import second_part_stages
from projects.procedures.shared_stages import ADMISSIBILITY, READING, RECEIVED
from projects.procedures.types import Stage
from projects.procedures.vocabulary import Delay, Macro, Turn, Unit

MOST_MONTHS = 60
"""An experiment lasts five years at most, counted from the first inclusion (``000``, line 239; ``001``, line 60)."""

TRANSITION_MONTHS = 18
"""A transition to ordinary law lasts eighteen months at most (L. 162-31-1 IV CSS, quoted in ``001``, line 301)."""

EVALUATION_MONTHS = 6

WARNED_MONTHS = (12, 6, 3)
"""A usage of the portal: what follows (evaluation, two opinions, a text) takes months to prepare."""

NATIONAL_RECEIVED = Stage(
    "national-received",
    "Lettre d'intention déposée au niveau national",
    "Au rapporteur général : recevabilité",
    Macro.ADMISSIBILITY,
    Turn.NATIONAL,
    "Un projet de plusieurs régions, ou national, va directement au rapporteur général, qui vérifie s'il entre dans le "
    "cadre.",
    due=READING,
)

CO_CONSTRUCTION = (
    Stage(
        "co-construction",
        "Cahier des charges à écrire",
        "Co-construction : chez le porteur",
        Macro.TO_COMPLETE,
        Turn.APPLICANT,
        "Vous écrivez le cahier des charges, avec l'aide de l'agence ; envoyez une version quand vous voulez un avis.",
        editable=True,
    ),
    Stage(
        "reading",
        "Cahier des charges en lecture",
        "Cahier des charges à lire",
        Macro.REVIEW,
        Turn.AGENCY,
        "L'agence vous rend la version annotée, ou la juge assez aboutie pour recueillir les avis.",
        due=Delay(30, Unit.DAYS, "Sans nouvelles, écrivez à l'agence depuis la page du dossier."),
    ),
)

OPINIONS = (
    Stage(
        "opinions",
        "Avis attendus en région",
        "Avis à recueillir, puis avis motivé de la direction",
        Macro.OPINION,
        Turn.AGENCY,
        "L'Assurance maladie est consultée, puis la direction de l'agence donne un avis motivé : faisable, innovant, "
        "efficient.",
    ),
    Stage(
        "rapporteur",
        "Transmis au rapporteur général",
        "Au rapporteur général : à soumettre au comité",
        Macro.OPINION,
        Turn.NATIONAL,
        "Le rapporteur général relit le projet et le soumet au comité technique de l'innovation en santé.",
    ),
)

NATIONAL_READING = (
    Stage(
        "national-co-construction",
        "Cahier des charges à écrire",
        "Co-construction nationale : chez le porteur",
        Macro.TO_COMPLETE,
        Turn.APPLICANT,
        "Vous écrivez le cahier des charges avec l'équipe nationale ; envoyez une version quand vous voulez un avis.",
        editable=True,
    ),
    Stage(
        "national-reading",
        "Cahier des charges en lecture",
        "Au rapporteur général : cahier des charges à lire",
        Macro.REVIEW,
        Turn.NATIONAL,
        "Le rapporteur général rend la version annotée, consulte les agences concernées, puis saisit le comité "
        "technique.",
        due=Delay(30, Unit.DAYS, "Sans nouvelles, écrivez à l'équipe nationale depuis la page du dossier."),
    ),
)

COMMITTEE = (
    Stage(
        "committee",
        "Devant le comité technique",
        "Au comité technique",
        Macro.OPINION,
        Turn.NATIONAL,
        "Le comité technique de l'innovation en santé rend un avis ; la décision vient ensuite. Son délai est à "
        "vérifier.",
    ),
    Stage(
        "review",
        "Décision à préparer",
        "Avis rendu : arrêté à proposer",
        Macro.REVIEW,
        Turn.AGENCY,
        "L'avis du comité est rendu : l'agence prépare l'arrêté, ou un refus motivé.",
    ),
    Stage(
        "ministers",
        "Décision des ministres à venir",
        "Arrêté ministériel à consigner",
        Macro.PROPOSED,
        Turn.NATIONAL,
        "Pour un projet de plusieurs régions ou national, ce sont les ministres qui décident, par arrêté.",
    ),
)

AUTHORISED = (
    Stage(
        "publication",
        "Arrêté signé, à publier",
        "Arrêté à publier",
        Macro.GRANTED,
        Turn.AGENCY,
        "L'arrêté ne prend effet qu'une fois publié au recueil des actes administratifs.",
    ),
    Stage(
        "national-publication",
        "Arrêté signé, à publier",
        "Arrêté ministériel à publier",
        Macro.GRANTED,
        Turn.NATIONAL,
        "L'arrêté des ministres ne prend effet qu'une fois publié.",
    ),
    replace(
        money_stages.AGREEMENT,
        label="Convention d'amorçage à signer",
        agency_label="Convention d'amorçage chez le porteur",
        next_for_applicant="Relisez et signez ; la direction de l'agence signe ensuite, puis les crédits sont versés.",
    ),
    replace(
        money_stages.COUNTERSIGN,
        label="Convention d'amorçage signée par vous",
        agency_label="Convention d'amorçage à signer par la direction",
        next_for_applicant="Quand la direction de l'agence aura signé, les crédits d'amorçage peuvent être versés.",
    ),
    Stage(
        "authorised",
        "Autorisé : première inclusion attendue",
        "Autorisée, pas encore commencée",
        Macro.GRANTED,
        Turn.APPLICANT,
        "Dites le jour où la première personne est suivie : toutes les dates de fin se comptent depuis ce jour.",
    ),
)

EXPERIMENT = (
    Stage(
        "running",
        "Expérimentation en cours",
        "En cours",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Menez l'expérimentation et transmettez ce que l'évaluateur demande. La date de fin est affichée.",
        public_outcome="experiment",
        warned_months=WARNED_MONTHS,
    ),
    Stage(
        "evaluation",
        "Évaluation finale attendue",
        "Rapport final de l'évaluateur attendu",
        Macro.RUNNING,
        Turn.EVALUATOR,
        "L'évaluateur extérieur remet son rapport ; les avis sur la suite en dépendent.",
        due=Delay(
            EVALUATION_MONTHS,
            Unit.MONTHS,
            "Le rapport est en retard : la suite ne peut pas être décidée.",
            "Source secondaire : à vérifier",
        ),
    ),
    Stage(
        "exit",
        "Suite à décider",
        "Au niveau national : avis sur la suite",
        Macro.RUNNING,
        Turn.NATIONAL,
        "Le comité technique, puis le conseil stratégique, disent si l'expérimentation entre dans le droit commun, "
        "doit être retravaillée ou s'arrête.",
    ),
    Stage(
        "transition",
        "Transition vers le droit commun",
        "En transition",
        Macro.RUNNING,
        Turn.NATIONAL,
        "Le dispositif continue comme pendant l'expérimentation, le temps d'écrire les textes : dix-huit mois au plus.",
        public_outcome="transition",
        warned_months=WARNED_MONTHS,
    ),
)

OUTCOMES = (
    Stage(
        "ordinary-law",
        "Entré dans le droit commun",
        "Droit commun",
        Macro.CLOSED,
        Turn.NOBODY,
        "Ce qui était expérimenté est désormais une règle ordinaire.",
        public_outcome="ordinary-law",
    ),
    Stage(
        "ended",
        "Expérimentation terminée",
        "Terminée sans suite",
        Macro.CLOSED,
        Turn.NOBODY,
        "L'expérimentation s'arrête ; son évaluation reste utile à d'autres.",
        public_outcome="ended",
    ),
)

ELSEWHERE = second_part_stages("specification", "Cahier des charges")
"""Where the agency has not adopted the portal."""

LETTER_RECEIVED = (RECEIVED, ADMISSIBILITY)
