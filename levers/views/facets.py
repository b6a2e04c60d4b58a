"""The facets and the cards of a list as HTML, put together from parts prepared once a version.

Eighty values in loops of templates cost three milliseconds, more than the whole rest
of the page (``../shared/study/search-and-weight.md``, 4). What never changes between
two requests is escaped and written beforehand; only the ticks and the counts are put in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Counts = Mapping[str, Mapping[str, int]]

AS_LIST = frozenset({"actor_type", "region", "department", "period", "lever"})
"""Facets with many values: those chosen are boxes, the others wait in a drop-down list."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value: its words, and the three parts of its box and of its line in a drop-down list."""

    label: str
    box: tuple[SafeString, SafeString, SafeString]
    line: tuple[SafeString, SafeString]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as a list shows it: what opens and closes it, its values in order."""

    name: str
    label: str
    opening: SafeString
    more: SafeString
    options: Mapping[str, Option]


def prepared(labels: Mapping[str, str], choices: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[Facet, ...]:
    """Return the facets of a list with everything that no request changes already written."""
    return tuple(_facet(name, label, choices[name]) for name, label in labels.items())


def _facet(name: str, label: str, choices: Sequence[tuple[str, str]]) -> Facet:
    opening = format_html(
        '><summary id="facette-{}">{}</summary><fieldset class="portal-options" aria-labelledby="facette-{}">',
        *(name, label, name),
    )
    more = format_html(
        '<select class="fr-select" id="plus-{}" name="{}" aria-labelledby="facette-{}">'
        '<option value="">Ajouter un choix…</option>',
        *(name, name, name),
    )
    options = {value: _option(name, value, words) for value, words in choices}
    return Facet(name, label, opening, more if name in AS_LIST else SafeString(), options)


def _option(name: str, value: str, words: str) -> Option:
    key = f"{name}-{value}"
    return Option(
        label=words,
        box=(
            format_html('<input type="checkbox" id="{}" name="{}" value="{}"', key, name, value),
            format_html('><label class="fr-label" for="{}">{} (', key, words),
            SafeString(")</label>"),
        ),
        line=(format_html('<option value="{}">{} (', value, words), SafeString(")</option>")),
    )


def label_of(facet: Facet, value: str) -> str:
    """Return the words of a value, and say of one that does not exist that it does not."""
    known = facet.options.get(value)
    return known.label if known else f"« {value} » (valeur inconnue)"


def facets_html(facets: Iterable[Facet], chosen: Mapping[str, Sequence[str]], counts: Counts) -> SafeString:
    """Return the facets: the values that would find something, with how many, and those that are chosen.

    The first facet is open, and those in which something is chosen; all of them are
    native ``details``, which open without any script.
    """
    parts: list[str] = []
    for number, facet in enumerate(facets):
        picked, tally = chosen.get(facet.name, ()), counts.get(facet.name, {})
        if not (picked or tally):
            continue
        parts += ('<details class="portal-facet"', " open" if picked or not number else "", facet.opening)
        parts += _unknown(facet, picked)
        for value, option in facet.options.items():
            if value in picked or (value in tally and not facet.more):
                before, between, after = option.box
                parts += (before, " checked" if value in picked else "", between, str(tally.get(value, 0)), after)
        if facet.more and (lines := _lines(facet, picked, tally)):
            parts += (facet.more, *lines, "</select>")
        parts.append("</fieldset></details>")
    return mark_safe("".join(parts))


def _lines(facet: Facet, picked: Sequence[str], tally: Mapping[str, int]) -> list[str]:
    lines: list[str] = []
    for value, option in facet.options.items():
        if value in tally and value not in picked:
            lines += (option.line[0], str(tally[value]), option.line[1])
    return lines


def _unknown(facet: Facet, picked: Sequence[str]) -> list[str]:
    """Return the boxes of values that do not exist: somebody must be able to take them away."""
    strangers = [_option(facet.name, value, label_of(facet, value)) for value in picked if value not in facet.options]
    return [part for option in strangers for part in (option.box[0], " checked", option.box[1], "0", option.box[2])]
