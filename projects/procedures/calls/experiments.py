"""Two years of experiments, shared and evaluated in public, as successors of Structures 3.0 run (``002``). Pure."""

from projects.procedures import legal
from projects.procedures.asked import Question, Section
from projects.procedures.calls.variants import variant
from projects.procedures.conditions import (
    done,
)
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import (
    DEPOSITORS,
    Kind,
)

EXPERIMENTS = Section(
    "experiments",
    "Vos expérimentations",
    "Une ou plusieurs, en conditions réelles, avec une entreprise au moins.",
    (
        Question(
            "problems",
            "Quels problèmes voulez-vous résoudre ?",
            Kind.LONG,
            "Un par ligne, tel qu'il est vécu aujourd'hui.",
        ),
        Question(
            "gains",
            "Qu'y gagnera-t-on ?",
            Kind.LONG,
            "Chances perdues évitées, coordination moins lourde, temps rendu, qualité : des chiffres si possible.",
        ),
        Question("companies", "Avec quelles entreprises ?", Kind.LONG, "Une par ligne, et ce qu'elle apporte."),
        Question("sharing", "Comment partagerez-vous ce que vous apprenez ?", Kind.LONG, "Y compris les difficultés."),
    ),
)

SHARING_MONTHS = 24


def with_shared_experiments(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call that pays for two years of experiments, shared as they go, with a published evaluation."""
    sharing = (
        Move(
            "share",
            "Partager un apprentissage",
            ("running",),
            "running",
            DEPOSITORS,
            fields=(
                Question("learning", "Ce que vous avez appris", Kind.LONG),
                Question("learning_url", "Où le lire", Kind.URL, required=False),
            ),
            due_from="exercise_ends_on",
        ),
        Move(
            "publish-evaluation",
            "Donner l'évaluation publiée",
            ("running", "report"),
            "report",
            DEPOSITORS,
            fields=(
                Question("evaluation_url", "Adresse publique de l'évaluation", Kind.URL),
                Question("evaluation_on", "Publiée le", Kind.DATE),
            ),
            due_from="exercise_ends_on",
            due_at_most=legal.REPORT_MONTHS,
        ),
    )
    return variant(
        base,
        key,
        title,
        (),
        sharing,
        (EXPERIMENTS,),
        {
            "report": (done("share", "Partagez au moins un apprentissage : c'est l'engagement de cet appel."),),
            "close": (done("publish-evaluation", "L'évaluation n'est pas publiée : c'est l'engagement de cet appel."),),
        },
    )
