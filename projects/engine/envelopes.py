"""What an envelope has left, and to which envelope a commitment counts. Pure.

An envelope of a call counts the dossiers of that call; one of a lever, the others of that lever. What is committed
beyond it is refused; where no envelope is known, nothing is: it is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what an amount is: an administration, a budget year, a lever, perhaps a call."""

    body: int
    year: int
    lever: int | None
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Pot:
    """An envelope. ``key``: its number in the base; of a call, or of a lever."""

    key: int
    body: int
    year: int
    amount: Decimal
    lever: int | None = None
    call: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """An envelope (none: amounts that no envelope covers), what was committed and paid on it."""

    pot: Pot | None
    scope: Scope
    committed: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal | None:
        """Return what may still be committed; None where no envelope says."""
        return None if self.pot is None else left(self.pot.amount, self.committed)


def left(envelope: Decimal, committed: Decimal) -> Decimal:
    """Return what may still be committed; below zero where the envelope was lowered since."""
    return envelope - committed


def is_beyond(envelope: Decimal, committed: Decimal, wanted: Decimal) -> bool:
    """Tell whether committing more would go past the envelope; giving back never does."""
    return wanted > 0 and wanted > left(envelope, committed)


def pot_of(pots: Iterable[Pot], scope: Scope) -> Pot | None:
    """Return the envelope to which an amount counts: that of its call, else that of its lever; of several, the last."""
    here = [pot for pot in pots if (pot.body, pot.year) == (scope.body, scope.year)]
    of_call = [pot for pot in here if pot.call is not None and pot.call == scope.call]
    of_lever = [pot for pot in here if pot.lever is not None and pot.lever == scope.lever]
    return next(iter([*reversed(of_call), *reversed(of_lever)]), None)


def balances(pots: Sequence[Pot], sums: Mapping[Scope, tuple[Decimal, Decimal]]) -> list[Balance]:
    """Return each envelope with what was committed and paid on it, then what no envelope covers, in order of scope."""
    totals: dict[int, tuple[Decimal, Decimal]] = {pot.key: (Decimal(), Decimal()) for pot in pots}
    outside: dict[Scope, tuple[Decimal, Decimal]] = {}
    for scope, (committed, paid) in sums.items():
        pot = pot_of(pots, scope)
        if pot is not None:
            before = totals[pot.key]
            totals[pot.key] = (before[0] + committed, before[1] + paid)
        elif committed or paid:
            outside[scope] = (committed, paid)
    found = [Balance(pot, Scope(pot.body, pot.year, pot.lever, pot.call), *totals[pot.key]) for pot in pots]
    return found + [Balance(None, scope, *amounts) for scope, amounts in outside.items()]
