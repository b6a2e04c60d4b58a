"""Whether a delegation of signature covers an act: the day, the lever, the amount. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.procedures.conditions import Refusal
from projects.procedures.types import Facts, Procedure
from projects.procedures.vocabulary import APPLICANTS, Kind

NO_MANDATE = Refusal("no-delegation", "Aucune délégation de signature ne vous est donnée ce jour-là.")


@dataclass(frozen=True, slots=True)
class Mandate:
    """A delegation that somebody holds. ``levers``: none for all; ``ceiling``: in euros, none for no limit."""

    number: int
    reference: str
    levers: frozenset[int]
    ceiling: Decimal | None
    valid_from: date
    valid_to: date | None


def gaps(mandate: Mandate, lever: int | None, amount: Decimal | None, on: date) -> tuple[Refusal, ...]:
    """Return why a delegation does not cover an act; nothing where it does. A limit reached is not passed."""
    found = []
    if on < mandate.valid_from or (mandate.valid_to is not None and on > mandate.valid_to):
        found.append(Refusal("delegation-over", f"La délégation {mandate.reference} ne vaut pas ce jour-là."))
    if mandate.levers and lever not in mandate.levers:
        found.append(Refusal("delegation-lever", f"La délégation {mandate.reference} ne vaut pas pour ce levier."))
    if mandate.ceiling is not None and amount is not None and amount > mandate.ceiling:
        words = f"Le montant dépasse la limite de la délégation {mandate.reference} : la direction signe."
        found.append(Refusal("delegation-amount", words))
    return tuple(found)


def chosen(
    mandates: Iterable[Mandate], lever: int | None, amount: Decimal | None, on: date
) -> tuple[Mandate | None, tuple[Refusal, ...]]:
    """Return the delegation under which an act may be signed, or else why none covers it."""
    found: tuple[Refusal, ...] = ()
    for mandate in mandates:
        missing = gaps(mandate, lever, amount, on)
        if not missing:
            return mandate, ()
        found = found or missing
    return None, found or (NO_MANDATE,)


def at_stake(procedure: Procedure, facts: Facts) -> Decimal | None:
    """Return the largest amount that the administration's acts name on a dossier; None where they name none.

    An amount that what was proposed last no longer calls for (a grant that became a refusal) does not count. The
    largest is on the safe side: a delegation is a limit.
    """
    known = {**facts.records, **facts.given}
    fields = [one for move in procedure.moves if not move.by <= APPLICANTS for one in move.fields]
    amounts = [
        value
        for one in fields
        if one.kind is Kind.MONEY and one.is_asked(known) and isinstance(value := known.get(one.key), Decimal)
    ]
    return max(amounts, default=None)
