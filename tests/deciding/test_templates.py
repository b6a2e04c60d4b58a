"""A template names values of a closed list and nothing else; what a value holds is never read again."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.letters.choosing import KEYS, OF_LETTERS, best_of, key_for
from projects.letters.defaults import DEFAULTS, Default
from projects.letters.substitution import faults, fill
from projects.letters.variables import EXAMPLES, VARIABLES
from projects.models import LetterTemplate
from projects.procedures.decision_moves import SIGN, corrections
from tests.dossier_factories import NOW

HOSTILE = [
    "{{request}}",
    "{{ dossier.__class__ }}",
    "{{ projet.owner.email }}",
    "{{ projet|safe }}",
    "{% load static %}",
    "{% include 'x' %}",
    "{# caché #}",
    "{{}}",
    "{{ }}",
    "{{ montant",
    "montant }}",
    "{{{montant}}",
    "{{si request}}x{{fin}}",
    "{{si montant}}x",
    "x{{fin}}",
    "{{si montant}}{{si projet}}x{{fin}}{{fin}}",
    "{{MONTANT}}",
    "{{ projet\n.x }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_everything_else_is_refused_and_nothing_is_filled(text):
    assert faults(text)
    with pytest.raises(ValueError, match=r"."):
        fill(text, EXAMPLES)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["subject", "text"])
def test_a_template_that_says_something_else_is_not_saved(text, name, db):
    row = LetterTemplate(key="grant", valid_from=NOW.date(), **{"subject": "Objet", "text": "Texte"} | {name: text})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert name in refused.value.message_dict


def test_a_variable_that_is_not_known_is_answered_with_those_that_are():
    assert all(name in faults("{{request}}")[0] for name in VARIABLES)


def test_every_variable_is_told_and_has_an_example():
    assert set(EXAMPLES) == set(VARIABLES)
    assert all(VARIABLES.values())


def test_a_condition_keeps_its_words_only_where_there_is_a_value():
    text = "A{{si montant}}, pour {{ montant }}{{fin}}."
    assert fill(text, {"montant": "10 €"}) == "A, pour 10 €."
    assert fill(text, {}) == "A."
    assert fill("Pour {{montant}}", {}) == "Pour à vérifier"


@given(st.text())
def test_a_value_comes_out_as_it_is_whatever_it_holds(value):
    assert fill("[{{projet}}]", {"projet": value or "x"}) == f"[{value or 'x'}]"


@given(st.text(alphabet="{}%# abcmontantsifin", max_size=40))
def test_a_text_is_refused_or_filled_and_never_breaks(text):
    if not faults(text):
        assert "{{" not in fill(text, dict.fromkeys(VARIABLES, "v"))


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda one: f"{one.key}-{one.procedure_key}")
def test_every_template_of_the_repository_can_be_used(default):
    assert faults(default.subject) == faults(default.text) == []
    assert fill(default.text, EXAMPLES)
    assert fill(default.text, {})


def test_there_is_one_for_each_thing_that_a_letter_is_for():
    assert {one.key for one in DEFAULTS} == set(KEYS)
    assert set(OF_LETTERS.values()) <= set(KEYS)


def test_the_nearest_template_serves():
    rows = [Default("grant", "t", "x", procedure, body_id=body) for procedure in ("", "fir") for body in (None, 1)]
    assert best_of(rows, "fir", 1) == rows[3]
    assert best_of(rows, "cpom", 1) == rows[1]
    assert best_of(rows, "fir", 2) == rows[2]
    assert best_of(rows, "cpom", 2) == rows[0]
    assert best_of([], "fir", 1) is None


@pytest.mark.parametrize(
    ("records", "key"), [({"outcome": "grant"}, "grant"), ({"outcome": "refuse"}, "refuse"), ({}, "decision"),
                         ({"outcome": "reserve"}, "decision")],
)  # fmt: skip
def test_a_signature_takes_the_template_of_what_was_proposed(records, key):
    assert key_for(SIGN, records) == key


def test_a_correction_has_its_own():
    assert key_for(corrections(("granted",))[0], {"outcome": "grant"}) == "correction"


def test_two_templates_do_not_serve_the_same_thing_on_one_day(db):
    fields = {"key": "grant", "subject": "Objet", "text": "Texte", "valid_from": NOW.date()}
    LetterTemplate.objects.create(**fields)
    with pytest.raises(ValidationError, match="sert déjà"):
        LetterTemplate(**fields).full_clean()
    LetterTemplate(**fields | {"procedure_key": "fir"}).full_clean()
