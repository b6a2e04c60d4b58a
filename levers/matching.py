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

Two properties carry the rest, and ``tests/levers/test_matching.py`` proves them
against brute force: answers only ever narrow what is open (``eligible`` and
``not_eligible`` are final), and ``missing`` names exactly the facts whose answer
can still move the verdict.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, product

from levers.facts import FACTS, Kind, Operator

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion as the evaluation needs it; ``test`` is None where the profile cannot answer."""

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
    citation: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)
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


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a lever's rules say of a profile: the rows that apply, the verdict, what is missing."""

    rows: tuple[tuple[Rule, Outcome], ...]
    verdict: Verdict
    ways: tuple[Way, ...]
    missing: tuple[str, ...]


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


def verdict_of(rows: Iterable[tuple[Rule, Outcome]], answers: Answers) -> Verdict:
    """Return the verdict that the contract draws from the outcomes: the first that holds."""
    blocking = [(rule, result) for rule, result in rows if rule.blocking]
    unmet = [rule for rule, result in blocking if result is Outcome.UNMET]
    if unmet:
        detour = all(rule.way_for(answers) for rule in unmet)
        return Verdict.VIA_PARTNER if detour else Verdict.NOT_ELIGIBLE
    if any(result in OPEN_OUTCOMES for _, result in blocking):
        return Verdict.TO_CONFIRM
    return Verdict.ELIGIBLE


def verdict(rules: Iterable[Rule], answers: Answers) -> Verdict:
    """Return the verdict of a lever's rules for a profile."""
    return verdict_of(evaluate(rules, answers), answers)


def assess(rules: Iterable[Rule], answers: Answers) -> Assessment:
    """Return everything a page or an answer shows of one lever for one profile."""
    rules = tuple(rules)
    rows = evaluate(rules, answers)
    reached = verdict_of(rows, answers)
    ways = tuple(
        way
        for rule, result in rows
        if rule.blocking and result is Outcome.UNMET and (way := rule.way_for(answers)) is not None
    )
    return Assessment(
        rows, reached, ways if reached is Verdict.VIA_PARTNER else (), missing_facts(rules, answers, rows, reached)
    )


def missing_facts(
    rules: tuple[Rule, ...],
    answers: Answers,
    rows: tuple[tuple[Rule, Outcome], ...] | None = None,
    reached: Verdict | None = None,
) -> tuple[str, ...]:
    """Return the unanswered facts that can still change this lever's verdict, in the order of ``FACTS``.

    A fact counts when some answers to the others exist under which answering it
    moves the verdict. So the result is empty exactly when no completion of the
    profile can change the verdict.
    """
    rows = evaluate(rules, answers) if rows is None else rows
    reached = verdict_of(rows, answers) if reached is None else reached
    if reached in FINAL:
        return ()
    blocking = tuple(rule for rule, _ in rows if rule.blocking)
    pending = [rule for rule, result in rows if rule.blocking and result is Outcome.UNKNOWN]
    open_facts = {rule: [name for name in dict.fromkeys(rule.facts()) if name not in answers] for rule in pending}
    names = {name for facts in open_facts.values() for name in facts}
    choices = {name: representatives(name, _tests_on(blocking, name)) for name in names}
    found = {
        name
        for rule, facts in open_facts.items()
        for name in facts
        if _moves(blocking, answers, name, [other for other in facts if other != name], choices)
    }
    if reached is Verdict.TO_CONFIRM and not _stays_open(rows):
        found |= {name for name in names - found if _opens(blocking, answers, name, choices)}
    return tuple(name for name in FACTS if name in found)


def _tests_on(rules: Iterable[Rule], name: str) -> tuple[Comparison, ...]:
    """Return every comparison of the rules that reads one fact, each once."""
    return tuple(dict.fromkeys(test for rule in rules for test in rule_tests(rule, name)))


def _moves(rules: tuple[Rule, ...], answers: Answers, name: str, others: list[str], choices: Mapping) -> bool:
    """Tell whether answering ``name`` moves the verdict under some answers to one rule's other facts.

    A verdict is pushed out (unmet) by one rule at a time, so it is enough to answer
    that rule's own facts and to leave the rest open: what the rest adds can only
    have excluded the lever before.
    """
    for row in product(*(choices[other] for other in others)):
        partial = {**answers, **dict(zip(others, row, strict=True))}
        before = verdict(rules, partial)
        if before not in FINAL and any(verdict(rules, {**partial, name: a}) is not before for a in choices[name]):
            return True
    return False


def _stays_open(rows: Iterable[tuple[Rule, Outcome]]) -> bool:
    """Tell whether an appreciation or a dispute is already certain: no answer can then make it eligible."""
    return any(rule.blocking and result in (Outcome.JUDGEMENT, Outcome.CONTESTED) for rule, result in rows)


def rule_tests(rule: Rule, name: str) -> list[Comparison]:
    """Return the comparisons of a rule that read one fact."""
    tests = [*rule.conditions, *([rule.test] if rule.test else [])]
    return [test for test in tests if test.fact == name] + [
        Comparison("actor_type", Operator.IN, tuple(sorted(way.actor_types)))
        for way in rule.ways
        if name == "actor_type" and way.actor_types
    ]


@lru_cache(maxsize=4096)
def representatives(name: str, tests: tuple[Comparison, ...]) -> tuple[Answer, ...]:
    """Return one answer for each way in which the possible answers to a fact can satisfy ``tests``."""
    found: dict[tuple, Answer] = {}
    for answer in _possible_answers(name, tests):
        found.setdefault(tuple(test.truth({name: answer}) for test in tests), answer)
    return tuple(found.values())


def _possible_answers(name: str, tests: tuple[Comparison, ...]) -> Iterator[Answer]:
    fact = FACTS[name]
    match fact.kind:
        case Kind.BOOLEAN:
            yield from (True, False)
        case Kind.CHOICE:
            yield from fact.values
        case Kind.CHOICES:
            for size in range(1, len(fact.values) + 1):
                yield from combinations(fact.values, size)
        case Kind.INTEGER | Kind.AMOUNT:
            edges = {value + step for test in tests for value in test.values for step in (-1, 0, 1)}
            bounded = (value for value in sorted(edges) if fact.minimum <= value <= fact.maximum)
            yield from (Decimal(value) if fact.kind is Kind.AMOUNT else value for value in bounded)


def _opens(rules: tuple[Rule, ...], answers: Answers, name: str, choices: Mapping) -> bool:
    """Tell whether, under some answers to the other facts, answering ``name`` makes the lever eligible."""
    others = [other for other in choices if other != name]

    def search(completed: dict, depth: int) -> bool:
        rows = evaluate(rules, completed)
        if verdict_of(rows, completed) is not Verdict.TO_CONFIRM or _stays_open(rows):
            return False
        if any(verdict(rules, {**completed, name: answer}) is Verdict.ELIGIBLE for answer in choices[name]):
            return True
        return any(
            search({**completed, others[index]: answer}, index + 1)
            for index in range(depth, len(others))
            for answer in choices[others[index]]
        )

    return search(dict(answers), 0)


def next_questions(levers: Iterable[tuple[Rule, ...]], answers: Answers) -> tuple[str, ...]:
    """Return the facts that can still change a verdict, the one that settles the most first.

    A fact settles a lever to the extent of the answers after which that lever's
    verdict can no longer move: half of them for a condition that one answer in two
    excludes, all of them when nothing else is missing. Ties go to the fact that
    concerns more levers, then to the order of ``FACTS``.
    """
    settled: dict[str, float] = {}
    concerned: dict[str, int] = {}
    for rules in levers:
        for name in missing_facts(rules, answers):
            choices = representatives(name, _tests_on(rules, name))
            final = sum(not missing_facts(rules, {**answers, name: choice}) for choice in choices)
            settled[name] = settled.get(name, 0) + final / len(choices)
            concerned[name] = concerned.get(name, 0) + 1
    order = list(FACTS)
    return tuple(sorted(settled, key=lambda name: (-settled[name], -concerned[name], order.index(name))))
