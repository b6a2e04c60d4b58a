"""The forms through which everything that a visitor sends passes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from levers.facts import FACTS, Choice, Fact, Kind
from levers.matching import Answers
from levers.questionnaire import CHOSEN_AS, NONE_IN_WORDS, NONE_OF_THEM, choice_field
from levers.search import MAX_TEXT

YES_NO = [("true", "Oui"), ("false", "Non")]
DONT_KNOW = ("", "Je ne sais pas")
MAX_AMOUNT_DIGITS = 11


class StrictIntegerField(forms.IntegerField):
    """A whole number in plain digits: no sign, space or exponent is guessed at."""

    def to_python(self, value):
        """Refuse anything but ASCII digits."""
        if value not in self.empty_values and not re.fullmatch(r"\d{1,9}", str(value).strip(), re.ASCII):
            raise ValidationError("Écrivez un nombre entier, en chiffres.", code="invalid")
        return super().to_python(value)


def number_as_typed(value: object) -> object:
    """Return a number as one types it in French, « 60000 » or « 62,50 »; what is not a number stays as it was typed."""
    if not isinstance(value, Decimal):
        return value
    whole, _, cents = f"{value:f}".partition(".")
    return f"{whole},{cents}" if cents.strip("0") else whole


class AmountField(forms.DecimalField):
    """Euros before tax. A visitor may type spaces and a comma; an address of the API holds plain digits."""

    strict = False

    def to_python(self, value):
        """Accept « 65 000,50 » (unless strict) and « 65000.50 », refuse what is not an amount."""
        if value in self.empty_values:
            return None
        plain = str(value)
        if not self.strict:
            plain = re.sub(r"[\s\u00a0\u202f€]", "", plain).replace(",", ".")
        if not re.fullmatch(rf"\d{{1,{MAX_AMOUNT_DIGITS}}}(\.\d{{1,2}})?", plain, re.ASCII):
            raise ValidationError("Écrivez un montant en euros, par exemple 65000 ou 65000,50.", code="invalid")
        return Decimal(plain)

    def prepare_value(self, value):
        """Show a known amount the French way."""
        return number_as_typed(value)


class SeveralField(forms.MultipleChoiceField):
    """Several values; an empty one in an address says nothing, as an empty field does."""

    def to_python(self, value) -> list[str]:
        """Leave the empty values out."""
        return [text for text in super().to_python(value) if text]


class IsoDateField(forms.DateField):
    """A date written year-month-day."""

    def to_python(self, value):
        """Refuse anything but an existing day written 2026-03-31."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("Écrivez une date qui existe, sous la forme 2026-03-31.", code="invalid") from error


def option(choice: Choice) -> tuple[str, str]:
    """Return a value and its words, the explanation after the name where there is one."""
    return (
        choice.value,
        f"{choice.label} : {choice.help[0].lower()}{choice.help[1:]}" if choice.help else choice.label,
    )


def field_for(fact: Fact, choices: Iterable | None = None) -> forms.Field:
    """Return the form field of a fact; ``choices`` replaces the values' words where the database has them."""
    common = {"label": fact.question, "help_text": fact.help, "required": False}
    match fact.kind:
        case Kind.BOOLEAN:
            return forms.TypedChoiceField(
                choices=[*YES_NO, DONT_KNOW],
                coerce=lambda value: value == "true",
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Répondez par true (oui) ou false (non)."},
                **common,
            )
        case Kind.INTEGER:
            return StrictIntegerField(
                min_value=fact.minimum,
                max_value=fact.maximum,
                error_messages={
                    "min_value": f"Le nombre doit être au moins {fact.minimum}.",
                    "max_value": f"Le nombre doit être au plus {fact.maximum}.",
                },
                **common,
            )
        case Kind.AMOUNT:
            return AmountField(
                max_value=fact.maximum,
                error_messages={"max_value": f"Le montant doit être au plus {fact.maximum} euros."},
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                **common,
            )
        case Kind.CHOICES:
            return SeveralField(
                choices=[option(choice) for choice in fact.choices],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "« %(value)s » n'est pas une réponse possible."},
                **common,
            )
    words = choices if choices is not None else [option(choice) for choice in fact.choices]
    short = len(fact.choices) <= 6
    return forms.ChoiceField(
        choices=[*words, DONT_KNOW] if short else [DONT_KNOW, *words],
        widget=forms.RadioSelect if short else forms.Select,
        error_messages={"invalid_choice": "« %(value)s » n'est pas une réponse possible."},
        **common,
    )


def field_of_choice(name: str) -> forms.Field:
    """Return the field by which a yes-or-no fact is answered among recognisable things."""
    fact = FACTS[name]
    words = [option(choice) for choice in CHOSEN_AS[name]]
    return forms.ChoiceField(
        label=fact.question,
        help_text=fact.help,
        required=False,
        choices=[*words, (NONE_OF_THEM, NONE_IN_WORDS[name]), DONT_KNOW],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "« %(value)s » n'est pas une réponse possible."},
    )


@cache
def field_that_reads(name: str, strict: bool) -> forms.Field:
    """Return the field that reads a fact in an address: reading leaves no trace in it, so one serves everybody."""
    field = field_for(FACTS[name])
    field.strict = strict
    return field


class ProfileForm(forms.Form):
    """A profile: one field a fact, all optional, plus the day whose rules hold.

    It reads an address and is never shown, so it has only the fields of the facts that
    the address names. ``strict`` is the API's way of reading amounts.
    """

    def __init__(self, data: Mapping, *, strict=False):
        super().__init__(data)
        self.fields = {name: field_that_reads(name, strict) for name in FACTS if name in data}
        if "on" in data:
            self.fields["on"] = IsoDateField(label="Règles en vigueur le", required=False)

    def answers(self) -> dict:
        """Return what was answered, by fact: absent means not answered. Only valid answers count."""
        given = {name: value for name, value in self.cleaned_data.items() if name in FACTS}
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in given.items()
            if value not in (None, "", [])
        }


class ScreenForm(forms.Form):
    """One screen of the questionnaire, in a visitor's words; facts in ``plain`` are asked by yes or no."""

    mark_optional = False

    def __init__(self, data=None, *, names: Iterable[str], words: dict | None = None, plain=(), **kwargs):
        super().__init__(data, **kwargs)
        for name in names:
            if name in CHOSEN_AS and name not in plain:
                self.fields[choice_field(name)] = field_of_choice(name)
            else:
                self.fields[name] = field_for(FACTS[name], (words or {}).get(name))


class EditForm(ScreenForm):
    """The answers of a profile, to be changed in place, and the questions that can still be put.

    What was chosen among things is known only as yes or no once the address is
    shared, so it is asked that way, under the fact's own name.
    """

    def __init__(self, data=None, *, names: Iterable[str], known: Answers, words: dict | None = None):
        super().__init__(data, names=names, words=words, plain=known, initial=shown_values(known))
        for name in CHOSEN_AS:
            if name in self.fields:
                self.fields[name].label = FACTS[name].label


def shown_values(answers: Answers) -> dict:
    """Return the answers as form fields show them."""
    return {
        name: list(answer) if isinstance(answer, tuple) else texts_of(answer)[0] for name, answer in answers.items()
    }


def without_choices(data: QueryDict) -> QueryDict:
    """Return the parameters with each chosen answer turned into the yes or no of the contract.

    « prévention » becomes ``fir_mission=true``, « aucun » becomes ``false``. The
    choice itself stays beside it, so that the screen can show it again.
    """
    if not any(choice_field(name) in data for name in CHOSEN_AS):
        return data
    plain = data.copy()
    for name, choices in CHOSEN_AS.items():
        chosen = plain.get(choice_field(name))
        if chosen in {choice.value for choice in choices}:
            plain[name] = "true"
        elif chosen == NONE_OF_THEM:
            plain[name] = "false"
        elif chosen == "" and name in plain:
            del plain[name]
    return plain


def query_of(answers: Answers) -> str:
    """Return a profile as an address holds it, in the order of ``FACTS``: one profile, one text."""
    return urlencode([(name, text) for name in FACTS if name in answers for text in texts_of(answers[name])])


def texts_of(answer) -> list[str]:
    """Return an answer as the contract writes it in an address."""
    if isinstance(answer, tuple):
        return list(answer)
    if isinstance(answer, bool):
        return ["true" if answer else "false"]
    return [str(answer)]


class ReportForm(forms.Form):
    """A search that found nothing, sent to the curators: what is too long to be one is not read."""

    q = forms.CharField(max_length=MAX_TEXT, required=False)
