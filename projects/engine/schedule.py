"""What a payment schedule has to say, and what it commits year by year. Pure.

« Engagé », of a dossier and a budget year, is what the schedule in force plans for that year. A new version writes
the differences with the one before, so that the sum of what was written up to a day is what was committed on it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

USE_TARGET, BALANCE = "use-target", "balance"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a schedule. ``rank``: its number, 0 where it is new. ``indicator``, ``target``: what it waits for."""

    rank: int
    year: int
    kind: str
    amount: Decimal
    due_on: date
    condition: str = ""
    indicator: int | None = None
    target: Decimal | None = None


def numbered(rows: Sequence[Row], used: Iterable[int]) -> list[Row]:
    """Return the rows with a number each; a new one takes the next that no version used."""
    top = max((*used, *(row.rank for row in rows), 0))
    found = []
    for row in rows:
        top += not row.rank
        found.append(row if row.rank else _with_rank(row, top))
    return found


def as_new(rows: Iterable[Row], known: Collection[int]) -> tuple[Row, ...]:
    """Return rows in which those that are not in force yet have no number: it is theirs once they are."""
    return tuple(row if row.rank in known else _with_rank(row, 0) for row in rows)


def problems(rows: Sequence[Row], granted: Decimal, before: Sequence[Row], paid: Collection[int]) -> list[str]:
    """Return why these rows are no schedule; nothing where they are one.

    ``before``: the rows in force; ``paid``: the numbers of those that were paid, which stay as they were.
    """
    if not rows:
        return ["Écrivez au moins une ligne."]
    found = []
    gap = sum((row.amount for row in rows), Decimal()) - granted
    if gap:
        what = "de trop" if gap > 0 else "en moins"
        found.append(f"Les lignes ne totalisent pas le montant accordé ({euros(granted)}) : {euros(abs(gap))} {what}.")
    known = {row.rank: row for row in before}
    kept = {row.rank: row for row in rows if row.rank}
    if len(kept) != sum(1 for row in rows if row.rank) or set(kept) - set(known):
        found.append("Une ligne porte un numéro qui n'est pas le sien : rouvrez la page.")
    for rank in sorted(set(paid) & set(known)):
        if kept.get(rank) != known[rank]:
            found.append(f"La ligne {rank} est déjà versée : elle reste comme elle est.")
    if sum(row.kind == BALANCE for row in rows) > 1:
        found.append("Il n'y a qu'un solde.")
    for row in rows:
        if (row.kind == USE_TARGET) != (row.indicator is not None and row.target is not None):
            found.append(
                "Une ligne « selon une cible d'usage » dit quel indicateur, et quelle valeur ; les autres, non."
            )
            break
    return found


def by_year(rows: Iterable[Row]) -> dict[int, Decimal]:
    """Return what rows plan for each budget year."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.year] += row.amount
    return dict(sorted(sums.items()))


def differences(before: Mapping[int, Decimal], after: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return by how much each year's commitment changes; a year that does not change is left out."""
    years = sorted({*before, *after})
    moved = {year: after.get(year, Decimal()) - before.get(year, Decimal()) for year in years}
    return {year: amount for year, amount in moved.items() if amount}


def as_data(rows: Iterable[Row]) -> list[dict]:
    """Return rows as the journal keeps them, without their words."""
    return [
        {
            "rank": row.rank,
            "year": row.year,
            "kind": str(row.kind),
            "amount": str(row.amount),
            "due_on": row.due_on.isoformat(),
            "indicator": row.indicator,
            "target": None if row.target is None else str(row.target),
        }
        for row in rows
    ]


def words_of(rows: Iterable[Row]) -> dict[str, str]:
    """Return the words of rows, by field: what people wrote stays beside the journal."""
    return {f"condition-{row.rank}": row.condition for row in rows if row.condition}


def from_data(said: Iterable[Mapping], texts: Mapping[str, str]) -> tuple[Row, ...]:
    """Return rows from what the journal keeps of them; words that were erased are empty."""
    return tuple(
        Row(
            one["rank"], one["year"], one["kind"], Decimal(one["amount"]), date.fromisoformat(one["due_on"]),
            texts.get(f"condition-{one['rank']}", ""), one["indicator"],
            None if one["target"] is None else Decimal(one["target"]),
        )
        for one in said
    )  # fmt: skip


def in_figures(number: Decimal) -> str:
    """Return a number as it is written in French, decimals only where there are some."""
    return f"{number:,.2f}".removesuffix(".00").replace(",", "\u202f").replace(".", ",")


def euros(amount: Decimal) -> str:
    """Return an amount as it is written in French, cents only where there are some."""
    return f"{in_figures(amount)}\u00a0€"


def _with_rank(row: Row, rank: int) -> Row:
    return Row(rank, row.year, row.kind, row.amount, row.due_on, row.condition, row.indicator, row.target)
