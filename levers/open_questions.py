"""Which answers can still change a verdict, and which one to ask first: pure, and exact.

``missing`` names exactly the facts whose answer can still move a lever's verdict,
so that nothing is asked in vain; ``tests/levers/test_matching.py`` proves it against
brute force on random rulebooks.

Two things make it quick (docs/decisions/0003). A verdict is that of the heaviest
rule, and what a rule weighs is worked out once for each way of answering the facts
that it reads. And results are remembered: they depend on the rules and on the
answers to their facts, on nothing else, so that what is remembered cannot be stale.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product
from operator import itemgetter

from levers.facts import FACTS, Kind, Operator
from levers.matching import (
    FINAL,
    VERDICT_OF,
    Answer,
    Answers,
    Comparison,
    Outcome,
    Rule,
    Verdict,
    Way,
    Weight,
    evaluate,
    outcome,
    verdict_of,
    weight,
)

Profile = tuple[Answer | None, ...]
"""The answers to a ruleset's facts, in their order; None where there is none."""

REMEMBERED = 8192
"""How many results of each sort are kept: some two hundred profiles of a dozen levers, a few megabytes."""


RANK = {name: rank for rank, name in enumerate(FACTS)}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a lever's rules say of a profile: the rows that apply, the verdict, what is missing."""

    rows: tuple[tuple[Rule, Outcome], ...]
    verdict: Verdict
    ways: tuple[Way, ...]
    missing: tuple[str, ...]


def rule_tests(rule: Rule, name: str) -> list[Comparison]:
    """Return the comparisons of a rule that read one fact."""
    tests = [*rule.conditions, *([rule.test] if rule.test else [])]
    return [test for test in tests if test.fact == name] + [
        Comparison("actor_type", Operator.IN, tuple(sorted(way.actor_types)))
        for way in rule.ways
        if name == "actor_type" and way.actor_types
    ]


def representatives(name: str, tests: tuple[Comparison, ...]) -> tuple[Answer, ...]:
    """Return one answer for each way in which the possible answers to a fact can satisfy ``tests``."""
    return tuple(dict.fromkeys(_stand_ins(name, tests).values()))


@lru_cache(maxsize=4096)
def _stand_ins(name: str, tests: tuple[Comparison, ...]) -> Mapping[Answer, Answer]:
    """Return the first answer that satisfies the same tests, for each answer that is worth listing."""
    first: dict[tuple, Answer] = {}
    return {answer: first.setdefault(_truths(tests, answer), answer) for answer in _possible_answers(name, tests)}


def _truths(tests: tuple[Comparison, ...], answer: Answer) -> tuple[bool | None, ...]:
    return tuple([test.truth({test.fact: answer}) for test in tests])


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


class Scale:
    """One rule that reads facts: what it weighs, worked out once for each way of answering them."""

    __slots__ = ("_known", "_read", "_rule", "_seen", "places")

    def __init__(self, rule: Rule, facts: tuple[str, ...]):
        self._rule = rule
        self.places = tuple(dict.fromkeys(facts.index(name) for name in rule.facts()))
        self._read = [(name, place) for place, name in enumerate(facts) if rule_tests(rule, name)]
        self._seen = itemgetter(*(place for _, place in self._read))
        self._known: dict = {}

    def weight(self, profile: Profile) -> Weight:
        """Return what the rule weighs for a profile."""
        seen = self._seen(profile)
        found = self._known.get(seen)
        if found is None:
            answers = {name: profile[place] for name, place in self._read if profile[place] is not None}
            found = self._known[seen] = weight(self._rule, outcome(self._rule, answers), answers)
        return found


class Ruleset:
    """The rules of a lever that are in force together, made ready to be asked about many profiles.

    Two answers that satisfy the same comparisons are the same answer for these rules: 65 000 and
    66 000 euros where the only bound is 40 000. ``profile`` puts one of them in the place of all.
    """

    __slots__ = ("_base", "_scales", "_stand_ins", "_tests", "choices", "facts", "rules")

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        tests = {name: [test for rule in self.rules for test in rule_tests(rule, name)] for name in FACTS}
        self._tests = {name: tuple(dict.fromkeys(found)) for name, found in tests.items() if found}
        self._stand_ins = {name: _stand_ins(name, found) for name, found in self._tests.items()}
        self.facts = tuple(self._tests)
        self.choices = tuple(representatives(name, found) for name, found in self._tests.items())
        blocking = [rule for rule in self.rules if rule.blocking]
        silent = [rule for rule in blocking if not any(rule_tests(rule, name) for name in self.facts)]
        self._base = max((weight(rule, outcome(rule, {}), {}) for rule in silent), default=Weight.NOTHING)
        self._scales = tuple(Scale(rule, self.facts) for rule in blocking if rule not in silent)

    @classmethod
    def of(cls, rules: "Iterable[Rule] | Ruleset") -> "Ruleset":
        """Return the rules made ready, unless they are already."""
        return rules if isinstance(rules, cls) else cls(rules)

    def profile(self, answers: Answers) -> Profile:
        """Return what these rules see of a profile."""
        return tuple([self._stand_in(name, answers[name]) if name in answers else None for name in self.facts])

    def _stand_in(self, name: str, answer: Answer) -> Answer:
        if (known := self._stand_ins[name].get(answer)) is not None:
            return known
        truths = _truths(self._tests[name], answer)  # a number between two bounds, choices in another order
        alike = (other for other in self._stand_ins[name].values() if _truths(self._tests[name], other) == truths)
        return next(alike, answer)

    def answers(self, profile: Profile) -> Answers:
        """Return a profile as answers by fact."""
        return {name: answer for name, answer in zip(self.facts, profile, strict=True) if answer is not None}

    def heaviest(self, profile: Profile) -> Weight:
        """Return what the heaviest rule weighs: it decides the verdict."""
        return max([self._base, *[scale.weight(profile) for scale in self._scales]])

    def awaited(self, profile: Profile) -> list[tuple[int, ...]]:
        """Return, for each rule that misses answers, the places of the facts that it waits for; the shortest first."""
        waiting = [scale for scale in self._scales if scale.weight(profile) is Weight.MISSING]
        places = [tuple([place for place in scale.places if profile[place] is None]) for scale in waiting]
        return sorted(dict.fromkeys(places), key=len)


def assess(rules: Iterable[Rule] | Ruleset, answers: Answers) -> Assessment:
    """Return everything a page or an answer shows of one lever for one profile."""
    rules = Ruleset.of(rules)
    return _assess(rules, rules.profile(answers))


@lru_cache(maxsize=REMEMBERED)
def _assess(rules: Ruleset, profile: Profile) -> Assessment:
    answers = rules.answers(profile)
    rows = evaluate(rules.rules, answers)
    reached = verdict_of(rows, answers)
    ways = tuple(
        way
        for rule, result in rows
        if rule.blocking and result is Outcome.UNMET and (way := rule.way_for(answers)) is not None
    )
    return Assessment(rows, reached, ways if reached is Verdict.VIA_PARTNER else (), _missing(rules, profile))


def missing_facts(rules: Iterable[Rule] | Ruleset, answers: Answers) -> tuple[str, ...]:
    """Return the unanswered facts that can still change this lever's verdict, in the order of ``FACTS``.

    A fact counts when some answers to the others exist under which answering it
    moves the verdict. So the result is empty exactly when no completion of the
    profile can change the verdict.
    """
    rules = Ruleset.of(rules)
    return _missing(rules, rules.profile(answers))


@lru_cache(maxsize=REMEMBERED)
def _missing(rules: Ruleset, profile: Profile) -> tuple[str, ...]:
    return tuple(rules.facts[place] for place in sorted(_moving(rules, profile)))


@lru_cache(maxsize=REMEMBERED)
def _is_settled(rules: Ruleset, profile: Profile) -> bool:
    """Tell whether no answer can change this lever's verdict any more: quicker than listing those that can."""
    return next(_moving(rules, profile), None) is None


def _moving(rules: Ruleset, profile: Profile) -> Iterator[int]:
    """Yield the places of the facts that can move the verdict, each once, the cheapest to find first."""
    heaviest = rules.heaviest(profile)
    if VERDICT_OF[heaviest] in FINAL:
        return
    awaited = rules.awaited(profile)
    found = set()
    for places in awaited:
        for place in places:
            if place not in found and _moves(rules, profile, place, places):
                found.add(place)
                yield place
    if heaviest is Weight.MISSING:  # nothing judged or contested yet: the lever may become eligible
        every = sorted({place for places in awaited for place in places})
        yield from (place for place in every if place not in found and _opens(rules, profile, place, every))


def _filled(profile: Profile, place: int, answer: Answer) -> Profile:
    """Return the profile with one answer more."""
    return (*profile[:place], answer, *profile[place + 1 :])


def _moves(rules: Ruleset, profile: Profile, place: int, places: tuple[int, ...]) -> bool:
    """Tell whether answering one fact moves the verdict under some answers to one rule's other facts.

    A verdict is pushed out (unmet) by one rule at a time, so it is enough to answer
    the facts of that rule, in ``places``, and to leave the rest open: what the rest
    adds can only have excluded the lever before.
    """
    others = [other for other in places if other != place]
    for row in product(*(rules.choices[other] for other in others)):
        partial = profile
        for other, answer in zip(others, row, strict=True):
            partial = _filled(partial, other, answer)
        before = VERDICT_OF[rules.heaviest(partial)]
        after = (VERDICT_OF[rules.heaviest(_filled(partial, place, answer))] for answer in rules.choices[place])
        if before not in FINAL and any(verdict is not before for verdict in after):
            return True
    return False


def _opens(rules: Ruleset, profile: Profile, place: int, places: list[int]) -> bool:
    """Tell whether, under some answers to the other facts, answering this one makes the lever eligible."""
    others = [other for other in places if other != place]

    def search(completed: Profile, depth: int) -> bool:
        if rules.heaviest(completed) is not Weight.MISSING:
            return False  # decided, or to be confirmed whatever comes
        if any(not rules.heaviest(_filled(completed, place, answer)) for answer in rules.choices[place]):
            return True
        return any(
            search(_filled(completed, others[index], answer), index + 1)
            for index in range(depth, len(others))
            for answer in rules.choices[others[index]]
        )

    return search(profile, 0)


def next_questions(levers: Iterable[Iterable[Rule] | Ruleset], answers: Answers) -> tuple[str, ...]:
    """Return the facts that can still change a verdict, the one that settles the most first.

    A fact settles a lever to the extent of the answers after which that lever's
    verdict can no longer move: half of them for a condition that one answer in two
    excludes, all of them when nothing else is missing. Ties go to the fact that
    concerns more levers, then to the order of ``FACTS``.
    """
    settled: dict[str, float] = {}
    concerned: dict[str, int] = {}
    for rules in map(Ruleset.of, levers):
        for name, share in _settling(rules, rules.profile(answers)):
            settled[name] = settled.get(name, 0) + share
            concerned[name] = concerned.get(name, 0) + 1
    return tuple(sorted(settled, key=lambda name: (-settled[name], -concerned[name], RANK[name])))


@lru_cache(maxsize=REMEMBERED)
def _settling(rules: Ruleset, profile: Profile) -> tuple[tuple[str, float], ...]:
    """Return each missing fact with the share of its answers that settle the lever."""
    shares = []
    for name in _missing(rules, profile):
        place = rules.facts.index(name)
        choices = rules.choices[place]
        final = sum(_is_settled(rules, _filled(profile, place, choice)) for choice in choices)
        shares.append((name, final / len(choices)))
    return tuple(shares)
