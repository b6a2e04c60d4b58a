"""Which answers can still change a verdict, and which one to ask first: pure, and exact.

``missing`` names exactly the facts whose answer can still move a lever's verdict,
so that nothing is asked in vain; ``tests/levers/test_matching.py`` proves it against
brute force on random rulebooks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product

from levers.facts import FACTS, Kind, Operator
from levers.matching import (
    FINAL,
    Answer,
    Answers,
    Comparison,
    Outcome,
    Rule,
    Verdict,
    Way,
    evaluate,
    verdict,
    verdict_of,
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a lever's rules say of a profile: the rows that apply, the verdict, what is missing."""

    rows: tuple[tuple[Rule, Outcome], ...]
    verdict: Verdict
    ways: tuple[Way, ...]
    missing: tuple[str, ...]


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
    return Assessment(rows, reached, ways if reached is Verdict.VIA_PARTNER else (), missing_facts(rules, answers))


def missing_facts(rules: tuple[Rule, ...], answers: Answers) -> tuple[str, ...]:
    """Return the unanswered facts that can still change this lever's verdict, in the order of ``FACTS``.

    A fact counts when some answers to the others exist under which answering it
    moves the verdict. So the result is empty exactly when no completion of the
    profile can change the verdict.
    """
    found = set(_moving_facts(rules, answers))
    return tuple(name for name in FACTS if name in found)


def is_settled(rules: tuple[Rule, ...], answers: Answers) -> bool:
    """Tell whether no answer can change this lever's verdict any more: quicker than listing those that can."""
    return next(_moving_facts(rules, answers), None) is None


def _moving_facts(rules: tuple[Rule, ...], answers: Answers) -> Iterator[str]:
    """Yield the facts that can move the verdict, each perhaps more than once, the cheapest to find first."""
    rows = evaluate(rules, answers)
    reached = verdict_of(rows, answers)
    if reached in FINAL:
        return
    rows = tuple((rule, result) for rule, result in rows if rule.blocking)
    pending = [rule for rule, result in rows if result is Outcome.UNKNOWN]
    open_facts = [[name for name in dict.fromkeys(rule.facts()) if name not in answers] for rule in pending]
    names = {name for facts in open_facts for name in facts}
    blocking = tuple(rule for rule, _ in rows)
    choices = {name: representatives(name, _tests_on(blocking, name)) for name in names}
    found = set()
    for facts in sorted(open_facts, key=len):
        touched = [rule for rule in blocking if not set(facts).isdisjoint(rule.facts())]
        steady = tuple(row for row in rows if set(facts).isdisjoint(row[0].facts()))
        for name in facts:
            if name not in found and _moves(steady, touched, answers, name, facts, choices):
                found.add(name)
                yield name
    if reached is Verdict.TO_CONFIRM and not _stays_open(rows):
        yield from (name for name in names - found if _opens(blocking, answers, name, choices))


def _tests_on(rules: Iterable[Rule], name: str) -> tuple[Comparison, ...]:
    """Return every comparison of the rules that reads one fact, each once."""
    return tuple(dict.fromkeys(test for rule in rules for test in rule_tests(rule, name)))


def _moves(steady: tuple, touched: list[Rule], answers: Answers, name: str, facts: list[str], choices: Mapping) -> bool:
    """Tell whether answering ``name`` moves the verdict under some answers to one rule's other facts.

    A verdict is pushed out (unmet) by one rule at a time, so it is enough to answer
    that rule's own ``facts`` and to leave the rest open: what the rest adds can only
    have excluded the lever before. ``steady`` are the outcomes that none of these
    facts can change, ``touched`` the rules that read one of them.
    """

    def reached(completed: Answers) -> Verdict:
        return verdict_of((*steady, *evaluate(touched, completed)), completed)

    others = [other for other in facts if other != name]
    for row in product(*(choices[other] for other in others)):
        partial = {**answers, **dict(zip(others, row, strict=True))}
        before = reached(partial)
        if before not in FINAL and any(reached({**partial, name: answer}) is not before for answer in choices[name]):
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
            final = sum(is_settled(rules, {**answers, name: choice}) for choice in choices)
            settled[name] = settled.get(name, 0) + final / len(choices)
            concerned[name] = concerned.get(name, 0) + 1
    order = list(FACTS)
    return tuple(sorted(settled, key=lambda name: (-settled[name], -concerned[name], order.index(name))))
