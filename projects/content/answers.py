"""Answers as they are kept (JSON) and as rules read them (typed). Pure.

What is kept is what the person last wrote, even where it is not valid yet: a draft loses nothing. Rules and
completeness read the typed value, which is None until it is right.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Kind, Value

Raw = str | list[str] | bool | None
"""An answer as JSON keeps it: text as typed, the chosen values of a list, yes or no."""

TRUE, FALSE = "true", "false"
MOST_DIGITS = 12
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside is a slip of the keyboard, and no delay counted from one inside leaves the calendar."""


def typed(question: Question, raw: Raw) -> Value:
    """Return the value of an answer for rules; None where it is empty or not valid."""
    if raw in (None, "", []):
        return None
    match question.kind:
        case Kind.YES_NO:
            return {True: True, False: False, TRUE: True, FALSE: False}.get(raw) if not isinstance(raw, list) else None
        case Kind.INTEGER:
            return _integer(question, str(raw))
        case Kind.MONEY:
            return money(str(raw))
        case Kind.DATE:
            return _date(str(raw))
        case Kind.CHOICE:
            return str(raw) if str(raw) in {choice.value for choice in question.choices} else None
        case Kind.CHOICES:
            known = {choice.value for choice in question.choices}
            chosen = tuple(value for value in (raw if isinstance(raw, list) else [str(raw)]) if value in known)
            return chosen or None
    text = str(raw).strip()
    return text if 0 < len(text) <= question.longest else None


def money(text: str) -> Decimal | None:
    """Return an amount in euros written the French way (« 12 500,50 »); None where it is not one, or is negative."""
    plain = "".join(text.split()).replace(" ", "").replace(" ", "").removesuffix("€").replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount.adjusted() >= MOST_DIGITS:
        return None
    return amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else None


def _integer(question: Question, text: str) -> int | None:
    plain = "".join(text.split())
    if not (plain.isascii() and plain.isdigit()) or len(plain) > MOST_DIGITS:
        return None
    number = int(plain)
    within = (question.low is None or number >= question.low) and (question.high is None or number <= question.high)
    return number if within else None


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def plain(value: Value) -> Raw:
    """Return a typed value as JSON keeps it: what :func:`typed` reads back, and nothing else that was sent."""
    match value:
        case None | bool():
            return value
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
    return str(value)


def typed_answers(sections: Iterable[Section], kept: Mapping[str, Mapping[str, Raw]]) -> dict[str, Value]:
    """Return the typed answers of sections; ``kept`` holds the raw ones by section, then by question."""
    return {
        question.key: value
        for section in sections
        for question in section.questions
        if (value := typed(question, kept.get(section.key, {}).get(question.key))) is not None
    }


def said(question: Question, raw: Raw) -> str:
    """Return an answer as a person reads it; empty where there is none."""
    if raw in (None, "", []):
        return ""
    value = typed(question, raw)
    labels = {choice.value: choice.label for choice in question.choices}
    match value:
        case True:
            return "Oui"
        case False:
            return "Non"
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return f"{value:,.2f}".replace(",", " ").replace(".", ",") + " €"
        case tuple():
            return " / ".join(labels[one] for one in value)
        case None:
            return str(raw) if not isinstance(raw, list) else " / ".join(map(str, raw))
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)
