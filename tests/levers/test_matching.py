"""The three-valued evaluation: outcomes and verdicts as a table, the rest as properties against brute force."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levers.facts import FACTS, Kind, Operator
from levers.matching import (
    Comparison,
    Outcome,
    Rule,
    Verdict,
    Way,
    evaluate,
    outcome,
    verdict,
)
from levers.open_questions import Ruleset, assess, missing_facts, next_questions, representatives, rule_tests


def rule(key="r", *, fact="digital_solution", operator=Operator.IS, values=(True,), about="project", **kwargs) -> Rule:
    test = Comparison(fact, operator, values) if fact else None
    return Rule(key, about, kwargs.pop("blocking", True), kwargs.pop("contested", False), test, **kwargs)


OVERSEAS = Comparison("region", Operator.IN, ("01", "02"))

OUTCOMES = [
    ("the answer satisfies the rule", rule(), {"digital_solution": True}, Outcome.MET),
    ("the answer does not", rule(), {"digital_solution": False}, Outcome.UNMET),
    ("there is no answer", rule(), {}, Outcome.UNKNOWN),
    ("the agency judges", rule(fact=""), {}, Outcome.JUDGEMENT),
    ("the sources are silent", rule(fact="", contested=True), {}, Outcome.CONTESTED),
    ("a disputed condition is met all the same", rule(contested=True), {"digital_solution": True}, Outcome.MET),
    ("a disputed condition is not met", rule(contested=True), {"digital_solution": False}, Outcome.CONTESTED),
    ("a disputed condition is not answered", rule(contested=True), {}, Outcome.UNKNOWN),
    ("the rule does not concern this region", rule(conditions=(OVERSEAS,)), {"region": "53"}, None),
    ("the region is unknown, the test fails", rule(conditions=(OVERSEAS,)), {"digital_solution": False}, Outcome.UNKNOWN),
    ("the region is unknown, the test holds", rule(conditions=(OVERSEAS,)), {"digital_solution": True}, Outcome.MET),
    ("the region is unknown, the agency judges", rule(fact="", conditions=(OVERSEAS,)), {}, Outcome.UNKNOWN),
    ("the region concerned, the test fails", rule(conditions=(OVERSEAS,)), {"region": "01", "digital_solution": False}, Outcome.UNMET),
]  # fmt: skip


@pytest.mark.parametrize(("why", "given_rule", "answers", "expected"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_an_outcome_is_what_the_contract_says(why, given_rule, answers, expected):
    assert outcome(given_rule, answers) == expected


BOUNDS = [
    (Operator.AT_LEAST, "gir_5_6_share", 40, 39, False),
    (Operator.AT_LEAST, "gir_5_6_share", 40, 40, True),
    (Operator.AT_MOST, "experiment_months", 60, 60, True),
    (Operator.AT_MOST, "experiment_months", 60, 61, False),
    (Operator.AT_LEAST, "purchase_amount", Decimal(0), Decimal(0), True),
]


@pytest.mark.parametrize(("operator", "fact", "bound", "answer", "expected"), BOUNDS)
def test_a_bound_includes_its_own_value(operator, fact, bound, answer, expected):
    assert Comparison(fact, operator, (bound,)).truth({fact: answer}) is expected


def test_a_repeated_fact_satisfies_a_list_as_soon_as_one_of_its_values_is_in_it():
    wanted = Comparison("dui_project", Operator.IN, ("acquisition",))
    refused = Comparison("dui_project", Operator.NOT_IN, ("none",))
    assert wanted.truth({"dui_project": ("equipment", "acquisition")}) is True
    assert refused.truth({"dui_project": ("none", "acquisition")}) is False


ACTOR = rule("actor", fact="actor_type", operator=Operator.NOT_IN, values=("entreprise-pme",), about="actor")
WAY = Way(frozenset({"entreprise-pme"}), "Passez par un porteur.")
DETOUR = rule(
    "actor", fact="actor_type", operator=Operator.NOT_IN, values=("entreprise-pme",), about="actor", ways=(WAY,)
)
FIRM = {"actor_type": "entreprise-pme"}

VERDICTS = [
    ("nothing blocks", [rule(blocking=False)], {}, Verdict.ELIGIBLE),
    ("an indicative criterion is unmet", [rule(blocking=False)], {"digital_solution": False}, Verdict.ELIGIBLE),
    ("all is met", [rule()], {"digital_solution": True}, Verdict.ELIGIBLE),
    ("one is unmet, another unknown", [rule(), rule("s", fact="renewal")], {"digital_solution": False}, Verdict.NOT_ELIGIBLE),
    ("one is judged", [rule(), rule("s", fact="")], {"digital_solution": True}, Verdict.TO_CONFIRM),
    ("one is disputed", [rule(contested=True)], {"digital_solution": False}, Verdict.TO_CONFIRM),
    ("the actor is excluded, without a path", [ACTOR], FIRM, Verdict.NOT_ELIGIBLE),
    ("the actor is excluded, with a path", [DETOUR], FIRM, Verdict.VIA_PARTNER),
    ("with a path, another criterion unknown", [DETOUR, rule()], FIRM, Verdict.VIA_PARTNER),
    ("with a path, but the project is unmet too", [DETOUR, rule()], FIRM | {"digital_solution": False}, Verdict.NOT_ELIGIBLE),
]  # fmt: skip


@pytest.mark.parametrize(("why", "rules", "answers", "expected"), VERDICTS, ids=[row[0] for row in VERDICTS])
def test_a_verdict_is_the_first_that_holds(why, rules, answers, expected):
    assert verdict(rules, answers) == expected


# Properties, over small random rulebooks. Few facts and values, so that brute force can visit every completion.

VALUES = {
    "digital_solution": (True, False),
    "renewal": (True, False),
    "actor_type": ("ehpad", "ccas", "entreprise-pme", "girci"),
    "region": ("01", "53", "94"),
    "gir_5_6_share": (39, 40, 41),
    "dui_project": (("none",), ("acquisition",), ("none", "acquisition"), ("equipment",)),
}
"""A little more than the values that rules may name: some answer must fail every list."""

NAMED = {
    "region": ["01", "53"],
    "actor_type": ["ehpad", "ccas", "entreprise-pme"],
    "dui_project": ["none", "acquisition"],
}


@st.composite
def comparisons(draw, names=tuple(VALUES)):
    name = draw(st.sampled_from(names))
    match FACTS[name].kind:
        case Kind.BOOLEAN:
            return Comparison(name, Operator.IS, (draw(st.booleans()),))
        case Kind.INTEGER:
            return Comparison(name, draw(st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST])), (40,))
    values = draw(st.lists(st.sampled_from(NAMED[name]), min_size=1, max_size=2, unique=True))
    return Comparison(name, draw(st.sampled_from([Operator.IN, Operator.NOT_IN])), tuple(values))


@st.composite
def rules(draw):
    test = draw(st.one_of(st.none(), comparisons(), comparisons()))
    about = draw(st.sampled_from(["actor", "project"]))
    ways = ()
    if about == "actor" and test and draw(st.booleans()):
        typed = test.fact == "actor_type" and draw(st.booleans())
        ways = (Way(frozenset({"ccas"} if typed else ()), "voie"),)
    conditions = tuple(draw(st.lists(comparisons(), max_size=2, unique_by=lambda item: item.fact)))
    return Rule(
        "r", about, draw(st.sampled_from([True, True, True, False])), draw(st.booleans()), test, conditions, ways
    )


rulebooks = st.lists(rules(), max_size=4).map(tuple)
profiles = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


def completions(answers: dict, names) -> list[dict]:
    """Every way of answering some or all of the open questions."""
    free = [name for name in names if name not in answers]
    choices = product(*[(None, *VALUES[name]) for name in free])
    return [answers | {n: v for n, v in zip(free, row, strict=True) if v is not None} for row in choices]


def readable(book) -> str:
    """Say in a failure what the rules are: pytest cuts their own form."""
    say = lambda test: f"{test.fact} {test.operator.value} {test.values}"  # noqa: E731
    return "\n".join(
        f"{item.about} blocking={item.blocking} contested={item.contested} ways={[sorted(w.actor_types) for w in item.ways]}"
        f" test={item.test and say(item.test)} if={[say(c) for c in item.conditions]}"
        for item in book
    )


def used(book) -> list[str]:
    return [name for name in VALUES if any(name in item.facts() for item in book)]


@settings(max_examples=400, deadline=None)
@given(rulebooks, profiles)
def test_a_fact_is_missing_exactly_when_some_answers_to_the_others_let_it_change_the_verdict(book, answers):
    names = used(book)
    pivotal = set()
    for partial in completions(answers, names):
        before = verdict(book, partial)
        for name in names:
            if name not in partial:
                after = {verdict(book, partial | {name: value}) for value in VALUES[name]}
                if after != {before}:
                    pivotal.add(name)
    assert set(missing_facts(book, answers)) == pivotal, readable(book)


@settings(max_examples=300, deadline=None)
@given(st.lists(rulebooks, min_size=1, max_size=2), profiles)
def test_there_is_no_next_question_exactly_when_no_completion_changes_a_verdict(books, answers):
    names = [name for name in VALUES if any(name in used(book) for book in books)]
    reached = [verdict(book, answers) for book in books]
    moves = any([verdict(book, filled) for book in books] != reached for filled in completions(answers, names))
    assert bool(next_questions(books, answers)) is moves


@settings(max_examples=300, deadline=None)
@given(rulebooks, profiles, st.sampled_from(sorted(VALUES)), st.data())
def test_answering_an_unknown_never_makes_a_met_criterion_unknown(book, answers, name, data):
    if name in answers:
        answers = {key: value for key, value in answers.items() if key != name}
    before = dict(zip(range(len(book)), [outcome(item, answers) for item in book], strict=True))
    filled = answers | {name: data.draw(st.sampled_from(VALUES[name]))}
    for number, item in enumerate(book):
        if before[number] is Outcome.MET:
            assert outcome(item, filled) in (Outcome.MET, None)


@settings(max_examples=200, deadline=None)
@given(rulebooks, profiles, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_answers_does_not_matter(book, answers, random):
    shuffled = list(book)
    random.shuffle(shuffled)
    turned = dict(reversed(answers.items()))
    assert verdict(shuffled, turned) == verdict(book, answers)
    assert missing_facts(tuple(shuffled), turned) == missing_facts(book, answers)


@settings(max_examples=200, deadline=None)
@given(rulebooks, profiles)
def test_an_unmet_criterion_that_does_not_block_never_changes_a_verdict(book, answers):
    blocking = tuple(item for item in book if item.blocking)
    assert verdict(book, answers) == verdict(blocking, answers)


@settings(max_examples=200, deadline=None)
@given(rulebooks, profiles)
def test_an_assessment_shows_a_path_exactly_when_the_verdict_is_via_partner(book, answers):
    found = assess(book, answers)
    assert bool(found.ways) is (found.verdict is Verdict.VIA_PARTNER)
    assert found.rows == evaluate(book, answers)


@settings(max_examples=200, deadline=None)
@given(st.lists(rulebooks, min_size=1, max_size=2), profiles)
def test_questions_come_in_the_order_of_what_they_settle(books, answers):
    """The definition, word for word: for each fact, the share of its answers after which nothing is missing."""
    settled, concerned = dict.fromkeys(FACTS, 0.0), dict.fromkeys(FACTS, 0)
    for book in books:
        for name in missing_facts(book, answers):
            tests = tuple(dict.fromkeys(test for item in book for test in rule_tests(item, name)))
            choices = representatives(name, tests)
            final = [choice for choice in choices if not missing_facts(book, {**answers, name: choice})]
            settled[name] += len(final) / len(choices)
            concerned[name] += 1
    order = sorted(FACTS, key=lambda name: (-settled[name], -concerned[name], list(FACTS).index(name)))
    assert next_questions(books, answers) == tuple(name for name in order if concerned[name])


@settings(max_examples=200, deadline=None)
@given(rulebooks, st.lists(profiles, min_size=2, max_size=6))
def test_rules_asked_about_several_profiles_answer_each_as_if_it_were_the_first(book, several):
    kept = Ruleset(book)
    for answers in several:
        assert assess(kept, answers) == assess(book, answers)
        assert next_questions([kept], answers) == next_questions([book], answers)


AMOUNTS = [Decimal(0), Decimal("39999.99"), Decimal(40_000), Decimal("40000.01"), Decimal("90000.5"), Decimal(10**10)]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_that_no_rule_names_counts_for_what_it_is(amount):
    floor = rule("floor", fact="purchase_amount", operator=Operator.AT_LEAST, values=(Decimal(40_000),))
    ceiling = rule("ceiling", fact="purchase_amount", operator=Operator.AT_MOST, values=(Decimal(90_000),))
    kept = Ruleset([floor, ceiling])
    assess(kept, {"purchase_amount": Decimal(50_000)})
    found = assess(kept, {"purchase_amount": amount})
    assert found.rows == evaluate([floor, ceiling], {"purchase_amount": amount})
    assert found.verdict is verdict([floor, ceiling], {"purchase_amount": amount})


def test_choices_count_in_any_order():
    kept = Ruleset([rule(fact="dui_project", operator=Operator.IN, values=("acquisition",))])
    for chosen in (("none", "acquisition"), ("acquisition", "none"), ("equipment",)):
        assert assess(kept, {"dui_project": chosen}).rows == evaluate(kept.rules, {"dui_project": chosen})


def test_two_rules_in_the_same_words_stay_two_rules():
    twins = [rule(citation={"document": "a"}), rule(citation={"document": "b"})]
    assert [item.citation["document"] for item, _ in assess(twins, {}).rows] == ["a", "b"]


def test_representatives_cover_every_way_in_which_an_answer_can_satisfy_the_tests():
    tests = rule_tests(rule(fact="gir_5_6_share", operator=Operator.AT_LEAST, values=(40,)), "gir_5_6_share")
    assert [tests[0].truth({"gir_5_6_share": value}) for value in representatives("gir_5_6_share", tuple(tests))] == [
        False,
        True,
    ]
    several = [
        Comparison("dui_project", Operator.IN, ("none",)),
        Comparison("dui_project", Operator.IN, ("equipment",)),
    ]
    truths = {
        tuple(test.truth({"dui_project": answer}) for test in several)
        for answer in representatives("dui_project", tuple(several))
    }
    assert truths == {(True, False), (False, True), (True, True), (False, False)}
