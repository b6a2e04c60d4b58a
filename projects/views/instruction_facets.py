"""What the list and the board show of an address: facets with their counts, tags that take a choice away."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apist.list_parts import options_html
from levers.views.lists import address_with, quoted
from projects.instruction.facets import FACET_LABELS
from projects.instruction.filters import Asked
from projects.instruction.tallies import Option, Tally

MANY = frozenset({"person", "label", "procedure", "stage", "lever", "call", "department", "actor_type"})
"""Facets whose values are many: those that are chosen are boxes, the others wait in a list."""

BOX = '<input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}><label class="fr-label" for="{0}-{1}">{3}</label>'
MORE = (
    '<select class="fr-select" id="plus-{0}" name="{0}" aria-labelledby="facette-{0}">'
    '<option value="">Ajouter un choix…</option>{1}</select>'
)
FACET = (
    '<details class="portal-facet"{0}><summary id="facette-{1}">{2}</summary>'
    '<fieldset class="portal-options" aria-labelledby="facette-{1}">{3}</fieldset></details>'
)


def tags_of(path: str, data: QueryDict, asked: Asked, tally: Tally) -> list[tuple[str, str]]:
    """Return the words of each thing that is chosen, and the address of the list without it."""
    tags = [(quoted(asked.text), address_with(path, data, q=None))] if asked.text else []
    for name, picked in asked.chosen.items():
        labels = {option.value: option.label for option in tally.facets[name]}
        for value in picked:
            left = [one for one in picked if one != value] or None
            tags.append((labels[value], address_with(path, data, **{name: left})))
    return tags


def facets_html(asked: Asked, tally: Tally) -> SafeString:
    """Return the facets as native details; the first one is open, and those in which something is chosen.

    A value that would find nothing is left out; a facet without any is too.
    """
    parts = []
    for number, (name, label) in enumerate(FACET_LABELS.items()):
        picked, options = asked.chosen.get(name, ()), tally.facets[name]
        if not options:
            continue
        boxes = [one for one in options if name not in MANY or one.value in picked]
        others = [(one.value, _counted(one)) for one in options if one.value not in picked] if name in MANY else []
        parts.append(_facet(name, label, boxes, others, picked, opened=bool(picked) or not number))
    return mark_safe("".join(parts))


def _counted(option: Option) -> str:
    return f"{option.label} ({option.total})"


def _facet(name: str, label: str, boxes: Iterable[Option], others: list, picked, *, opened: bool) -> str:
    """Return a facet. Its name is ours; words and values may be anybody's, and are escaped."""
    written = "".join(
        BOX.format(name, escape(one.value), " checked" if one.value in picked else "", escape(_counted(one)))
        for one in boxes
    )
    if others:
        written += MORE.format(name, options_html(others, ""))
    return FACET.format(" open" if opened else "", name, escape(label), written)
