"""French words for values, and safe text: nothing else."""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


@register.filter
def prose(text: str) -> SafeString:
    """Return curators' plain text as paragraphs and lists, escaped.

    A blank line ends a paragraph; lines that begin with « - » are a list.
    """
    blocks = [block for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return mark_safe("".join(part for block in blocks for part in _block(block.split("\n"))))


def _block(lines: list[str]) -> list[SafeString]:
    parts, items, sentences = [], [], []

    def close() -> None:
        if sentences:
            parts.append(format_html("<p>{}</p>", " ".join(sentences)))
            sentences.clear()
        if items:
            rows = format_html_join("", "<li>{}</li>", ((item,) for item in items))
            parts.append(format_html("<ul>{}</ul>", rows))
            items.clear()

    for line in lines:
        stripped = line.strip()
        if stripped.startswith("- "):
            if sentences:
                close()
            items.append(stripped[2:])
        elif items and line.startswith("  "):
            items[-1] = f"{items[-1]} {stripped}"
        elif stripped:
            if items:
                close()
            sentences.append(stripped)
    close()
    return parts


@register.filter
def euros(amount: Decimal | None) -> str:
    """Return « 25 000 € », with cents only where there are any; empty for no amount."""
    if amount is None:
        return ""
    whole, cents = divmod(abs(amount) * 100, 100)
    text = f"{int(whole):,}".replace(",", NARROW_SPACE)
    if cents:
        text += f",{int(cents):02d}"
    return f"{text}{NO_BREAK_SPACE}€"


@register.filter
def sum_in_words(amount) -> str:
    """Return the bounds of an amount: one sum, a range, a floor, a ceiling, or that the source gives none."""
    low, high = amount.minimum, amount.maximum
    if low is None and high is None:
        return "non précisé"
    if low is None:
        return f"jusqu'à {euros(high)}"
    if high is None:
        return f"à partir de {euros(low)}"
    return euros(high) if low == high else f"de {euros(low)} à {euros(high)}"


@register.filter
def status_kind(status: str) -> str:
    """Return the badge that repeats, in colour, what the status says in words."""
    return {
        "permanent": "success",
        "open": "success",
        "closing-soon": "new",
        "upcoming": "info",
        "closed": "warning",
        "ended": "error",
    }.get(status, "")


@register.filter(expects_localtime=True)
def jour(day: date | None) -> str:
    """Return « 1er février 2021 », « 31 mars 2026 »; empty for no day. A moment is told by its day there."""
    return _day_in_words(day.year, day.month, day.day) if day else ""


@lru_cache(maxsize=4096)
def _day_in_words(year: int, month: int, day: int) -> str:
    text = formats.date_format(date(year, month, day), "j F Y")
    return f"1er {text[2:]}" if day == 1 else text


@register.filter
def lower_first(text: str) -> str:
    """Return a label ready to stand inside a sentence: only its first letter changes, never an acronym's."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


@register.filter
def first_paragraph(text: str) -> str:
    """Return what comes before the first blank line."""
    return (text or "").strip().split("\n\n")[0]


@register.filter
def other_paragraphs(text: str) -> str:
    """Return what comes after the first blank line."""
    return "\n\n".join((text or "").strip().split("\n\n")[1:])


@register.filter
def as_json(value) -> str:
    """Return a value as JSON, for an attribute that a script reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)
