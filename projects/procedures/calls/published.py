"""The calls of the portal: four kinds, and the variants that a call names. Pure."""

from dataclasses import replace

from projects.procedures.asked import Question
from projects.procedures.calls.base import ANSWER, funded
from projects.procedures.calls.challenge import with_challenge, with_co_creation
from projects.procedures.calls.deployment import with_deployment_targets
from projects.procedures.calls.experiments import with_shared_experiments
from projects.procedures.calls.interest import CALL_AMI
from projects.procedures.calls.letter import with_jury, with_letter_of_intent
from projects.procedures.conditions import answered
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Kind

CALL_AAP = replace(
    funded(
        "call-aap",
        "Appel à projets (AAP)",
        "Le besoin est décrit dans un cahier des charges ; la solution, c'est vous qui la proposez.",
        ("aap",),
    ),
    levers=("ami-aap-aac",),
)

COMMITS = Question(
    "commits_to_specification",
    "Vous engagez-vous à mettre en œuvre la solution décrite ?",
    Kind.YES_NO,
    "Dans un appel à candidatures, la solution est déjà définie : candidater, c'est s'y engager.",
)
COMMITTED = answered(
    "commits_to_specification",
    (True,),
    "Un appel à candidatures demande de s'engager à mettre en œuvre la solution décrite.",
)

_AAC = funded(
    "call-aac",
    "Appel à candidatures (AAC)",
    "La solution est décrite dans un cahier des charges ; vous candidatez pour la mettre en œuvre.",
    ("aac",),
    replace(ANSWER, questions=(*ANSWER.questions, COMMITS)),
)

CALL_AAC = replace(
    _AAC,
    moves=tuple(
        replace(move, conditions=(*move.conditions, COMMITTED)) if move.key == "deposit" else move
        for move in _AAC.moves
    ),
)

CALL_CHALLENGE = replace(
    with_challenge(
        funded(
            "call-challenge",
            "Défi",
            "Une équipe de soins pose un besoin ; une entreprise y répond ; les deux construisent une solution.",
            ("challenge",),
        ),
        "call-challenge",
        "Défi : poser un besoin",
    ),
    variant_of="",
)

VARIANTS: tuple[Procedure, ...] = (
    with_letter_of_intent(CALL_AAP, "call-aap-letter", "Appel à projets avec lettre d'intention"),
    with_jury(CALL_AAP, "call-aap-jury", "Appel à projets avec audition"),
    with_jury(
        with_letter_of_intent(CALL_AAP, "call-aap-letter", ""),
        "call-aap-letter-jury",
        "Appel à projets avec lettre d'intention et audition",
    ),
    with_deployment_targets(CALL_AAP, "call-aap-deployment", "Appel à projets de déploiement, avec cibles d'usage"),
    with_shared_experiments(
        CALL_AAP, "call-aap-experiments", "Appel à projets d'expérimentations partagées, sur deux ans"
    ),
    with_letter_of_intent(CALL_AMI, "call-ami-letter", "Appel à manifestation d'intérêt avec lettre d'intention"),
    with_jury(CALL_AAC, "call-aac-jury", "Appel à candidatures avec audition"),
    replace(
        with_co_creation(
            funded(
                "call-challenge",
                "",
                "Vous répondez, en entreprise, à un besoin posé par une équipe de soins, et construisez avec elle.",
                ("challenge",),
            ),
            "call-challenge-solver",
            "Défi : répondre à un besoin",
        ),
        variant_of="call-challenge",
    ),
)
"""What a call asks for by naming it; a kind's own procedure serves a call that names none."""

CALLS: tuple[Procedure, ...] = (CALL_AAP, CALL_AMI, CALL_AAC, CALL_CHALLENGE, *VARIANTS)
