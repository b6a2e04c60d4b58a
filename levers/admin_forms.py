"""What curators type, and what is refused before it reaches the base.

The rules of a criterion are those of the models' ``clean()`` and of
``levers/facts.py``; here is only how values are typed and what concerns several
rows at once. Which fields a form has is said by the admin that uses it.
"""

import re

from django import forms
from django.forms.models import InlineForeignKeyField
from django.utils.html import format_html, format_html_join

from levers.facts import FACTS, Fact, Kind
from levers.models import Criterion

YES_NO = {"true": True, "oui": True, "false": False, "non": False}
WHOLE_NUMBER = re.compile(r"-?\d+")
NOT_THE_ACTOR = "Une voie par un partenaire ne contourne qu'un critère sur l'acteur."
NOT_THE_ACTOR_TYPE = "Ne se remplit que si le critère compare le type d'acteur : laissez vide."


def permitted(fact: Fact) -> str:
    """Return in words what may be typed for a fact."""
    match fact.kind:
        case Kind.BOOLEAN:
            return "true (oui) ou false (non)"
        case Kind.INTEGER | Kind.AMOUNT:
            return f"un nombre entier, de {fact.minimum} à {fact.maximum} {fact.unit}".strip()
    return ", ".join(
        choice.value if choice.label == choice.value else f"{choice.value} ({choice.label})" for choice in fact.choices
    )


def permitted_values_help() -> str:
    """Return the help of the field: one value per line, and what each fact permits."""
    rows = format_html_join(
        "", "<li><strong>{}</strong> : {}</li>", ((fact.label, permitted(fact)) for fact in FACTS.values())
    )
    return format_html(
        "Une par ligne. <details><summary>Valeurs permises pour chaque fait</summary><ul>{}</ul></details>", rows
    )


def typed(fact: Fact | None, line: str):
    """Return what a line means for a fact; a line that means nothing stays a text, which the rules then refuse."""
    if fact and fact.kind is Kind.BOOLEAN:
        return YES_NO.get(line.lower(), line)
    if fact and fact.kind in (Kind.INTEGER, Kind.AMOUNT):
        compact = "".join(line.split())
        return int(compact) if WHOLE_NUMBER.fullmatch(compact) else line
    return line


def as_lines(values) -> str:
    """Return values as a curator types them."""
    if not isinstance(values, list):
        return values or ""
    return "\n".join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)


class ValuesField(forms.CharField):
    """A list of values, one per line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 50})

    def prepare_value(self, value) -> str:
        """Show the values as lines; show again what was typed."""
        return as_lines(value)

    def to_python(self, value) -> list[str]:
        """Return the lines that are not empty."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data) -> bool:
        """Compare the lines."""
        return self.to_python(as_lines(initial)) != self.to_python(data)


class TestedForm(forms.ModelForm):
    """A comparison, its values typed as lines and kept with the type of the fact."""

    __test__ = False  # pytest: the name says that a profile is tested, not that this is a test

    values = ValuesField(label="Valeurs", required=False, help_text=permitted_values_help())

    def clean(self) -> dict:
        """Give the values their type; the model then says what is wrong with the comparison."""
        data = super().clean()
        fact = FACTS.get(data.get("fact") or "")
        data["values"] = [typed(fact, line) for line in data.get("values") or []]
        return data


class PartForm(forms.ModelForm):
    """A part of something: its key is checked against the others even where its owner is not a field."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded = super()._get_validation_exclusions()
        owners = {name for name in ("lever", "call", "experiment") if getattr(self.instance, f"{name}_id", None)}
        return excluded - owners


class CriterionForm(TestedForm, PartForm):
    """A criterion; what it may not be is said by the model."""


class ConditionForm(TestedForm):
    """When a criterion applies."""

    values = ValuesField(label="Valeurs", required=False, help_text="Une par ligne, comme pour le critère.")


class PathForm(PartForm):
    """A way around a criterion; its lever is that of the criterion."""

    def clean(self) -> dict:
        """Refuse a way around what does not bear on the actor, and kinds of actors where they are not compared."""
        data = super().clean()
        criterion = data.get("criterion")
        if criterion is None:
            return data
        self.instance.lever_id = criterion.lever_id
        # On a criterion's page that field is hidden, so the model's refusal would not be seen.
        if isinstance(self.fields["criterion"], InlineForeignKeyField) and criterion.about != Criterion.About.ACTOR:
            self.add_error(None, NOT_THE_ACTOR)
        if data.get("actor_types") and criterion.fact != "actor_type":
            self.add_error("actor_types", NOT_THE_ACTOR_TYPE)
        return data
