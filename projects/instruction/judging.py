"""What an officer checks beside the text of the applicant: what the moves ask, who may pay what, the lever's criteria.

Pure: rows are given. Nothing is judged here: the portal lays side by side what rules say already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from projects.content.answers import typed_answers
from projects.instruction.offers import Offer
from projects.procedures.funding import FundingRule, Line, Remark, Verdict, proposed_payers, remarks
from projects.procedures.types import Facts, Move, Procedure
from projects.procedures.vocabulary import APPLICANTS, Value


@dataclass(frozen=True, slots=True)
class Checked:
    """What a move asks: how many conditions hold, what prevents it, what its form will establish."""

    label: str
    source: str
    met: int
    unmet: tuple[str, ...]
    to_fill: tuple[str, ...]


def checks_of(offered: Iterable[Offer], facts: Facts) -> list[Checked]:
    """Return what the moves of those who instruct ask at this stage; the applicant's own are theirs to make."""
    return [found for one in offered if (found := _checked(one.move, facts)) is not None]


def _checked(move: Move, facts: Facts) -> Checked | None:
    if move.by <= APPLICANTS or not (move.conditions or move.fields):
        return None
    own = {one.key: one.label for one in move.fields}
    before = [one for one in move.conditions if own.keys().isdisjoint(one.fields)]
    unmet = tuple(one.refusal for one in before if not one.test(facts))
    to_fill = tuple(one.label for one in move.asked if one.required)
    return Checked(move.label, move.source, len(before) - len(unmet), unmet, to_fill)


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of the financing plan: who may be asked to pay it, and what the rules say of who is."""

    what: str
    year: str
    amount: str
    payer: str
    state: str
    proposed: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class JudgedPlan:
    """A plan line by line, then what the rules say of sums. ``has_rules``: the procedure says who may pay what."""

    lines: tuple[JudgedLine, ...]
    of_sums: tuple[Remark, ...]
    has_rules: bool

    @property
    def refused(self) -> int:
        """Return how many remarks prevent a deposit."""
        every = [one for line in self.lines for one in line.remarks] + list(self.of_sums)
        return sum(one.verdict is Verdict.REFUSED for one in every)


def plan_of(
    procedure: Procedure, content: Mapping, rows: Sequence[tuple[str, str, str, str, str]], payers: Mapping[str, str]
) -> JudgedPlan:
    """Return a frozen plan beside what the rules say of it; ``rows``: the same lines in words, in the same order."""
    frozen, rules = list(content.get("financing", ())), procedure.funding_rules
    answers = typed_answers(procedure.sections, content.get("answers", {}))
    lines = [Line(one["expense"], one["payer"], _amount(one["amount"])) for one in frozen]
    found = remarks(rules, lines, answers)
    judged = tuple(
        JudgedLine(*words, _proposed(rules, line.expense, answers, payers), tuple(_of(found, rank)))
        for rank, (words, line) in enumerate(zip(rows, lines, strict=True))
    )
    return JudgedPlan(judged, tuple(_of(found, None)), bool(rules))


def _of(found: Iterable[Remark], rank: int | None) -> list[Remark]:
    return [one for one in found if one.line == rank]


def _proposed(
    rules: Iterable[FundingRule], expense: str, answers: Mapping[str, Value], payers: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(payers.get(one, one) for one in proposed_payers(rules, expense, answers))


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal()
