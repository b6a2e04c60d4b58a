"""The co-financing table: who pays what, when, by which dossier, and what nobody pays yet. Pure.

A line says an expense, its amount and who is asked to pay it. A line that was refused is an expense that nobody pays
any more: it is what keeps the plan from balancing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

REFUSED, GRANTED = "refused", "granted"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan; ``dossier`` is the reference of the one by which it is asked, empty for none."""

    expense: str
    payer: str
    amount: Decimal
    state: str
    year: int | None = None
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The plan, added up. ``resources`` leave the refused lines out; ``gap`` is what nobody pays."""

    expenses: Decimal = ZERO
    resources: Decimal = ZERO
    granted: Decimal = ZERO
    by_payer: Mapping[str, Decimal] = field(default_factory=dict)
    by_year: Mapping[int | None, Decimal] = field(default_factory=dict)
    by_expense: Mapping[str, Decimal] = field(default_factory=dict)
    by_dossier: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def gap(self) -> Decimal:
        """Return what the expenses exceed the resources by; never negative, since a resource is a paid expense."""
        return self.expenses - self.resources

    @property
    def balances(self) -> bool:
        """Tell whether every expense has somebody who is asked to pay it."""
        return self.gap == ZERO


def table_of(lines: Iterable[Line]) -> Table:
    """Add a plan up. Payers, years and dossiers count what is not refused; expenses count everything."""
    rows = list(lines)
    live = [row for row in rows if row.state != REFUSED]

    def totals(those: list[Line], key: Callable[[Line], object]) -> dict:
        found: dict[object, Decimal] = defaultdict(Decimal)
        for row in those:
            found[key(row)] += row.amount
        return dict(found)

    by_year = totals(live, lambda row: row.year)
    return Table(
        expenses=sum((row.amount for row in rows), ZERO),
        resources=sum((row.amount for row in live), ZERO),
        granted=sum((row.amount for row in live if row.state == GRANTED), ZERO),
        by_payer=totals(live, lambda row: row.payer),
        by_year=dict(sorted(by_year.items(), key=lambda item: (item[0] is None, item[0] or 0))),
        by_expense=totals(rows, lambda row: row.expense),
        by_dossier=totals(live, lambda row: row.dossier),
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """A dossier as exclusions see it: the lever it asks, and the levers that its procedure does not go with."""

    reference: str
    lever: str
    excludes: frozenset[str]


def exclusions(dossiers: Iterable[Asking]) -> list[tuple[Asking, Asking]]:
    """Return the pairs of dossiers that ask levers which do not go together, each pair once, in order."""
    rows = list(dossiers)
    return [
        (one, other)
        for rank, one in enumerate(rows)
        for other in rows[rank + 1 :]
        if other.lever in one.excludes or one.lever in other.excludes
    ]
