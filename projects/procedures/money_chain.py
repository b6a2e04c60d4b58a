"""What follows a grant of money: agreement, payments, amendment, financial report, closing. Pure.

The agreement comes before any payment above 23,000 € a year for a private body (law 2000-321, article 10; decree
2001-495); the financial report is due six months after the end of the exercise (same article).
"""

from projects.procedures import legal
from projects.procedures.agreement_moves import AGREED, AGREEMENT_MOVES, AMENDMENT_MOVES, CONTINUATION_MOVES
from projects.procedures.asked import Piece, Question
from projects.procedures.conditions import COMPLETE, done
from projects.procedures.funding import Money
from projects.procedures.payments import (
    INSTALMENT,
    on_schedule,
    recovered_within_paid,
    within_grant,
)
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DEPOSITORS,
    THE_CLOCK,
    Choice,
    Kind,
    MoneyKind,
    When,
)

WHERE_PAID, WHERE_RECOVERED = When("settlement", ("paid",)), When("settlement", ("recovered",))


def _row(when: When | None = None) -> Question:
    return Question(
        INSTALMENT,
        "Ligne de l'échéancier",
        Kind.INTEGER,
        "Son numéro, page « Suivi ». À laisser vide s'il n'y a pas d'échéancier.",
        required=False,
        when=when,
        low=1,
        high=999,
    )


MONEY_FIELDS = (
    _row(),
    Question("paid", "Montant versé, en euros", Kind.MONEY),
    Question("paid_on", "Versé le", Kind.DATE),
)

SETTLEMENTS = (
    Choice("paid", "Solde versé"),
    Choice("nothing", "Rien à verser ni à rendre"),
    Choice("recovered", "Trop-perçu rendu"),
)

REPORT_MOVES = (
    Move(
        "ask-report",
        "Demander le compte rendu financier",
        ("running",),
        "report",
        AGENCY_STAFF | THE_CLOCK,
        letter="report-due",
        after_decision=True,
        due_from="exercise_ends_on",
        due_at_most=legal.REPORT_MONTHS,
        source=legal.SUBSIDY_LAW,
    ),
    Move(
        "report",
        "Envoyer le compte rendu financier",
        ("report",),
        "reported",
        DEPOSITORS,
        fields=(Question("spent", "Dépenses de l'exercice, en euros", Kind.MONEY),),
        conditions=(COMPLETE,),
        freezes=True,
        source=legal.SUBSIDY_LAW,
    ),
    Move(
        "return-report",
        "Demander à revoir le compte rendu",
        ("reported",),
        "report",
        AGENCY_STAFF,
        fields=(
            Question("report_reasons", "Ce qu'il faut revoir", Kind.LONG),
            Question("report_by", "À rendre avant le", Kind.DATE),
        ),
        letter="report-returned",
        due_from="report_by",
    ),
)

CLOSING_MOVES = (
    *CONTINUATION_MOVES,
    Move("close", "Clore le dossier", ("settled",), "closed", AGENCY_STAFF, letter="closed"),
)


SETTLEMENT_FIELDS = (
    Question("settlement", "Comment ?", Kind.CHOICE, choices=SETTLEMENTS),
    _row(WHERE_PAID),
    Question("settled_amount", "Montant, en euros", Kind.MONEY, when=When("settlement", ("paid", "recovered"))),
)


def payments(before_balance: tuple[Condition, ...] = ()) -> tuple[Move, ...]:
    """Return the moves that pay: an advance and what follows it, then the balance once the report is there."""
    return (
        Move(
            "pay-advance",
            "Noter un versement",
            ("running",),
            "running",
            AGENCY_STAFF,
            fields=MONEY_FIELDS,
            conditions=(AGREED, within_grant("paid"), *on_schedule("paid", balance=False)),
            letter="paid",
            after_decision=True,
            money=(Money(MoneyKind.PAID, "paid", "paid_on"),),
            due_from="exercise_ends_on",
            source=legal.SUBSIDY_LAW,
        ),
        Move(
            "settle",
            "Solder le compte",
            ("reported",),
            "settled",
            AGENCY_STAFF,
            fields=SETTLEMENT_FIELDS,
            conditions=(
                AGREED,
                done("report", "Le solde suppose un compte rendu."),
                within_grant("settled_amount", WHERE_PAID),
                recovered_within_paid("settled_amount", WHERE_RECOVERED),
                *on_schedule("settled_amount", WHERE_PAID, balance=True),
                *before_balance,
            ),
            letter="paid",
            after_decision=True,
            money=(
                Money(MoneyKind.PAID, "settled_amount", when=WHERE_PAID),
                Money(MoneyKind.RECOVERED, "settled_amount", when=WHERE_RECOVERED),
            ),
            source=legal.SUBSIDY_LAW,
        ),
    )


def moves(before_balance: tuple[Condition, ...] = ()) -> tuple[Move, ...]:
    """Return every move of the chain."""
    return (*AGREEMENT_MOVES, *payments(before_balance), *AMENDMENT_MOVES, *REPORT_MOVES, *CLOSING_MOVES)


PIECES = (
    Piece(
        "financial-report",
        "Compte rendu financier",
        "Ce qui était prévu, ce qui a été dépensé, et les écarts expliqués (formulaire 15059 pour une association).",
        source=legal.SUBSIDY_LAW,
        at=("report",),
    ),
    Piece(
        "activity-report", "Bilan de l'action", "Ce qui a été fait et ce que disent les indicateurs.", at=("report",)
    ),
)
