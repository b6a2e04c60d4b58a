"""The financing model as figures: what is paid, what is avoided, when it balances. Pure.

The applicant gives five figures a year; the rest is counted here, the same way for everybody. The portal judges
nothing: a model that never balances is shown as such.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Year:
    """What the applicant says of a year: people followed, paid and avoided amounts a person, other costs."""

    year: int
    patients: int
    package: Decimal
    substituted: Decimal
    other: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Row:
    """A year counted. ``net``: what it costs once what is avoided is taken off; negative, it saves.

    ``threshold``: from how many people on the year pays for itself; None where no number does.
    """

    given: Year
    packages: Decimal
    cost: Decimal
    avoided: Decimal
    net: Decimal
    cumulated: Decimal
    threshold: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The whole model. ``break_even``: the year from which the sum of all years no longer costs anything."""

    rows: tuple[Row, ...]
    patients: int
    packages: Decimal
    other: Decimal
    cost: Decimal
    avoided: Decimal
    net: Decimal
    break_even: int | None


def years_of(figures: Iterable[Mapping]) -> list[Year]:
    """Return years from what a version froze (``figures`` of a content)."""
    return [
        Year(one["year"], one["patients"], *(Decimal(one[name]) for name in ("package", "substituted", "other")))
        for one in figures
    ]


def threshold_of(year: Year) -> int | None:
    """Return from how many people on what is avoided covers what is paid and the other costs; None where never."""
    gain = year.substituted - year.package
    if gain > ZERO:
        return int((year.other / gain).to_integral_value(ROUND_CEILING))
    return 0 if gain == ZERO and year.other == ZERO else None


def table_of(years: Iterable[Year]) -> Table:
    """Count a model, years in order."""
    rows: list[Row] = []
    cumulated = ZERO
    for year in sorted(years, key=lambda one: one.year):
        packages, avoided = year.patients * year.package, year.patients * year.substituted
        cost = packages + year.other
        cumulated += cost - avoided
        rows.append(Row(year, packages, cost, avoided, cost - avoided, cumulated, threshold_of(year)))
    return Table(
        rows=tuple(rows),
        patients=sum(row.given.patients for row in rows),
        packages=sum((row.packages for row in rows), ZERO),
        other=sum((row.given.other for row in rows), ZERO),
        cost=sum((row.cost for row in rows), ZERO),
        avoided=sum((row.avoided for row in rows), ZERO),
        net=cumulated,
        break_even=_break_even(rows),
    )


def _break_even(rows: list[Row]) -> int | None:
    """Return the first year from which the sum stays at zero or under, up to the last one."""
    found = None
    for row in reversed(rows):
        if row.cumulated > ZERO:
            break
        found = row.given.year
    return found


def conclusion(table: Table) -> str:
    """Return in a sentence when the model balances."""
    if not table.rows:
        return "Aucun chiffre n'est encore saisi."
    if table.break_even is None:
        return "Sur les années décrites, le modèle ne s'équilibre pas : ce qui est payé dépasse ce qui est évité."
    return (
        f"Le modèle s'équilibre à partir de {table.break_even} : au cumul, ce qui est évité couvre ce qui est payé. "
        "Ce sont les chiffres du porteur."
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """A year in two versions: the counted rows, None where a version does not have it."""

    year: int
    before: Row | None
    after: Row | None

    @property
    def changed(self) -> bool:
        """Tell whether what is said of the year changed."""
        return (self.before and self.before.given) != (self.after and self.after.given)

    @property
    def words(self) -> str:
        """Return what became of the year."""
        if self.before is None:
            return "Année ajoutée"
        if self.after is None:
            return "Année retirée"
        return "Chiffres modifiés" if self.changed else "Inchangée"


def shifts(before: Table, after: Table) -> list[Shift]:
    """Return the years of two versions side by side."""
    old = {row.given.year: row for row in before.rows}
    new = {row.given.year: row for row in after.rows}
    return [Shift(year, old.get(year), new.get(year)) for year in sorted(old | new)]
