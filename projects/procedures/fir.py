"""A subsidy of the regional fund (FIR): asked by the carrier, for an action of its own. Pure.

The guide (``000``, lines 141 to 176): a subsidy supports an action that the beneficiary starts, defines and carries
out; it pays no service that the agency ordered, for which public procurement applies. Hence the qualification sheet
before any grant.
"""

from projects.procedures import legal, money_chain, money_stages, shared_pieces
from projects.procedures.asked import Question, Section
from projects.procedures.conditions import done, only_where, recorded
from projects.procedures.decision_moves import AMOUNTS, GRANT, corrections, decision
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.public import MONEY_ENTRY
from projects.procedures.shared_moves import (
    ACKNOWLEDGE,
    ADMIT,
    CLARIFICATION,
    COMPLETION,
    REFUSE_ADMISSION,
    deposit,
    outside,
    redirect,
    withdraw,
)
from projects.procedures.shared_sections import BODY, DIGITAL, MONEY
from projects.procedures.shared_stages import (
    ADMISSIBILITY,
    DECISION,
    DRAFT,
    ENDS,
    INADMISSIBLE,
    RECEIVED,
    REVIEW,
    TO_CLARIFY,
    TO_COMPLETE,
)
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import AGENCY_STAFF, Channel, Choice, Kind

SUBSIDY = "subsidy"

REQUEST = Section(
    "fir-request",
    "Pourquoi ce fonds",
    "Le fonds soutient une action d'intérêt général que vous avez décidée vous-même.",
    (
        Question(
            "fir_missions",
            "À quelle mission du fonds répondez-vous ?",
            Kind.CHOICES,
            "Plusieurs réponses possibles ; l'agence retiendra la principale.",
            choices=(
                Choice("prevention", "Prévenir, promouvoir la santé, garder l'autonomie"),
                Choice("pathways", "Mieux coordonner les parcours ; qualité et sécurité des soins"),
                Choice("access", "Permanence des soins ; mieux répartir professionnels et lieux de soins"),
                Choice("efficiency", "Mieux s'organiser ; conditions de travail des personnels"),
                Choice("democracy", "Faire participer les usagers"),
            ),
        ),
        Question(
            "prs_objective",
            "Quel objectif du projet régional de santé servez-vous ?",
            Kind.LONG,
            "Citez l'objectif tel qu'il est écrit, ou le programme national. C'est le premier critère regardé.",
            "Réduire les hospitalisations évitables des personnes âgées",
        ),
        Question(
            "general_interest",
            "En quoi l'action sert-elle l'intérêt général, ici ou dans la région ?",
            Kind.LONG,
            "Au-delà de votre organisme et de ses clients.",
        ),
        Question(
            "own_initiative",
            "L'action vient-elle de vous ?",
            Kind.YES_NO,
            "Non si l'agence vous a commandé une prestation : ce serait un achat, avec d'autres règles.",
            fact="own_initiative",
        ),
    ),
)

QUALIFY = Move(
    "qualify",
    "Remplir la fiche de qualification",
    ("review",),
    "review",
    AGENCY_STAFF,
    fields=(
        Question("initiated_by_carrier", "L'action a été voulue et définie par le porteur", Kind.YES_NO),
        Question("service_ordered", "L'argent paierait un service commandé par l'agence", Kind.YES_NO),
        Question("general_interest_seen", "Ce qui montre l'intérêt général", Kind.LONG),
        Question(
            "state_aid",
            "Aide d'État (porteur ayant une activité économique)",
            Kind.CHOICE,
            choices=(
                Choice("none", "Sans objet"),
                Choice("allowed", "Couverte par un régime, à citer dans les motifs"),
                Choice("to-check", "À vérifier"),
            ),
        ),
        Question(
            "qualified_as",
            "C'est donc",
            Kind.CHOICE,
            choices=(
                Choice(SUBSIDY, "Une subvention"),
                Choice("procurement", "Un achat : commande publique"),
                Choice("to-check", "À vérifier avec le service juridique"),
            ),
        ),
    ),
    internal=True,
    source="Guide APIST (000), lignes 163 et 176 ; loi n° 2000-321, article 9-1 (à vérifier)",
)

QUALIFIED = (
    only_where("outcome", (GRANT,), done("qualify", "Un accord suppose d'avoir rempli la fiche de qualification.")),
    only_where(
        "outcome",
        (GRANT,),
        recorded("qualified_as", (SUBSIDY,), "La fiche ne conclut pas à une subvention : l'agence ne peut l'accorder."),
    ),
    only_where(
        "outcome",
        (GRANT,),
        recorded("service_ordered", (False,), "Un service commandé par l'agence se paie par la commande publique."),
    ),
    only_where(
        "outcome",
        (GRANT,),
        recorded("initiated_by_carrier", (True,), "Une subvention soutient une action voulue par le porteur."),
    ),
)

UNDECIDED = ("received", "admissibility", "to-complete", "review", "to-clarify", "proposed", "checked")

FIR = Procedure(
    key="fir",
    version=1,
    title="Subvention du fonds d'intervention régional (FIR)",
    summary="L'agence aide, sur son fonds, une action d'intérêt général que vous avez décidée et que vous menez.",
    stages=(
        DRAFT,
        RECEIVED,
        ADMISSIBILITY,
        TO_COMPLETE,
        INADMISSIBLE,
        REVIEW,
        TO_CLARIFY,
        *DECISION,
        *money_stages.STAGES,
        *ENDS,
    ),
    moves=(
        deposit(),
        *outside(),
        ACKNOWLEDGE,
        ADMIT,
        REFUSE_ADMISSION,
        *COMPLETION,
        QUALIFY,
        *CLARIFICATION,
        *decision(("review",), AMOUNTS, QUALIFIED),
        *corrections(("running",)),
        *money_chain.moves(),
        redirect(("received", "admissibility", "review")),
        withdraw(UNDECIDED),
    ),
    sections=(IDEA, IMPACT, CONTEXT, MEANS, BODY, REQUEST, MONEY, DIGITAL),
    pieces=(*shared_pieces.OF_THE_BODY, *shared_pieces.OF_THE_ACTION, *money_chain.PIECES),
    mentions=legal.FINANCIAL,
    levers=("fir",),
    channel=Channel.EXTERNAL,
    public=MONEY_ENTRY,
    sources=("000_d99033c1927da53e.txt, lignes 141 à 176", legal.SUBSIDY_LAW),
)
