"""What is prepared here and deposited elsewhere; and a short chain for an authority that adopts the portal. Pure.

The portal is no counter for these: it guides, says in large letters where to deposit, and keeps the record of it. Where
an authority adopts the portal all the same, a deposit, an answer and an end are there.
"""

from dataclasses import replace

from projects.procedures.asked import Question
from projects.procedures.conditions import COMPLETE, DEPOSITABLE, NOT_HERE, Condition
from projects.procedures.decision_moves import corrections
from projects.procedures.shared_moves import REASON, completing, outside, redirect, untimed, withdraw
from projects.procedures.shared_stages import CLOSED, DRAFT, ENDS, READING, REFUSED, TO_CLARIFY
from projects.procedures.types import Move, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DECIDERS,
    DEPOSITORS,
    Delay,
    Kind,
    Macro,
    Party,
    Turn,
    Unit,
)

READY = Stage(
    "ready",
    "Prêt, mais pas déposé",
    "Prêt chez le porteur",
    Macro.DRAFT,
    Turn.APPLICANT,
    "Ce dossier n'est pas déposé. Emportez-le, déposez-le là où la page le dit, puis notez la date et l'accusé.",
    due=Delay(14, Unit.DAYS, "Ce dossier n'est toujours pas noté comme déposé : l'avez-vous porté ?"),
)


def stages(turn: Turn = Turn.AGENCY) -> tuple[Stage, ...]:
    """Return the stages, of which ``turn`` says who answers where the portal is adopted."""
    return (
        DRAFT,
        READY,
        Stage(
            "received",
            "Dossier déposé",
            "Reçu, à étudier",
            Macro.DEPOSITED,
            turn,
            "Le service étudie le dossier et vous répond.",
            due=READING,
        ),
        Stage(
            "review",
            "Étude en cours",
            "À étudier",
            Macro.REVIEW,
            turn,
            "Le service étudie le dossier, puis vous donne sa réponse.",
        ),
        TO_CLARIFY,
        REFUSED,
        Stage(
            "running",
            "Accordé, en cours",
            "Accordé, en cours",
            Macro.RUNNING,
            Turn.APPLICANT,
            "Menez l'action ; un bilan sera demandé.",
        ),
        CLOSED,
        *ENDS,
    )


DEPOSIT = Move(
    "deposit",
    "Déposer le dossier",
    ("draft", "ready"),
    "received",
    DEPOSITORS,
    conditions=DEPOSITABLE,
    letter="received",
    freezes=True,
    confirm="Vous engagez votre organisme : ce que le dossier contient est figé, daté et transmis.",
)


def before(conditions: tuple[Condition, ...] = ()) -> tuple[Move, ...]:
    """Return what comes before: ready, deposited here where it may be, or elsewhere and recorded."""
    return (
        DEPOSIT,
        Move(
            "ready",
            "Tout y est : emporter le dossier",
            ("draft",),
            "ready",
            APPLICANTS,
            conditions=(NOT_HERE, COMPLETE, *conditions),
            confirm="Ce dossier ne sera pas déposé pour autant : c'est à vous de le porter là où il doit l'être.",
        ),
        Move("back-to-draft", "Reprendre la préparation", ("ready",), "draft", APPLICANTS),
        *outside(("draft", "ready")),
    )


REPORT = Move(
    "report",
    "Envoyer le bilan",
    ("running",),
    "running",
    DEPOSITORS,
    fields=(Question("results", "Ce qui a été fait, et ce que disent les indicateurs", Kind.LONG),),
    due_from="ends_on",
)


def answering(staff: frozenset[Party], deciders: frozenset[Party]) -> tuple[Move, ...]:
    """Return how the authority that has adopted the portal answers: opened, completed, granted or refused, closed."""
    clarified = untimed(completing("review", "to-clarify", "ask-clarification", "clarify", staff))
    return (
        Move("open", "Ouvrir le dossier", ("received",), "review", staff, letter="acknowledged"),
        *clarified,
        Move(
            "grant",
            "Accorder",
            ("review",),
            "running",
            deciders,
            fields=(
                Question("granted_words", "Ce qui est accordé", Kind.LONG),
                Question("amount_granted", "Montant, en euros", Kind.MONEY, required=False),
                Question("ends_on", "Bilan attendu le", Kind.DATE),
            ),
            letter="granted",
            decides=True,
            after_decision=True,
            due_from="ends_on",
        ),
        Move(
            "refuse",
            "Refuser",
            ("review",),
            "refused",
            deciders,
            fields=(REASON,),
            letter="refused",
            decides=True,
            after_decision=True,
        ),
        REPORT,
        *corrections(("running", "refused"), deciders, "ends_on"),
        Move("close", "Clore le dossier", ("running",), "closed", staff, letter="closed"),
        *untimed((redirect(("received", "review"), staff), withdraw(("received", "review", "to-clarify")))),
    )


STAFFED = answering(AGENCY_STAFF, DECIDERS)


def second_part_stages(key: str, name: str) -> tuple[Stage, ...]:
    """Return the stages of what is prepared here after a first part was deposited and accepted elsewhere."""
    return (
        Stage(
            f"{key}-draft",
            f"{name} en préparation : rien n'est déposé",
            f"{name} en préparation chez le porteur",
            Macro.DRAFT,
            Turn.APPLICANT,
            "Votre lettre d'intention a été acceptée ailleurs : préparez la suite ici, puis portez-la là-bas.",
            editable=True,
        ),
        replace(READY, key=f"{key}-ready"),
    )


def second_part_moves(key: str, name: str) -> tuple[Move, ...]:
    """Return how one goes on here after a first part was deposited and accepted elsewhere, and carries the rest."""
    return (
        *outside(("draft", f"{key}-draft", f"{key}-ready")),
        Move(
            f"prepare-{key}",
            f"{name} : préparer la suite",
            ("elsewhere",),
            f"{key}-draft",
            APPLICANTS,
            conditions=(NOT_HERE,),
            confirm="Votre lettre d'intention a été acceptée là où vous l'avez déposée.",
        ),
        Move(
            f"{key}-ready",
            "Tout y est : emporter le dossier",
            (f"{key}-draft",),
            f"{key}-ready",
            APPLICANTS,
            conditions=(NOT_HERE, COMPLETE),
        ),
        Move(f"back-to-{key}", "Reprendre la préparation", (f"{key}-ready",), f"{key}-draft", APPLICANTS),
    )
