"""The six conditions, the self-assessment, digital rules, the group, the request of a lever: without a page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.facts import Operator
from levers.matching import Comparison, Outcome, Rule
from levers.preparation.assessment import ITEM_KEYS, TRL, answers_of, assess, pairs_of, query_of
from levers.preparation.conditions import CONDITIONS
from levers.preparation.conditions.moment import LEVELS, advice_at
from levers.preparation.digital import KEYS, RULES, SITUATIONS, asked_of, missing_of, spared_of
from levers.preparation.group import STAGES, sizes_for
from levers.preparation.request import request_for, waits_for

TEXTS = st.sampled_from(["true", "false", "na"])
ADDRESSES = st.dictionaries(st.sampled_from(ITEM_KEYS), TEXTS)
ALL_ITEMS = [
    *(item for condition in CONDITIONS for item in condition.items),
    *(item for _, item in RULES),
    *(item for stage in STAGES for item in stage.items),
]


# --- What is said -----------------------------------------------------------


def test_the_six_conditions_are_those_of_the_guide_in_its_order():
    assert [condition.slug for condition in CONDITIONS] == [
        "bon-interlocuteur",
        "bon-projet",
        "bon-moment",
        "bonne-maniere",
        "erreurs-a-eviter",
        "elements-a-fournir",
    ]
    assert [len(condition.items) for condition in CONDITIONS] == [5, 6, 6, 4, 8, 9]


def test_every_point_says_what_it_means_why_and_where_it_is_written_and_has_its_own_key():
    assert len({item.key for item in ALL_ITEMS}) == len(ALL_ITEMS)
    assert [
        item.key for item in ALL_ITEMS if not (item.label and item.meaning and item.why and item.said.locator)
    ] == []
    assert [item.key for item in ALL_ITEMS if not item.meaning.endswith((".", "…")) or not item.why.endswith(".")] == []


def test_what_the_founding_documents_do_not_say_is_marked_and_only_that():
    unsure = {item.key for item in ALL_ITEMS if not item.said.sure}
    outside = {item.key for item in ALL_ITEMS if not item.said.source}
    assert outside <= unsure
    assert unsure - outside == {"group_carrier", "group_one_file"}


def test_the_scale_has_nine_levels_and_each_has_its_advice():
    assert [level.number for level in LEVELS] == list(range(1, 10))
    assert len({advice_at(level.number) for level in LEVELS}) == 4


@pytest.mark.parametrize(
    ("level", "word"), [(1, "idée"), (3, "idée"), (4, "prend forme"), (7, "se montre"), (9, "sert")]
)
def test_the_advice_goes_with_the_level(level, word):
    assert word in advice_at(level)


# --- The self-assessment ----------------------------------------------------


def test_the_answers_are_a_plain_dictionary():
    answers, odd = answers_of({"contact_door": "true", "element_ethics": "na", "project_access": "false", TRL: "6"})
    assert answers == {"contact_door": True, "project_access": False, "element_ethics": "na", TRL: 6}
    assert odd == ()


@pytest.mark.parametrize(
    ("data", "odd"),
    [
        ({"contact_door": "oui"}, ("contact_door",)),
        ({TRL: "0"}, (TRL,)),
        ({TRL: "10"}, (TRL,)),
        ({TRL: "²"}, (TRL,)),
        ({"contact_door": ""}, ()),
        ({"utm_source": "lettre", "fait": "x"}, ()),
    ],
)
def test_what_is_not_understood_is_no_answer_and_is_told(data, odd):
    assert answers_of(data) == ({}, odd)


@given(ADDRESSES, st.none() | st.integers(1, 9))
def test_an_address_gives_back_the_answers_that_made_it(data, level):
    answers, _ = answers_of(data | ({TRL: str(level)} if level else {}))
    assert answers_of(dict(pairs_of(answers))) == (answers, ())
    assert query_of(answers_of(dict(reversed(pairs_of(answers))))[0]) == query_of(answers)


@given(ADDRESSES)
def test_every_point_is_in_one_list_and_one_only(data):
    answers, _ = answers_of(data)
    found = assess(answers)
    for part in found.parts:
        lists = [*part.ready, *part.missing, *part.unanswered, *part.not_concerned]
        assert sorted(item.key for item in lists) == sorted(item.key for item in part.condition.items)
        assert [item for item in part.condition.items if item in part.to_do] == list(part.to_do)
    assert found.concerned + sum(len(part.not_concerned) for part in found.parts) == len(ITEM_KEYS)


def test_answers_read_from_json_count_the_same():
    answers = {"element_ethics": "".join(["n", "a"]), "contact_door": True}
    found = assess(answers)
    assert (found.ready, found.missing, found.unanswered, found.concerned) == (1, 0, 36, 37)


# --- Digital ----------------------------------------------------------------


def test_nobody_is_spared_a_rule_by_silence():
    assert {item.key for item in asked_of({})} == KEYS
    assert spared_of({}) == ()


@pytest.mark.parametrize(
    ("situation", "keys"),
    [
        ("patient_data", {"identity", "hosting", "privacy"}),
        ("professionals", {"login"}),
        ("documents", {"messaging", "record"}),
        ("prescription", {"prescribing"}),
        ("medical_purpose", {"device"}),
    ],
)
def test_a_situation_that_is_denied_spares_its_rules_and_no_other(situation, keys):
    assert {item.key for item in spared_of({situation: False})} == keys
    assert {item.key for item in asked_of({situation: False})} == KEYS - keys
    assert spared_of({situation: True}) == ()


def test_every_rule_hangs_on_a_situation_that_is_asked():
    assert {when for when, _ in RULES} - {""} == {one.key for one in SITUATIONS}


def test_what_is_ticked_is_no_longer_missing():
    asked = asked_of({})
    assert len(missing_of(asked, {"law", "security"})) == len(asked) - 2


# --- The group --------------------------------------------------------------


class SomeLever:
    """What the sizes read of a lever."""

    def __init__(self, *rules):
        self.slug, self.short_name, self.rules = "a", "A", rules


def size(key: str, number: int, fact: str = "esms_count", **fields) -> Rule:
    rule = {"about": "project", "blocking": True, "contested": False, "label": key}
    return Rule(key=key, test=Comparison(fact, Operator.AT_LEAST, (number,)), **rule | fields)


ISLANDS = (Comparison("region", Operator.IN, ("94", "01")),)
ELSEWHERE = (Comparison("region", Operator.NOT_IN, ("94", "01")),)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("fifteen", Outcome.UNKNOWN), ("eight", Outcome.UNKNOWN)]),
        ({"region": "76"}, [("fifteen", Outcome.UNKNOWN)]),
        ({"region": "76", "esms_count": 14}, [("fifteen", Outcome.UNMET)]),
        ({"region": "76", "esms_count": 15}, [("fifteen", Outcome.MET)]),
        ({"region": "01", "esms_count": 8}, [("eight", Outcome.MET)]),
        ({"region": "94", "esms_count": 7}, [("eight", Outcome.UNMET)]),
    ],
)
def test_the_size_asked_for_goes_with_the_region(answers, expected):
    lever = SomeLever(size("fifteen", 15, conditions=ELSEWHERE), size("eight", 8, conditions=ISLANDS))
    assert [(one.rule.key, one.outcome) for one in sizes_for([lever], answers)] == expected


def test_sizes_are_told_as_time_goes_and_only_those_that_bind():
    lever = SomeLever(
        size("later", 15, valid_from=date(2022, 2, 8)),
        size("first", 15, valid_to=date(2021, 6, 24)),
        size("indicative", 15, blocking=False),
        size("other", 15, fact="trl"),
        size("bodies", 2, fact="og_count", valid_from=date(2021, 6, 25)),
    )
    assert [one.rule.key for one in sizes_for([lever], {})] == ["first", "bodies", "later"]


# --- The request of a lever -------------------------------------------------


def rule(key: str, **fields) -> Rule:
    return Rule(**{"key": key, "about": "project", "blocking": True, "contested": False, "test": None} | fields)


RENEWAL = (Comparison("renewal", Operator.IS, (True,)),)
RULES_OF_A_LEVER = (
    rule("who", about="actor"),
    rule("need"),
    rule("priority", blocking=False),
    rule("report", conditions=RENEWAL),
)


@pytest.mark.parametrize(
    ("answers", "compulsory", "depending"),
    [
        ({}, ["who", "need"], ["report"]),
        ({"renewal": False}, ["who", "need"], []),
        ({"renewal": True}, ["who", "need", "report"], []),
    ],
)
def test_a_rule_for_renewals_counts_only_for_them(answers, compulsory, depending):
    asked = request_for(RULES_OF_A_LEVER, answers)
    assert [one.rule.key for one in asked.compulsory] == compulsory
    assert [one.key for one in asked.depending] == depending
    assert [one.rule.key for one in asked.indicative] == ["priority"]
    assert asked.questions == ("renewal",)


def test_what_a_rule_waits_for_is_said_in_words():
    waiting = rule("x", conditions=(*RENEWAL, *ISLANDS))
    assert len(waits_for(waiting, {})) == 2
    assert waits_for(waiting, {"region": "01"}) == waits_for(rule("y", conditions=RENEWAL), {})
