"""The form of a section, made of its questions. What is typed is kept: a wrong answer is told, never refused."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from projects.content.answers import FALSE, TRUE, Raw, typed
from projects.forms.texts import clean_text, date_as_kept, date_as_shown
from projects.preparing.merging import bases_of, plain
from projects.preparing.saving import Typed
from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Kind, Value

SECRET = "secret-"
"""What the name of the box « business secret » of a question begins with."""
BASE, BASE_SECRETS, PAGE = "base", "base-secrets", "page"
SHORT_LIST = 9
YES_NO = [(TRUE, "Oui"), (FALSE, "Non")]
NOT_YET = ("", "Pas encore de réponse")
WRONG = {
    Kind.INTEGER: "Écrivez un nombre entier, en chiffres{bounds}.",
    Kind.MONEY: "Écrivez un montant en euros, par exemple 12 500 ou 12 500,50.",
    Kind.DATE: "Écrivez une date qui existe, par exemple 01/09/2027.",
}


class AnswerField(forms.Field):
    """A question: any text is taken; one that is not an answer is told."""

    def __init__(self, question: Question):
        self.question = question
        super().__init__(required=False, widget=_widget(question), label=_label(question), help_text=_help(question))

    def clean(self, value) -> Raw:
        """Return what was typed; say what is wrong with it."""
        if value not in ("", [], None) and typed(self.question, value) is None:
            raise ValidationError(wrong(self.question, value))
        return value


def wrong(question: Question, raw: Raw) -> str:
    """Return what is said of an answer that is not valid."""
    if isinstance(raw, str) and question.kind not in WRONG and len(raw.strip()) > question.longest:
        return (
            f"{len(raw.strip())} caractères : il en faut {question.longest} au plus. Tout est gardé, rien n'est coupé."
        )
    bounds = f", de {question.low or 0} à {question.high}" if question.high is not None else ""
    return WRONG.get(question.kind, "Choisissez une des réponses proposées.").format(bounds=bounds)


def _label(question: Question) -> str:
    return question.label if question.required else f"{question.label} (facultatif)"


def _help(question: Question) -> str:
    parts = [question.help] if question.help else []
    if question.kind is Kind.DATE:
        parts.append("Jour, mois, année : 01/09/2027.")
    elif question.example:
        parts.append(f"Exemple : {question.example}")
    if question.kind is Kind.LONG:
        parts.append(f"{question.longest} caractères au plus.")
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in parts))


def _widget(question: Question) -> forms.Widget:
    match question.kind:
        case Kind.LONG:
            return forms.Textarea(attrs={"rows": 6})
        case Kind.INTEGER:
            return forms.TextInput(attrs={"inputmode": "numeric"})
        case Kind.MONEY:
            return forms.TextInput(attrs={"inputmode": "decimal"})
        case Kind.EMAIL:
            return forms.EmailInput()
        case Kind.URL:
            return forms.URLInput()
        case Kind.YES_NO:
            return forms.RadioSelect(choices=[*YES_NO, NOT_YET])
        case Kind.CHOICES:
            return forms.CheckboxSelectMultiple(choices=[(one.value, one.label) for one in question.choices])
        case Kind.CHOICE:
            words = [(one.value, one.label) for one in question.choices]
            short = len(words) < SHORT_LIST
            return forms.RadioSelect(choices=[*words, NOT_YET]) if short else forms.Select(choices=[NOT_YET, *words])
    return forms.TextInput()


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the page shows it. ``condition``: in words, when it is asked; ``when``: of which question."""

    question: Question
    field: forms.BoundField
    secret: forms.BoundField | None
    condition: str = ""
    when: str = ""
    values: str = ""
    taken_over: bool = False


class SectionForm(forms.Form):
    """A section as it is stored; always bound, so that what is wrong is told as soon as the page is shown."""

    mark_optional = False
    use_required_attribute = False

    def __init__(self, section: Section, answers: Mapping[str, Raw], secrets: Iterable[str], questions):
        marked = set(secrets)
        data: dict[str, object] = {one.key: shown(one, answers.get(one.key)) for one in questions}
        data |= {f"{SECRET}{one.key}": "on" for one in questions if one.key in marked}
        super().__init__(data)
        self.section, self.questions = section, tuple(questions)
        self.base = json.dumps(bases_of(answers, [one.key for one in questions]))
        self.base_secrets = json.dumps(sorted(marked))
        for one in questions:
            self.fields[one.key] = AnswerField(one)
            if one.may_be_secret:
                self.fields[f"{SECRET}{one.key}"] = forms.BooleanField(
                    required=False, label="Cette réponse contient un secret des affaires"
                )

    def rows(self, known: Iterable[Question], taken_over: Iterable[str] = ()) -> list[Row]:
        """Return the questions in order; ``known`` are those that conditions may name."""
        questions, taken = {one.key: one for one in (*known, *self.questions)}, set(taken_over)
        return [
            Row(
                one,
                self[one.key],
                self[f"{SECRET}{one.key}"] if one.may_be_secret else None,
                *_condition(one, questions),
                taken_over=one.key in taken,
            )
            for one in self.questions
        ]


def _condition(question: Question, questions: Mapping[str, Question]) -> tuple[str, str, str]:
    """Return under which answer a question is asked: in words, then the other question and its values."""
    when = question.when
    if when is None or when.question not in questions:
        return "", "", ""
    other = questions[when.question]
    labels = {choice.value: choice.label for choice in other.choices} | {True: "Oui", False: "Non"}
    words = " ou ".join(f"« {labels.get(value, value)} »" for value in when.values)
    return f"Seulement si vous répondez {words} à « {other.label} »", other.key, "|".join(map(_as_sent, when.values))


def _as_sent(value: Value) -> str:
    return str(plain(value)) if isinstance(value, bool) else str(value)


def shown(question: Question, raw: Raw) -> str | list[str]:
    """Return a stored answer as its field shows it."""
    text = plain(raw)
    if question.kind is Kind.CHOICES:
        return [text] if isinstance(text, str) and text else list(text)
    if isinstance(text, list):
        text = ", ".join(text)
    return date_as_shown(text) if question.kind is Kind.DATE else text


def questions_shown(section: Section, answers: Mapping[str, Value], stored: Mapping[str, Raw]) -> list[Question]:
    """Return the questions of a page: all but those that another section's answer rules out, unless answered."""
    own = {one.key for one in section.questions}
    return [
        one
        for one in section.questions
        if one.when is None or one.when.question in own or one.when.holds(answers) or one.key in stored
    ]


def read_typed(section: Section, data: QueryDict) -> Typed:
    """Return what a page sent: only the questions that it had, none for what is not there at all."""
    base = _texts(data.get(BASE, ""))
    answers: dict[str, Raw] = {}
    for one in section.questions:
        if one.kind is Kind.CHOICES:
            if one.key in base or one.key in data:
                answers[one.key] = [clean_text(value) for value in data.getlist(one.key) if value]
        elif one.key in data:
            text = clean_text(data.get(one.key, ""))
            answers[one.key] = date_as_kept(text) if one.kind is Kind.DATE else text
    may = {one.key for one in section.questions if one.may_be_secret}
    marked = frozenset(key for key in may if f"{SECRET}{key}" in data)
    return Typed(answers, marked, base, frozenset(_list(data.get(BASE_SECRETS, ""))) & may, page_of(data))


def page_of(data: QueryDict) -> UUID | None:
    """Return which open page sent this; None where it does not say so."""
    try:
        return UUID(data.get(PAGE, ""))
    except ValueError:
        return None


def _texts(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _list(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
