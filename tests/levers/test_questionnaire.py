"""The order of the questions: never more than needed, details only behind an open gate."""

from levers.facts import FACTS
from levers.questionnaire import CHOSEN_AS, GATES, GROUP_OF, GROUPS, gate_is_open, next_group, questions_of


def test_every_fact_that_a_rule_may_ask_is_on_a_screen(catalogue):
    asked = {c.fact for lever in catalogue.values() for c in lever.criteria.filter(blocking=True) if c.fact}
    assert asked <= set(GROUP_OF)


def test_a_screen_holds_few_questions_and_no_question_is_put_twice():
    assert [group.slug for group in GROUPS if len(group.facts) > 5] == []
    names = [name for group in GROUPS for name in group.facts]
    assert len(names) == len(set(names))
    assert set(names) <= set(FACTS)


def test_a_gate_is_a_question_of_another_screen_or_an_earlier_one():
    for name, (gate, _) in GATES.items():
        assert GROUP_OF[gate] != GROUP_OF[name]


def test_who_asks_comes_first_then_the_outline():
    everything = tuple(FACTS)
    assert next_group({}, everything, []).slug == "vous"
    assert next_group({"actor_type": "ehpad"}, everything, ["vous"]).slug == "en-bref"


def test_details_wait_for_their_gate():
    assert not gate_is_open("embassy_contact", {})
    assert not gate_is_open("embassy_contact", {"foreign_partner": False})
    assert gate_is_open("embassy_contact", {"foreign_partner": True})
    assert gate_is_open("esms_count", {"dui_project": ("equipment",)})


def test_then_comes_the_screen_of_the_question_that_settles_the_most():
    answers = {"actor_type": "ccas", "region": "53", "audience_60_plus": True}
    undecided = ("gir_5_6_share", "public_interest", "fir_mission")
    assert next_group(answers, undecided, ["vous", "en-bref"]).slug == "prevention"


def test_a_screen_shows_only_questions_that_can_still_change_something():
    group = GROUP_OF["public_interest"]
    assert questions_of(group, {}, ("fir_mission",)) == ("fir_mission",)


def test_a_screen_is_never_shown_twice_and_the_end_is_reached():
    shown = []
    while group := next_group({}, tuple(FACTS), shown):
        shown.append(group.slug)
    assert len(shown) == len(set(shown))
    assert shown[:2] == ["vous", "en-bref"]


def test_what_is_chosen_among_things_is_a_yes_or_no_of_the_contract():
    assert set(CHOSEN_AS) == {"fir_mission", "public_interest"}
    assert len(CHOSEN_AS["fir_mission"]) == 5
