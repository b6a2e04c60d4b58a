"""Who may pay what: rules that a procedure holds as data, and what they say of a financing plan. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from projects.procedures.vocabulary import MoneyKind, Value, When


class Verdict(StrEnum):
    """What a rule says of a line of the financing plan."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class FundingRule:
    """Who may pay what: a row of a procedure's table, read by ``funding.py``.

    It speaks of the lines of ``payer`` whose expense is one of ``expenses`` (none: any), under the answers of ``when``.
    With ``low`` or ``high``, it speaks of the sum of those lines, and only where it is outside.
    """

    verdict: Verdict
    payer: str
    words: str
    source: str
    expenses: tuple[str, ...] = ()
    when: When | None = None
    low: int | None = None
    high: int | None = None

    def concerns(self, expense: str, answers: Mapping[str, Value]) -> bool:
        """Tell whether the rule speaks of an expense under these answers, whoever pays."""
        return (not self.expenses or expense in self.expenses) and (self.when is None or self.when.holds(answers))

    def is_of_the_sum(self) -> bool:
        """Tell whether the rule bounds a sum rather than a line."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount that a move moves: the record that holds it, and the one that dates it (none: the day of the act).

    ``when``: under which record it does (a settlement that pays, or that is paid back). ``in_place``: the amount takes
    the place of what was there: the difference is what moves.
    """

    kind: MoneyKind
    amount: str
    on: str = ""
    when: When | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A row of the payment schedule in force. ``is_ready``: what it waits for is there (a target that is reached)."""

    rank: int
    amount: Decimal
    is_paid: bool = False
    is_ready: bool = True
    is_balance: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the financing plan, as rules see it."""

    expense: str
    payer: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of a plan. ``line``: the rank of the line, none where it is about a sum."""

    verdict: Verdict
    words: str
    source: str
    line: int | None = None


def remarks(rules: Iterable[FundingRule], lines: Iterable[Line], answers: Mapping[str, Value]) -> tuple[Remark, ...]:
    """Return what the rules refuse or warn of in a plan: line by line, then of the sums."""
    kept = [rule for rule in rules if rule.verdict is not Verdict.PROPOSED]
    plan = list(lines)
    by_line = [
        Remark(rule.verdict, rule.words, rule.source, rank)
        for rank, line in enumerate(plan)
        for rule in kept
        if not rule.is_of_the_sum() and rule.payer == line.payer and rule.concerns(line.expense, answers)
    ]
    return (*by_line, *(found for rule in kept if (found := _of_sum(rule, plan, answers)) is not None))


def _of_sum(rule: FundingRule, plan: list[Line], answers: Mapping[str, Value]) -> Remark | None:
    if not rule.is_of_the_sum():
        return None
    amounts = [line.amount for line in plan if line.payer == rule.payer and rule.concerns(line.expense, answers)]
    total = sum(amounts, Decimal())
    too_low = rule.low is not None and total < rule.low
    too_high = rule.high is not None and total > rule.high
    return Remark(rule.verdict, rule.words, rule.source) if amounts and (too_low or too_high) else None


def refusals(rules: Iterable[FundingRule], lines: Iterable[Line], answers: Mapping[str, Value]) -> tuple[Remark, ...]:
    """Return what prevents a deposit."""
    return tuple(one for one in remarks(rules, lines, answers) if one.verdict is Verdict.REFUSED)


def proposals(rules: Iterable[FundingRule], expense: str, answers: Mapping[str, Value]) -> tuple[FundingRule, ...]:
    """Return the rules that say who may be asked to pay an expense, in their order."""
    return tuple(rule for rule in rules if rule.verdict is Verdict.PROPOSED and rule.concerns(expense, answers))


def proposed_payers(rules: Iterable[FundingRule], expense: str, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """Return who may be asked to pay an expense, as far as the rules know, in their order."""
    return tuple(dict.fromkeys(rule.payer for rule in proposals(rules, expense, answers)))
