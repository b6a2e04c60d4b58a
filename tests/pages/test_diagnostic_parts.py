"""The parts of the results that are rendered once and kept: always what rendering them anew would give."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from levers.facts import FACTS
from levers.forms import EditForm, ProfileForm, ScreenForm, query_of
from levers.models import Criterion
from levers.procurement.forms import from_profile
from levers.questionnaire import GROUPS, choice_field
from levers.rulebook import match_all, read_rulebook
from levers.views.diagnostic_parts import fields_html, lever_in_words, levers_html, questions_html
from tests import factories
from tests.levers.test_matches_api import random_profile

TODAY, LONG_AGO = date(2026, 11, 22), date(2020, 6, 15)


def answers_of(pairs) -> dict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    form = ProfileForm(data)
    assert form.is_valid()
    return form.answers()


PROFILES = [{}, *(answers_of(random_profile(random.Random(seed))) for seed in range(12))]


def verdicts(rulebook, answers, on=TODAY) -> str:
    matching = match_all(answers, on, rulebook)
    return levers_html(rulebook, matching.matches, answers, query_of(answers), on)


def test_a_kept_part_is_what_a_new_one_would_be(catalogue):
    kept = read_rulebook()
    for _ in range(2):
        shown = [verdicts(kept, answers, on) for on in (TODAY, LONG_AGO) for answers in PROFILES]
    anew = [verdicts(read_rulebook(), answers, on) for on in (TODAY, LONG_AGO) for answers in PROFILES]
    assert shown == anew
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize("answers", PROFILES[:6], ids=query_of)
def test_a_lever_s_part_is_its_template_with_the_whole_profile_in_the_address(answers, catalogue):
    rulebook = read_rulebook()
    for match in match_all(answers, TODAY, rulebook).matches:
        seen = {name: answer for name, answer in answers.items() if name in match.rules.facts}
        item = lever_in_words(rulebook, match.lever, match.rules, seen, match.availability.status)
        query = f"levier={match.lever.slug}" + (f"&{query_of(answers)}" if answers else "")
        item["answer_url"] = f"{reverse('diagnostic')}?{query}"
        if item["dossier_url"]:
            item["dossier_url"] = f"{reverse('dossier-new')}?{query}"
        if item["procurement_url"]:
            item["procurement_url"] = f"{reverse('procurement')}?{from_profile(answers, TODAY)}"
        written = render_to_string("diagnostic/lever.html", {"item": item})
        assert levers_html(rulebook, [match], answers, query_of(answers), TODAY) == written


@pytest.mark.parametrize("answers", PROFILES, ids=query_of)
def test_the_questions_to_change_answers_are_those_of_the_form(answers, catalogue):
    rulebook = read_rulebook()
    form = EditForm(names=FACTS, known=answers, words=rulebook.words())
    assert fields_html(rulebook, FACTS, answers) == "".join(field.as_field_group() for field in form)


@pytest.mark.parametrize("door", ["", "industrie", "nulle-part"])
def test_the_questions_of_a_screen_are_those_of_its_form(door, catalogue):
    rulebook = read_rulebook()
    answers = {"actor_type": "ehpad", "region": "01", "digital_solution": False, "fir_mission": True}
    chosen = {"public_interest": "parcours", "own_initiative": ""}
    initial = answers | {"digital_solution": "false", "fir_mission": "true"}
    initial[choice_field("public_interest")] = "parcours"
    for group in GROUPS:
        form = ScreenForm(names=group.facts, words=rulebook.words(door), plain=["fir_mission"], initial=initial)
        expected = "".join(field.as_field_group() for field in form)
        assert questions_html(rulebook, group.facts, answers, chosen, door) == expected


def test_equal_amounts_are_shown_as_each_was_typed(db):
    lever = factories.make_lever()
    factories.make_criterion(lever, fact="purchase_amount", operator="at-least", values=[40_000])
    rulebook = read_rulebook()
    for typed in ("65000.5", "65000.50", "65000.5"):
        answers = {"purchase_amount": Decimal(typed)}
        assert f", {typed} €</p>" in verdicts(rulebook, answers)
        assert f'value="{typed}"' in fields_html(rulebook, ["purchase_amount"], answers)


def test_the_address_of_one_visitor_is_never_given_to_another(catalogue):
    rulebook = read_rulebook()
    for own, other in (("2A", "971"), ("971", "2A")):
        shown = verdicts(rulebook, {"department": own})
        assert f"&amp;department={own}" in shown
        assert f"department={other}" not in shown


def test_what_curators_change_is_in_the_next_rulebook(db):
    criterion = factories.make_criterion(factories.make_lever(), label="Avant")
    assert "Avant" in verdicts(read_rulebook(), {})
    Criterion.objects.filter(pk=criterion.pk).update(label="Après")
    assert "Après" in verdicts(read_rulebook(), {})
    assert "Avant" not in verdicts(read_rulebook(), {})


def test_the_words_of_curators_are_never_markup(db):
    typed = "<script>alert(1)</script>"
    lever = factories.make_lever(title=typed, summary=typed, short_name=typed)
    factories.make_criterion(lever, label=typed, help=typed, remedy=typed, fact="region", operator="in", values=["01"])
    factories.make_region(code="53", name=typed)
    rulebook = read_rulebook()
    shown = [verdicts(rulebook, {"region": region}) for region in ("01", "53")]
    shown += [fields_html(rulebook, ["region"], {"region": "53"})]
    for part in shown:
        assert "<script>" not in part
        assert "&lt;script&gt;" in part
