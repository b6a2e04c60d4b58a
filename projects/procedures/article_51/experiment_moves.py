"""Article 51, from the first inclusion to an exit: computed ends, extensions, evaluation, what follows. Pure.

Ends are computed from the first inclusion, never typed (``001``, line 60). The exit is not one road: rework,
transition, ordinary law, or the end (``001``, lines 271 to 301).
"""

from projects.procedures.article_51.branches import RAPPORTEUR
from projects.procedures.article_51.opinion_moves import FAVOURABLE, SENSE
from projects.procedures.article_51.order_moves import NATIONAL_OR_AGENCY, ORDER, TOTAL, months
from projects.procedures.article_51.stages import EVALUATION_MONTHS, MOST_MONTHS, TRANSITION_MONTHS
from projects.procedures.asked import Document, Question
from projects.procedures.conditions import before_due, done_since, has_come, not_before, recorded
from projects.procedures.shared_moves import OWN_REASON, REASON
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DEPOSITORS,
    THE_CLOCK,
    Kind,
    Party,
)

PUBLISHED = Condition(
    "published",
    "L'arrêté ne prend effet qu'une fois publié.",
    lambda facts: bool({"publish", "publish-national"} & set(facts.done)),
    moves=("publish", "publish-national"),
)

ENDED_ON = "experiment_ended_on"
"""The day on which it really ended, earlier than what is computed or not: every date of it follows."""

LAST_DAY = Question(
    ENDED_ON,
    "Dernier jour de l'expérimentation",
    Kind.DATE,
    "Le jour où elle a réellement pris fin. Le registre public et l'échéance de l'évaluation en partent.",
)

ENDS = (
    has_come(ENDED_ON, "end-has-come"),
    not_before(ENDED_ON, "first_inclusion_on", "Ce jour est avant la première inclusion."),
    before_due(ENDED_ON, "Ce jour est après le terme autorisé : une prolongation se décide d'abord."),
)

AFTER_THE_END = not_before(
    "transition_starts_on", ENDED_ON, "La transition commence après le dernier jour de l'expérimentation.", days=1
)

RUNNING = (
    Move(
        "first-inclusion",
        "Déclarer la première inclusion",
        ("authorised",),
        "running",
        APPLICANTS | AGENCY_STAFF,
        fields=(
            Question(
                "first_inclusion_on",
                "Jour où la première personne est suivie",
                Kind.DATE,
                "Une date seulement : rien sur la personne.",
            ),
        ),
        conditions=(PUBLISHED,),
        due_from="first_inclusion_on",
        due_months="months_authorised",
        due_at_most=MOST_MONTHS,
        source="ARS Occitanie (001), ligne 60",
    ),
    Move(
        "interim-report",
        "Envoyer un bilan intermédiaire",
        ("running",),
        "running",
        DEPOSITORS,
        fields=(
            Question("included", "Personnes suivies à ce jour", Kind.INTEGER, low=0),
            Question("interim", "Ce qui avance, ce qui bloque", Kind.LONG, may_be_secret=True),
        ),
        due_from="first_inclusion_on",
        due_months="months_authorised",
        due_at_most=MOST_MONTHS,
    ),
    Move(
        "extend",
        "Prolonger l'expérimentation",
        ("running",),
        "running",
        NATIONAL_OR_AGENCY,
        fields=(months("months_authorised", f"{TOTAL}, prolongation comprise", MOST_MONTHS), *ORDER, REASON),
        letter="extended",
        after_decision=True,
        due_from="first_inclusion_on",
        due_months="months_authorised",
        due_at_most=MOST_MONTHS,
        source="ARS Occitanie (001), ligne 60 ; durée maximale : guide (000), ligne 239",
    ),
    Move(
        "end-experiment",
        "Constater la fin de l'expérimentation",
        ("running",),
        "evaluation",
        AGENCY_STAFF | RAPPORTEUR,
        fields=(LAST_DAY,),
        conditions=ENDS,
        letter="experiment-ended",
        after_decision=True,
        due_from=ENDED_ON,
        due_at_most=EVALUATION_MONTHS,
    ),
    Move(
        "term-reached",
        "Passer à l'évaluation, le terme étant atteint",
        ("running",),
        "evaluation",
        THE_CLOCK,
        letter="experiment-ended",
        after_decision=True,
    ),
    Move(
        "stop-early",
        "Arrêter avant la fin prévue",
        ("running",),
        "evaluation",
        NATIONAL_OR_AGENCY | DEPOSITORS,
        fields=(LAST_DAY, OWN_REASON),
        conditions=ENDS,
        letter="experiment-ended",
        after_decision=True,
        due_from=ENDED_ON,
        due_at_most=EVALUATION_MONTHS,
    ),
    Move(
        "evaluation-report",
        "Remettre ou consigner le rapport d'évaluation",
        ("evaluation",),
        "exit",
        AGENCY_STAFF | RAPPORTEUR | {Party.EVALUATOR},
        fields=(
            Question("evaluated_on", "Remis le", Kind.DATE),
            Question("evaluation", "Ce que conclut le rapport", Kind.LONG),
            Question("evaluation_url", "Adresse publique, s'il est publié", Kind.URL, required=False),
        ),
        letter="evaluated",
        after_decision=True,
        document=Document("Le rapport d'évaluation"),
    ),
)

FOR_LAW = recorded(
    "csis_sense", FAVOURABLE, "Aucun avis du conseil stratégique favorable au droit commun n'est consigné."
)
FOR_LAW_TOO = recorded(
    "ctis_sense", FAVOURABLE, "Aucun avis du comité technique favorable au droit commun n'est consigné."
)
HEARD = done_since("exit-opinion", "evaluation-report", "Les avis sur la suite doivent d'abord être consignés.")

EXITS = (
    Move(
        "exit-opinion",
        "Consigner les avis sur la suite",
        ("exit",),
        "exit",
        AGENCY_STAFF | RAPPORTEUR,
        fields=(
            Question("ctis_sense", "Comité technique", Kind.CHOICE, choices=SENSE.choices),
            Question("csis_sense", "Conseil stratégique", Kind.CHOICE, choices=SENSE.choices),
            Question("usefulness", "L'utilité est reconnue", Kind.YES_NO),
            Question("model_validated", "Le modèle de financement est validé", Kind.YES_NO),
            Question(
                "structures_expected", "Structures attendues dans le droit commun", Kind.INTEGER, low=0, required=False
            ),
        ),
        source="ARS Occitanie (001), lignes 283 et 301",
    ),
    Move(
        "exit-rework",
        "Prolonger pour retravailler le modèle",
        ("exit",),
        "running",
        NATIONAL_OR_AGENCY,
        fields=(months("months_authorised", f"{TOTAL}, prolongation comprise", MOST_MONTHS), *ORDER, REASON),
        conditions=(HEARD,),
        voids=(ENDED_ON,),
        letter="extended",
        after_decision=True,
        due_from="first_inclusion_on",
        due_months="months_authorised",
        due_at_most=MOST_MONTHS,
        source="ARS Occitanie (001), ligne 283",
    ),
    Move(
        "exit-transition",
        "Ouvrir une transition",
        ("exit",),
        "transition",
        NATIONAL_OR_AGENCY,
        fields=(
            Question("transition_starts_on", "Début de la transition", Kind.DATE),
            months("transition_months", "Durée en mois", TRANSITION_MONTHS),
        ),
        conditions=(HEARD, FOR_LAW_TOO, FOR_LAW, AFTER_THE_END),
        letter="transition",
        after_decision=True,
        due_from="transition_starts_on",
        due_months="transition_months",
        due_at_most=TRANSITION_MONTHS,
        source="Code de la sécurité sociale, L. 162-31-1, IV (cité en 001, ligne 301)",
    ),
    Move(
        "extend-transition",
        "Allonger la transition",
        ("transition",),
        "transition",
        NATIONAL_OR_AGENCY,
        fields=(months("transition_months", "Durée totale en mois, allongement compris", TRANSITION_MONTHS),),
        letter="transition",
        after_decision=True,
        due_from="transition_starts_on",
        due_months="transition_months",
        due_at_most=TRANSITION_MONTHS,
    ),
    Move(
        "enter-ordinary-law",
        "Constater l'entrée dans le droit commun",
        ("exit", "transition"),
        "ordinary-law",
        NATIONAL_OR_AGENCY,
        fields=(Question("law_reference", "Texte qui le prévoit", Kind.TEXT),),
        conditions=(HEARD, FOR_LAW_TOO, FOR_LAW),
        letter="ordinary-law",
        after_decision=True,
    ),
    Move(
        "end",
        "Mettre fin sans suite",
        ("exit", "transition"),
        "ended",
        NATIONAL_OR_AGENCY,
        fields=(REASON,),
        conditions=(HEARD,),
        letter="experiment-over",
        after_decision=True,
    ),
)

MOVES = (*RUNNING, *EXITS)
