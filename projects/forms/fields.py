"""A question of a procedure as a field of a form; what is typed comes out as rules read it (``content/answers.py``)."""

from datetime import date, datetime

from django import forms
from django.utils.html import format_html

from projects.content.answers import FALSE, TRUE, Raw, typed
from projects.procedures.asked import Question
from projects.procedures.vocabulary import Kind

WRONG = {
    Kind.INTEGER: "Écrivez un nombre entier, en chiffres.",
    Kind.MONEY: "Écrivez un montant en euros, en chiffres : 12 500 ou 12 500,50.",
    Kind.DATE: "Écrivez une date qui existe, par exemple 31/01/2027.",
    Kind.YES_NO: "Choisissez Oui ou Non.",
    Kind.CHOICE: "Choisissez une des réponses proposées.",
    Kind.CHOICES: "Choisissez parmi les réponses proposées.",
    Kind.EMAIL: "Écrivez une adresse électronique complète : service@exemple.fr.",
    Kind.URL: "Écrivez une adresse de site complète, qui commence par https://.",
}
FEW = 8
"""Up to so many, choices are all shown; beyond, they are a list that opens."""

DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
"""How a day is typed where the browser has no calendar; the calendar itself sends ISO 8601."""


def field_for(question: Question) -> forms.Field:
    """Return the field that asks a question. It may be left empty: who asks says what is compulsory."""
    plain = {"label": question.label, "help_text": _help(question), "required": False}
    match question.kind:
        case Kind.LONG:
            return forms.CharField(max_length=question.longest, widget=forms.Textarea(attrs={"rows": 6}), **plain)
        case Kind.INTEGER:
            return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **plain)
        case Kind.MONEY:
            return forms.CharField(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **plain)
        case Kind.DATE:
            return forms.CharField(max_length=20, widget=forms.DateInput(attrs={"type": "date"}), **plain)
        case Kind.YES_NO:
            answers = [(TRUE, "Oui"), (FALSE, "Non")]
            return forms.ChoiceField(choices=answers, widget=forms.RadioSelect, **plain)
        case Kind.CHOICE:
            return _choice(question, plain)
        case Kind.CHOICES:
            choices = [(one.value, one.label) for one in question.choices]
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **plain)
        case Kind.EMAIL:
            return forms.EmailField(max_length=254, **plain)
        case Kind.URL:
            return forms.URLField(max_length=400, assume_scheme="https", **plain)
    return forms.CharField(max_length=min(question.longest, 400), **plain)


def _choice(question: Question, plain: dict) -> forms.Field:
    choices = [(one.value, one.label) for one in question.choices]
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **plain)
    return forms.ChoiceField(choices=[("", "Choisissez"), *choices], **plain)


def _help(question: Question) -> str:
    if question.example:
        return format_html("{} Exemple : {}", question.help, question.example)
    return format_html("{}", question.help)


def raw_of(question: Question, value: object) -> Raw:
    """Return what was typed as it is kept: a day in ISO 8601, chosen values as a list, the rest as it was typed."""
    if question.kind is Kind.CHOICES:
        return [str(one) for one in value] if isinstance(value, list | tuple) else []
    text = str(value or "").strip()
    return iso(text) if question.kind is Kind.DATE else text


def is_right(question: Question, raw: Raw) -> bool:
    """Tell whether an answer that is given is one that rules can read."""
    return raw in (None, "", []) or typed(question, raw) is not None


def iso(text: str) -> str:
    """Return a day typed the French way as ISO 8601; another text comes back as it is."""
    for written in DAYS:
        try:
            return datetime.strptime(text, written).date().isoformat()
        except ValueError:
            continue
    return text


def day_of(text: str) -> date | None:
    """Return the day that a text says, None where it says none."""
    try:
        return date.fromisoformat(iso(text))
    except ValueError:
        return None
