"""Which procurement procedures are open for a need on a day, with which publicity, and why.

Pure: thresholds and a need in, procedures out; amounts are ``Decimal``. Below a
threshold is strictly below: an amount that reaches it is no longer below. Nothing is
guessed: where the answer depends on a threshold that is not known on that day, the
outcome says which one instead of an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Buyer(StrEnum):
    """Who buys, as the contract says it."""

    CENTRAL_STATE = "central-state"
    OTHER_PUBLIC = "other-public"
    PRIVATE_CONTRACTING_AUTHORITY = "private-contracting-authority"
    PRIVATE = "private"


class Purchases(StrEnum):
    """What is bought."""

    SUPPLIES_SERVICES = "supplies-services"
    WORKS = "works"


class Key(StrEnum):
    """The thresholds: two below which less is asked, two from which more is."""

    FREE = "free-procedure"
    INNOVATIVE = "innovative-purchase"
    FORMAL = "formal-procedure"
    PUBLICITY = "publicity"


class Procedure(StrEnum):
    """The procedures, lightest first."""

    LIBRE = "libre"
    INNOVATIVE = "achat-innovant"
    ADAPTED = "mapa"
    FORMAL = "formalisee"


class Publicity(StrEnum):
    """How the buyer makes the purchase known, least first."""

    NONE = "none"
    ADAPTED = "adapted"
    BOAMP_OR_JAL = "boamp-or-jal"
    BOAMP_AND_JOUE = "boamp-and-joue"


EVERYONE = "all"
"""Scope of a threshold that does not depend on the buyer, or on what is bought."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount, whom and what it concerns, its days (both included), and where it was read."""

    key: Key
    value: Decimal
    valid_from: date
    valid_to: date | None = None
    buyers: str = EVERYONE
    category: str = EVERYONE
    citation: dict = field(default_factory=dict, compare=False)
    source_title: str = ""
    verified_on: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether the threshold is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody wants to buy: its value over its whole duration, before tax, and who buys."""

    amount: Decimal
    buyer: Buyer
    category: Purchases = Purchases.SUPPLIES_SERVICES
    innovative: bool = False

    @property
    def column(self) -> str:
        """Return the scope under which the buyer is: a private contracting authority follows other public buyers."""
        return Buyer.CENTRAL_STATE if self.buyer is Buyer.CENTRAL_STATE else Buyer.OTHER_PUBLIC

    def concerns(self, threshold: Threshold) -> bool:
        """Tell whether a threshold is about this buyer and this category."""
        return threshold.buyers in (EVERYONE, self.column) and threshold.category in (EVERYONE, self.category)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The procedures, lightest first, each with its publicity; or the thresholds that are not known.

    ``thresholds`` are those that the answer rests on, and no other.
    """

    procedures: tuple[Procedure, ...] = ()
    publicity: tuple[Publicity, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    unknown: tuple[Key, ...] = ()

    @property
    def ways(self) -> tuple[tuple[Procedure, Publicity], ...]:
        """Return each procedure with its publicity."""
        return tuple(zip(self.procedures, self.publicity, strict=True))

    def values(self, key: Key) -> tuple[Decimal, ...]:
        """Return the amounts of a threshold that the answer rests on, once each."""
        return tuple(sorted({threshold.value for threshold in self.thresholds if threshold.key == key}))


def procedures_for(need: Need, on: date, thresholds: Iterable[Threshold]) -> Outcome:
    """Return what is open to the buyer on a day.

    In order: a private body is outside the code and gets nothing; the formal procedure,
    where its threshold is reached, is compulsory, hence alone, and settles the answer
    whatever the other thresholds are; else every threshold of the answer must be known.
    Of periods that overlap, each counts: being below one of them is enough.
    """
    if need.buyer is Buyer.PRIVATE:
        return Outcome()
    held: dict[Key, list[Threshold]] = {}
    for threshold in thresholds:
        if need.concerns(threshold) and threshold.holds(on):
            held.setdefault(threshold.key, []).append(threshold)
    formal = held.get(Key.FORMAL, [])
    if _reached(need.amount, formal):
        return Outcome((Procedure.FORMAL,), (Publicity.BOAMP_AND_JOUE,), tuple(formal))
    asked = keys_asked(need)
    if unknown := tuple(key for key in asked if key not in held):
        return Outcome(unknown=unknown)
    notice = Publicity.BOAMP_OR_JAL if _reached(need.amount, held[Key.PUBLICITY]) else Publicity.ADAPTED
    ways = [(Procedure.LIBRE, Publicity.NONE)] if _is_below(need.amount, held[Key.FREE]) else []
    if need.innovative and _is_below(need.amount, held[Key.INNOVATIVE]):
        ways.append((Procedure.INNOVATIVE, Publicity.NONE))
    ways.append((Procedure.ADAPTED, notice))
    used = tuple(threshold for key in asked for threshold in held[key])
    return Outcome(tuple(way for way, _ in ways), tuple(shown for _, shown in ways), used)


def keys_asked(need: Need) -> tuple[Key, ...]:
    """Return the thresholds that an answer below the formal one rests on."""
    return (Key.FREE, *([Key.INNOVATIVE] if need.innovative else []), Key.FORMAL, Key.PUBLICITY)


def _is_below(amount: Decimal, thresholds: Iterable[Threshold]) -> bool:
    return any(amount < threshold.value for threshold in thresholds)


def _reached(amount: Decimal, thresholds: Iterable[Threshold]) -> bool:
    return any(amount >= threshold.value for threshold in thresholds)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which a same need gets a same answer from the same amounts; without a first or a last day, endless."""

    first: date | None
    last: date | None
    outcome: Outcome

    def contains(self, on: date) -> bool:
        """Tell whether a day is one of them."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


def periods_of(need: Need, thresholds: Sequence[Threshold]) -> list[Period]:
    """Return all the time there is, cut where the answer for a need changes, or an amount that it rests on."""
    mine = [threshold for threshold in thresholds if need.concerns(threshold)]
    starts = {threshold.valid_from for threshold in mine}
    starts |= {t.valid_to + timedelta(days=1) for t in mine if t.valid_to and t.valid_to < date.max}
    found: list[Period] = []
    for first in [date.min, *sorted(starts - {date.min})]:
        outcome = procedures_for(need, first, mine)
        if found and _same(found[-1].outcome, outcome):
            continue
        if found:
            found[-1] = Period(found[-1].first, first - timedelta(days=1), found[-1].outcome)
        found.append(Period(first if first > date.min else None, None, outcome))
    return found


def _same(one: Outcome, other: Outcome) -> bool:
    """Tell whether two answers are the same and rest on the same amounts, be they of other rows."""
    seen = [(outcome.ways, outcome.unknown, {(t.key, t.value) for t in outcome.thresholds}) for outcome in (one, other)]
    return seen[0] == seen[1]
