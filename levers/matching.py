"""Which levers apply to a profile, and why: a pure three-valued evaluation.

Nothing here reads a database, a clock or a request. A profile is a dictionary of
answers; a fact that is absent is *not answered* and is never taken for yes or no.
Outcomes and verdicts are those of ``../shared/contract.md`` to the letter:

* a criterion is ``met``, ``unmet``, ``unknown`` (a fact is not answered),
  ``judgement`` (left to the agency) or ``contested`` (the sources are silent or
  contradict each other); a criterion whose conditions do not hold is left out;
* a lever is ``via_partner`` when its only unmet blocking criteria bear on the actor
  and each has a path, else ``not_eligible`` when one is unmet, else ``to_confirm``
  when one is unknown, judgement or contested, else ``eligible``. A criterion that
  does not block never changes a verdict.

Answers only ever narrow what is open: ``eligible`` and ``not_eligible`` are final.
Which answers can still move a verdict is the business of ``levers/open_questions.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from levers.facts import Operator

Answer = bool | int | Decimal | str | tuple[str, ...]
Answers = Mapping[str, Answer]


class Outcome(StrEnum):
    """What a criterion says of a profile."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    JUDGEMENT = "judgement"
    CONTESTED = "contested"


class Verdict(StrEnum):
    """What a lever says of a profile, on the merits."""

    ELIGIBLE = "eligible"
    VIA_PARTNER = "via_partner"
    TO_CONFIRM = "to_confirm"
    NOT_ELIGIBLE = "not_eligible"


class Weight(IntEnum):
    """How much a criterion weighs on the verdict: the heaviest one decides alone."""

    NOTHING = 0
    """Met, or not blocking."""
    MISSING = 1
    """An answer is missing: it may still turn out any way."""
    OPEN = 2
    """Judged or contested: whatever is answered, somebody must confirm."""
    DETOUR = 3
    """It excludes this actor, who has a path around it."""
    EXCLUSION = 4
    """It excludes."""


WEIGHT_OF = {
    Outcome.MET: Weight.NOTHING,
    Outcome.UNKNOWN: Weight.MISSING,
    Outcome.JUDGEMENT: Weight.OPEN,
    Outcome.CONTESTED: Weight.OPEN,
    Outcome.UNMET: Weight.EXCLUSION,
}

VERDICT_OF = {
    Weight.NOTHING: Verdict.ELIGIBLE,
    Weight.MISSING: Verdict.TO_CONFIRM,
    Weight.OPEN: Verdict.TO_CONFIRM,
    Weight.DETOUR: Verdict.VIA_PARTNER,
    Weight.EXCLUSION: Verdict.NOT_ELIGIBLE,
}

FINAL = frozenset({Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE})
OPEN_OUTCOMES = frozenset({Outcome.UNKNOWN, Outcome.JUDGEMENT, Outcome.CONTESTED})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact compared with values."""

    fact: str
    operator: Operator
    values: tuple

    def truth(self, answers: Answers) -> bool | None:
        """Return whether the comparison holds, or None while the fact is not answered."""
        answer = answers.get(self.fact)
        if answer is None:
            return None
        match self.operator:
            case Operator.IS:
                return answer == self.values[0]
            case Operator.AT_LEAST:
                return answer >= self.values[0]
            case Operator.AT_MOST:
                return answer <= self.values[0]
        found = any(item in self.values for item in (answer if isinstance(answer, tuple) else (answer,)))
        return found is (self.operator is Operator.IN)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to take part in spite of an unmet actor criterion; no types means everybody."""

    actor_types: frozenset[str]
    text: str
    citation: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    def is_open(self, answers: Answers) -> bool:
        """Tell whether this actor may take it."""
        return not self.actor_types or answers.get("actor_type") in self.actor_types


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A criterion as the evaluation needs it; ``test`` is None where the profile cannot answer.

    Compared by identity: two levers may ask the same thing in the same words from different sources.
    """

    key: str
    about: str
    blocking: bool
    contested: bool
    test: Comparison | None
    conditions: tuple[Comparison, ...] = ()
    ways: tuple[Way, ...] = ()
    label: str = ""
    help: str = ""
    remedy: str = ""
    citation: Mapping[str, str] = field(default_factory=dict)
    source_title: str = ""
    verified_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, at: date) -> bool:
        """Tell whether the rule is in force on ``at``, first and last day included."""
        return (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at <= self.valid_to)

    def facts(self) -> Iterator[str]:
        """Yield the facts that the rule reads, its own first."""
        if self.test:
            yield self.test.fact
        for condition in self.conditions:
            yield condition.fact

    def way_for(self, answers: Answers) -> Way | None:
        """Return the path that this actor may take around the rule, if it bears on the actor."""
        if self.about != "actor":
            return None
        return next((way for way in self.ways if way.is_open(answers)), None)


def applies(rule: Rule, answers: Answers) -> bool | None:
    """Return whether every condition of the rule holds; None while that is open."""
    truths = [condition.truth(answers) for condition in rule.conditions]
    if False in truths:
        return False
    return None if None in truths else True


def outcome(rule: Rule, answers: Answers) -> Outcome | None:
    """Return what the rule says of the profile, or None where it does not apply.

    While it is open whether the rule applies, a test that holds is already met
    (whatever comes, it does not harm) and anything else is unknown.
    """
    concerned = applies(rule, answers)
    if concerned is False:
        return None
    truth = rule.test.truth(answers) if rule.test else False
    if truth:
        return Outcome.MET
    if truth is None or concerned is None:
        return Outcome.UNKNOWN
    if rule.contested:
        return Outcome.CONTESTED
    return Outcome.UNMET if rule.test else Outcome.JUDGEMENT


def evaluate(rules: Iterable[Rule], answers: Answers) -> tuple[tuple[Rule, Outcome], ...]:
    """Return each rule that applies with its outcome, in the order given."""
    pairs = ((rule, outcome(rule, answers)) for rule in rules)
    return tuple((rule, result) for rule, result in pairs if result is not None)


def weight(rule: Rule, result: Outcome | None, answers: Answers) -> Weight:
    """Return how much a rule weighs on the verdict, once its outcome is known (None: it does not apply)."""
    if result is None or not rule.blocking:
        return Weight.NOTHING
    if result is Outcome.UNMET and rule.way_for(answers):
        return Weight.DETOUR
    return WEIGHT_OF[result]


def verdict_of(rows: Iterable[tuple[Rule, Outcome]], answers: Answers) -> Verdict:
    """Return the verdict that the contract draws from the outcomes: that of the heaviest."""
    return VERDICT_OF[max((weight(rule, result, answers) for rule, result in rows), default=Weight.NOTHING)]


def verdict(rules: Iterable[Rule], answers: Answers) -> Verdict:
    """Return the verdict of a lever's rules for a profile."""
    return verdict_of(evaluate(rules, answers), answers)
