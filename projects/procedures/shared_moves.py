"""Moves that procedures share: a deposit here or elsewhere, admissibility, completing, a way out. Pure."""

from dataclasses import replace

from projects.procedures import legal
from projects.procedures.asked import Question
from projects.procedures.conditions import (
    CAME_IN_TIME,
    COMPLETE,
    DEPOSITABLE,
    HAS_COME,
    HERE,
    KNOWN_ORGANISATION,
    NOT_HERE,
    OVERDUE,
    RECEIVED_ON,
)
from projects.procedures.types import Condition, Move, Procedure
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DECIDERS,
    DEPOSITORS,
    ENTERERS,
    THE_CLOCK,
    Choice,
    ClockEffect,
    Delay,
    Kind,
    Party,
)

REASON = Question("reason", "Pourquoi ?", Kind.LONG, "Ces mots seront lus par le porteur.")
OWN_REASON = replace(REASON, help="Ces mots seront lus par le porteur et par ceux qui instruisent le dossier.")
"""The same where the applicant's side may say it too."""

ORIENTATION_LEVER = "orientation_lever"
OTHER_LEVER = Question(
    ORIENTATION_LEVER,
    "Autre levier à proposer",
    Kind.TEXT,
    "S'il y en a un : le porteur pourra y reprendre son contenu d'un geste.",
    required=False,
)
"""The slug of a published lever: the form offers those of the catalogue (``projects/forms/moves.py``)."""

OUTSIDE_FIELDS = (
    Question(
        "place",
        "Où l'avez-vous déposé ?",
        Kind.TEXT,
        "Le service, le site ou la boîte de service qui l'a reçu.",
        "Service autonomie du département, formulaire en ligne",
    ),
    Question("deposited_on", "Quel jour ?", Kind.DATE),
    Question(
        "receipt_number",
        "Numéro de l'accusé de réception",
        Kind.TEXT,
        "Sans accusé, réclamez-le : c'est lui qui prouve le dépôt.",
        required=False,
    ),
)

OUTSIDE_ANSWERS = (
    Choice("granted", "Accordé"),
    Choice("partly-granted", "Accordé en partie"),
    Choice("refused", "Refusé"),
    Choice("not-admissible", "Déclaré non recevable"),
    Choice("no-answer", "Aucune réponse : je clos le dossier"),
)


def outside(from_stages: tuple[str, ...] = ("draft",), back_to: str = "draft") -> tuple[Move, ...]:
    """Return the moves of a deposit that is made elsewhere: recorded, taken up again, answered.

    What was prepared is frozen at that date; it need not be complete, since the other place decides.
    """
    return (
        Move(
            "deposited-elsewhere",
            "Noter que je l'ai déposé ailleurs",
            from_stages,
            "elsewhere",
            APPLICANTS,
            fields=OUTSIDE_FIELDS,
            conditions=(NOT_HERE,),
            external=True,
            freezes=True,
            letter="recorded-elsewhere",
            confirm="Le portail ne transmet rien : vous notez un dépôt que vous avez fait vous-même.",
        ),
        Move(
            "prepare-again",
            "Reprendre la préparation",
            ("elsewhere",),
            back_to,
            APPLICANTS,
            confirm="Pour une erreur, des compléments demandés ou un nouveau dépôt. La trace du premier reste.",
        ),
        Move(
            "answered-elsewhere",
            "Noter la réponse reçue",
            ("elsewhere",),
            "answered-elsewhere",
            APPLICANTS,
            fields=(
                Question("outside_answer", "Quelle réponse ?", Kind.CHOICE, choices=OUTSIDE_ANSWERS),
                Question("answered_on", "Datée du", Kind.DATE, required=False),
                Question("outside_words", "Ce qui est à retenir", Kind.LONG, required=False),
            ),
        ),
    )


def deposit(to: str = "received", conditions: tuple[Condition, ...] = (), silence: Delay = legal.SILENCE) -> Move:
    """Return the deposit on the portal: frozen, acknowledged, and from which the legal delay runs."""
    return Move(
        "deposit",
        "Déposer le dossier",
        ("draft",),
        to,
        DEPOSITORS,
        conditions=(*DEPOSITABLE, *conditions),
        clock=ClockEffect.START,
        clock_delay=silence,
        letter="received",
        freezes=True,
        confirm="Vous engagez votre organisme : ce que le dossier contient est figé, daté et transmis.",
        source=silence.source,
    )


RECEIVED_FIELD = Question(
    RECEIVED_ON,
    "Reçu par l'agence le",
    Kind.DATE,
    "Le jour de l'arrivée du courrier, du courriel ou de la visite. Les délais partent de ce jour.",
)


def entered(deposit: Move, *, key: str = "enter", routing: tuple[Condition, ...] | None = None) -> Move:
    """Return how staff record what came by post, by mail, by telephone or in person, in place of a deposit.

    It arrives where the deposit would, acknowledged in the same way, and its delays run from the day of receipt. It
    need not be complete, nor right on the merits: it was received all the same, and the agency asks for the rest.
    ``routing``: where several deposits exist, what says which of them it is.
    """
    named = deposit.label.replace("Déposer", "Enregistrer comme reçu :")
    return replace(
        deposit,
        key=key,
        label="Enregistrer le dossier reçu" if routing is None else named,
        by=ENTERERS,
        fields=(RECEIVED_FIELD, *deposit.fields),
        conditions=(HERE, KNOWN_ORGANISATION, HAS_COME, CAME_IN_TIME, *(routing or ())),
        counted_from=RECEIVED_ON,
        confirm="Vous enregistrez, pour le porteur, ce que l'agence a reçu autrement que par le portail.",
    )


def with_entry(procedure: Procedure) -> Procedure:
    """Return a procedure in which staff may record, for somebody, whatever the portal may receive of it."""
    deposits, moves = procedure.deposits, []
    for rank, one in enumerate(deposits):
        others = [other.conditions for other in deposits if other is not one]
        routing = tuple(own for own in one.conditions if not any(own in conditions for conditions in others))
        key = one.key.replace("deposit", "enter") if rank else "enter"
        moves.append(entered(one, key=key, routing=routing if others else None))
    return replace(procedure, moves=(*procedure.moves, *moves))


def untimed(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return moves without their effect on the legal clock, where no source says what silence is worth."""
    return tuple(replace(move, clock=None, clock_delay=None) for move in moves)


ACKNOWLEDGE = Move(
    "acknowledge",
    "Accuser réception et désigner le service",
    ("received",),
    "admissibility",
    AGENCY_STAFF,
    fields=(
        Question("service", "Service chargé du dossier", Kind.TEXT),
        Question("service_contact", "Adresse électronique et téléphone du service", Kind.TEXT, "Jamais nominatifs."),
    ),
    letter="acknowledged",
    wording="acknowledgement",
    confirm="L'accusé de réception est figé et part au porteur : il dit le service, et ce que vaut le silence.",
    source=f"{legal.CRPA}, L. 112-3 et R. 112-5",
)

ADMIT = Move(
    "admit",
    "Déclarer recevable",
    ("admissibility",),
    "review",
    AGENCY_STAFF,
    letter="admitted",
)

REFUSE_ADMISSION = Move(
    "refuse-admission",
    "Déclarer non recevable",
    ("admissibility",),
    "inadmissible",
    DECIDERS,
    fields=(REASON, OTHER_LEVER),
    clock=ClockEffect.STOP,
    letter="inadmissible",
    decides=True,
    after_decision=True,
    confirm="C'est un refus, avant tout examen du fond : il est motivé, notifié, et peut être contesté.",
)


def completing(
    stage: str, waiting: str, ask: str, answer: str, staff: frozenset[Party] = AGENCY_STAFF
) -> tuple[Move, ...]:
    """Return how an agency asks for something more at a stage, and how that ends; the clock waits meanwhile."""
    return (
        Move(
            ask,
            "Demander des compléments",
            (stage,),
            waiting,
            staff,
            fields=(Question("answer_by", "À donner avant le", Kind.DATE),),
            clock=ClockEffect.SUSPEND,
            letter="to-complete",
            opens_request=True,
            due_from="answer_by",
            source=legal.COMPLETING,
        ),
        Move(
            answer,
            "Envoyer les compléments",
            (waiting,),
            stage,
            DEPOSITORS,
            conditions=(COMPLETE,),
            clock=ClockEffect.RESUME,
            letter="completed",
            freezes=True,
            closes_request=True,
            source=legal.COMPLETING,
        ),
        Move(
            f"{ask}-unanswered",
            "Reprendre sans réponse",
            (waiting,),
            stage,
            staff | THE_CLOCK,
            conditions=(OVERDUE,),
            clock=ClockEffect.RESUME,
            letter="completion-over",
            closes_request=True,
            source=legal.COMPLETING,
        ),
    )


COMPLETION = completing("admissibility", "to-complete", "ask-completion", "complete")
CLARIFICATION = completing("review", "to-clarify", "ask-clarification", "clarify")


def redirect(from_stages: tuple[str, ...], by: frozenset[Party] = AGENCY_STAFF) -> Move:
    """Return how somebody is sent to the right lever or person; it refuses nothing."""
    return Move(
        "redirect",
        "Réorienter vers un autre levier",
        from_stages,
        "redirected",
        by,
        fields=(
            Question("orientation", "Vers quoi, et pourquoi ?", Kind.LONG),
            OTHER_LEVER,
        ),
        clock=ClockEffect.STOP,
        letter="oriented",
        redirects=True,
    )


def withdraw(from_stages: tuple[str, ...]) -> Move:
    """Return how the applicant takes a request back, as long as nothing is decided."""
    return Move(
        "withdraw",
        "Retirer la demande",
        from_stages,
        "withdrawn",
        DEPOSITORS,
        clock=ClockEffect.STOP,
        letter="withdrawn",
        closes_request=True,
        confirm="La demande s'arrête là. Vous pourrez en déposer une autre avec le même contenu.",
    )
