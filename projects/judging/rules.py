"""How marks become a total, an average, a spread, a rank, and a line under which the envelope is spent. Pure.

Totals are on a hundred, rounded to the hundredth, half up; ranks compare what is shown, so that two dossiers that
read alike are ties.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from projects.procedures.grids import STEP, Criterion, Grid

HUNDREDTH = Decimal("0.01")


def is_mark(criterion: Criterion, mark: Decimal) -> bool:
    """Tell whether a mark is on the scale of a criterion, by halves."""
    return criterion.low <= mark <= criterion.high and not (mark - criterion.low) % STEP


def owes_words(criterion: Criterion, mark: Decimal) -> bool:
    """Tell whether a mark is so low that it must be explained."""
    return mark < criterion.words_below


def total_of(grid: Grid, marks: Mapping[str, Decimal]) -> Decimal:
    """Return the weighted total of a filled grid, on a hundred; ``KeyError`` where a mark is missing."""
    got = whole = Fraction(0)
    for one in grid.criteria:
        weight = Fraction(grid.weight_of(one))
        got += weight * Fraction(marks[one.key] - one.low) / Fraction(one.high - one.low)
        whole += weight
    return rounded(100 * got / whole)


def rounded(value: Fraction) -> Decimal:
    """Return a number to the hundredth, half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Spread:
    """What several marks say together. ``deviation``: the standard deviation of these marks, all of them known."""

    count: int
    mean: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal


def spread_of(values: Iterable[Decimal]) -> Spread | None:
    """Return the average and the spread of marks, whatever their order; None where there is none."""
    found = sorted(values)
    if not found:
        return None
    exact = [Fraction(one) for one in found]
    mean = sum(exact) / len(exact)
    variance = sum((one - mean) ** 2 for one in exact) / len(exact)
    deviation = Decimal(sqrt(variance)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return Spread(len(found), rounded(mean), deviation, found[0], found[-1])


@dataclass(frozen=True, slots=True)
class Ranked:
    """A dossier in its place. ``rank``: None where nobody marked it; ``tied``: another has the same mark."""

    key: str
    mark: Decimal | None
    rank: int | None
    tied: bool


def ranking(marks: Mapping[str, Decimal | None]) -> list[Ranked]:
    """Return dossiers from the best mark to the lowest; those without any are last.

    Ties share the better rank and the next one is skipped (1, 1, 3); between them the order is that of their keys,
    which says nothing of merit, and does not depend on who came first.
    """
    order = sorted(marks, key=lambda key: (marks[key] is None, -(marks[key] or 0), key))
    found: list[Ranked] = []
    values = list(marks.values())
    for place, key in enumerate(order, start=1):
        mark = marks[key]
        if mark is None:
            found.append(Ranked(key, None, None, False))
            continue
        tied = values.count(mark) > 1
        same = found and found[-1].mark == mark
        found.append(Ranked(key, mark, found[-1].rank if same else place, tied))
    return found


class Place(StrEnum):
    """On which side of the line a dossier falls."""

    ABOVE = "above"
    PARTLY = "partly"
    BELOW = "below"
    UNRANKED = "unranked"
    NO_AMOUNT = "no-amount"


PLACE_WORDS: Mapping[Place, str] = {
    Place.ABOVE: "Dans l'enveloppe",
    Place.PARTLY: "En partie",
    Place.BELOW: "Au-delà",
    Place.UNRANKED: "Non classé",
    Place.NO_AMOUNT: "Montant inconnu",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier against the envelope. ``covered``: what the envelope gives it; ``cumulated``: asked down to here."""

    key: str
    place: Place
    amount: Decimal | None
    covered: Decimal
    cumulated: Decimal


def against_envelope(
    ranked: Sequence[Ranked], amounts: Mapping[str, Decimal], envelope: Decimal
) -> tuple[list[Line], bool]:
    """Spend an envelope in the order of rank; return each dossier's line, and whether it falls between ties.

    The first that does not fit has what is left, and nobody after it has anything, even where a smaller amount would
    fit: the order decides. A dossier without an amount takes nothing and is said as such.
    """
    left, cumulated, spent = max(envelope, Decimal(0)), Decimal(0), False
    found: list[Line] = []
    for one in ranked:
        amount = amounts.get(one.key)
        if one.rank is None or amount is None:
            place = Place.UNRANKED if one.rank is None else Place.NO_AMOUNT
            found.append(Line(one.key, place, amount, Decimal(0), cumulated))
            continue
        cumulated += amount
        if not spent and amount <= left:
            place, covered = Place.ABOVE, amount
        elif not spent and left > 0:
            place, covered, spent = Place.PARTLY, left, True
        else:
            place, covered, spent = Place.BELOW, Decimal(0), True
        left -= covered
        found.append(Line(one.key, place, amount, covered, cumulated))
    return found, _cuts_ties(ranked, found)


def _cuts_ties(ranked: Sequence[Ranked], lines: Sequence[Line]) -> bool:
    """Tell whether dossiers of the same rank are treated differently."""
    places: dict[int, set[Place]] = {}
    for one, line in zip(ranked, lines, strict=True):
        if one.rank is not None and line.place is not Place.NO_AMOUNT:
            places.setdefault(one.rank, set()).add(line.place)
    return any(len(found) > 1 for found in places.values())


def expected(
    jurors: Iterable[int], candidates: Iterable[int], closed: Iterable[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return who must mark what: every member every dossier, but those closed to them. Pairs of member and dossier."""
    shut = set(closed)
    dossiers = list(candidates)
    return {(juror, one) for juror in jurors for one in dossiers} - shut
