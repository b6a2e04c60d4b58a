"""What a diagnostic already answered becomes answers; what it says wrongly is asked."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from levers.facts import FACTS
from projects.content.answers import typed
from projects.forms.texts import date_as_kept, date_as_shown
from projects.preparing.origin import facts_of, origin_of, since
from projects.preparing.prefill import prefilled
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.project_sections import ALL

QUESTIONS = {(section.key, one.key): one for section in ALL for one in section.questions}


def test_facts_become_the_answers_of_the_questions_that_name_them():
    params = {
        "scale": ["local"],
        "trl": ["6"],
        "industrial_partner": ["false"],
        "experiment_months": ["24"],
        "autre": ["x"],
    }
    assert prefilled(ALL, params) == {
        "idea": {"scale": "local", "trl": "6"},
        "means": {"months": "24", "industrial_partner": "false"},
    }


@given(st.dictionaries(st.sampled_from(sorted(FACTS)), st.lists(st.text(max_size=8), max_size=3)))
def test_whatever_an_address_says_only_valid_answers_are_taken(params):
    for section, answers in prefilled(ALL, params).items():
        for key, raw in answers.items():
            assert typed(QUESTIONS[section, key], raw) is not None


def test_every_fact_that_a_question_names_exists():
    named = {one.fact for each in PROCEDURES for section in each.sections for one in section.questions if one.fact}
    assert named <= set(FACTS)


def test_where_a_project_comes_from_is_kept_without_what_is_nobody_s_business():
    origin = origin_of({"trl": ["6"], "contact_door": ["true"], "utm": ["x"], "region": [""]}, date(2026, 11, 28))
    assert origin == {"on": "2026-11-28", "facts": {"trl": ["6"]}, "checklist": {"contact_door": ["true"]}}
    assert since(origin) == date(2026, 11, 28)
    assert (since({}), facts_of({}), origin_of({"utm": ["x"]}, date(2026, 11, 28))) == (None, {}, {})


@given(st.dates())
def test_a_day_is_shown_as_in_france_and_kept_for_machines(day):
    assert date_as_kept(date_as_shown(day.isoformat())) == day.isoformat()


@given(st.text(max_size=12))
def test_what_is_no_day_stays_as_it_was_typed(text):
    kept = date_as_kept(text)
    assert kept == text or date.fromisoformat(kept)
