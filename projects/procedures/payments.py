"""What may be paid, and against which row of the payment schedule. Pure.

A payment is never more than what was granted, and never twice the same row. Where a schedule is in force, each
payment names its row; without one, the amount granted is the only limit.
"""

from collections.abc import Callable
from decimal import Decimal

from projects.procedures.funding import Scheduled
from projects.procedures.types import Condition, Facts
from projects.procedures.vocabulary import When

INSTALMENT = "instalment"
"""The field by which a payment names the row of the schedule: its number."""

UP, DOWN = "up", "down"


def is_reached(value: Decimal | None, target: Decimal | None, direction: str) -> bool:
    """Tell whether what was observed reaches a target: at least it where more is better, at most it elsewhere."""
    if value is None or target is None:
        return False
    return value >= target if direction == UP else value <= target


def named_row(facts: Facts) -> Scheduled | None:
    """Return the row of the schedule that a payment names; None where it names none that exists."""
    return next((row for row in facts.scheduled if row.rank == facts.given.get(INSTALMENT)), None)


def within_grant(amount: str, when: When | None = None) -> Condition:
    """Return the condition that all payments together stay within what was granted, what came back deducted."""

    def test(facts: Facts) -> bool:
        value = _amount(facts, amount, when)
        return value is None or facts.granted is None or facts.paid + value <= facts.granted

    return Condition(
        "within-grant",
        "Avec ce versement, l'agence aurait versé plus que le montant accordé.",
        test,
        fields=_fields(amount, when),
    )


def within_agreement(amount: str) -> Condition:
    """Return the condition that payments stay within the amount of the agreement, where one was signed."""

    def test(facts: Facts) -> bool:
        value = _amount(facts, amount, None)
        return value is None or not facts.granted or facts.paid + value <= facts.granted

    return Condition(
        "within-agreement",
        "Avec ce versement, l'agence aurait versé plus que le montant de la convention.",
        test,
        fields=(amount,),
    )


def not_below_paid(amount: str) -> Condition:
    """Return the condition that a new amount of the aid, where there is one, is not less than what was paid."""

    def test(facts: Facts) -> bool:
        value = _amount(facts, amount, None)
        return value is None or value >= facts.paid

    return Condition(
        "not-below-paid",
        "Le nouveau montant est inférieur à ce qui est déjà versé : reprenez d'abord le trop-perçu.",
        test,
        fields=(amount,),
    )


def recovered_within_paid(amount: str, when: When) -> Condition:
    """Return the condition that nothing is taken back that was not paid."""

    def test(facts: Facts) -> bool:
        value = _amount(facts, amount, when)
        return value is None or facts.granted is None or value <= facts.paid

    return Condition(
        "recovered-within-paid",
        "On ne reprend pas plus que ce qui a été versé.",
        test,
        fields=_fields(amount, when),
    )


Holds = Callable[[Facts, Decimal, Scheduled | None], bool]
"""Tells whether a payment of an amount, on the row that it names, may be made."""

ON_SCHEDULE: tuple[tuple[str, str, Holds], ...] = (
    (
        "schedule-in-step",
        "L'échéancier ne totalise plus le montant accordé : écrivez d'abord sa nouvelle version, page « Suivi ».",
        lambda facts, value, row: facts.granted is None or sum(one.amount for one in facts.scheduled) == facts.granted,
    ),
    (
        "instalment-named",
        "Dites quelle ligne de l'échéancier est versée : son numéro est sur la page « Suivi ».",
        lambda facts, value, row: row is not None,
    ),
    (
        "instalment-unpaid",
        "Cette ligne de l'échéancier est déjà versée.",
        lambda facts, value, row: row is None or not row.is_paid,
    ),
    (
        "instalment-ready",
        "La cible d'usage de cette ligne n'est pas atteinte d'après la dernière valeur saisie par l'agence.",
        lambda facts, value, row: row is None or row.is_ready,
    ),
)
EXACTLY: tuple[str, str, Holds] = (
    "instalment-amount",
    "Le montant n'est pas celui de la ligne. Pour verser autre chose, changez d'abord l'échéancier.",
    lambda facts, value, row: row is None or row.amount == value,
)
AT_MOST: tuple[str, str, Holds] = (
    "instalment-amount",
    "Le solde peut être moindre que sa ligne, selon ce qui a été dépensé ; jamais plus élevé. Pour verser autre chose, "
    "changez d'abord l'échéancier.",
    lambda facts, value, row: row is None or row.amount == value or (row.is_balance and value < row.amount),
)
NOT_THE_BALANCE: tuple[str, str, Holds] = (
    "instalment-not-balance",
    "Le solde se verse avec « Solder le compte », une fois le compte rendu reçu.",
    lambda facts, value, row: row is None or not row.is_balance,
)


def on_schedule(amount: str, when: When | None = None, *, balance: bool) -> tuple[Condition, ...]:
    """Return the conditions that a payment follows the schedule in force, where there is one.

    ``balance``: it is the payment that settles the account; the row of the balance waits for it, and is paid for less
    where less was spent.
    """
    fields = (*_fields(amount, when), INSTALMENT)

    def judged(key: str, refusal: str, holds: Holds) -> Condition:
        def test(facts: Facts) -> bool:
            value = _amount(facts, amount, when)
            return value is None or not facts.scheduled or holds(facts, value, named_row(facts))

        return Condition(key, refusal, test, fields=fields)

    rules = (*ON_SCHEDULE, AT_MOST) if balance else (*ON_SCHEDULE, EXACTLY, NOT_THE_BALANCE)
    return tuple(judged(*rule) for rule in rules)


def _amount(facts: Facts, amount: str, when: When | None) -> Decimal | None:
    """Return what the move that is wanted pays; None where it pays nothing, or does not say how much yet."""
    value = facts.given.get(amount)
    if not isinstance(value, Decimal) or (when is not None and not when.holds(facts.given)):
        return None
    return value


def _fields(amount: str, when: When | None) -> tuple[str, ...]:
    return (amount, when.question) if when else (amount,)
