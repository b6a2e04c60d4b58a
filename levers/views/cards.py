"""Cards of the catalogue as HTML: written once a version by their template, the words found marked at each request."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from levers.highlight import highlighted
from levers.search import Result

HOLE = mark_safe("<0>")
"""Where the template leaves room for what a request changes: in no text of a card, where ``<`` is escaped."""

KEPT_CARDS = 1000
"""How many cards a process keeps written, about a kilobyte each."""


class Carded(Protocol):
    """What a list shows of a thing: two texts in which words are marked, and what its template writes."""

    key: int
    title: str
    summary: str


class Listed(Protocol):
    """A kept list: its cards by key, and what pages wrote of them."""

    cards: Mapping[int, Carded]
    fragments: dict


def cards_html(listed: Listed, keys: Iterable[int], result: Result, template: str = "levers/card.html") -> SafeString:
    """Return the cards found, in order, with what was looked for marked in titles and sentences."""
    forms = result.forms
    parts: list[str] = []
    for key in keys:
        card = listed.cards[key]
        before, between, after, end = _written(listed, card, template)
        parts += (before, marked(card.title, forms), between, marked(card.summary, forms), after)
        parts += (_elsewhere(result, key), end)
    return mark_safe("".join(parts))


def _written(listed: Listed, card: Carded, template: str) -> tuple[str, ...]:
    written = listed.fragments.get(card.key)
    if written is None:
        if len(listed.fragments) >= KEPT_CARDS:
            listed.fragments.clear()
        html = render_to_string(template, {"card": card, "hole": HOLE})
        written = listed.fragments[card.key] = tuple(html.split(HOLE))
    return written


@lru_cache(maxsize=4096)
def marked(text: str, forms: frozenset[str]) -> str:
    """Return a text escaped, the words that were looked for in ``mark``."""
    if not forms:
        return escape(text)
    pieces = highlighted(text, forms)
    return "".join(f"<mark>{escape(piece)}</mark>" if found else escape(piece) for piece, found in pieces)


def _elsewhere(result: Result, key: int) -> str:
    """Return what says that some words are in the sheet but not on its card; empty where there is nothing to say."""
    words = result.elsewhere(key)
    return _told(words) if words else ""


@lru_cache(maxsize=256)
def _told(words: tuple[str, ...]) -> str:
    return format_html('<p class="portal-card__found">Dans la fiche : {}</p>', ", ".join(words))
