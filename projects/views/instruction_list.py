"""The list of the dossiers of those who instruct."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import wants_part
from levers.views.lists import Noun, address_with, found_in_words, page_address, quoted, said, title_of
from projects.instruction.filters import (
    FACET_LABELS,
    SORTS,
    Desk,
    DossierFilter,
    desk_of,
)
from projects.instruction.wording import TURNS
from projects.models import Dossier
from projects.procedures.vocabulary import Turn
from projects.views.instruction_desk import seat_of

PAGE_SIZE = 25

DOSSIERS = Noun("dossier", "dossiers", "à instruire")
MANY = frozenset({"procedure", "lever", "call"})
"""Facets whose values are many: those that are chosen are boxes, the others wait in a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in a list: what its page says at once."""

    dossier: Dossier
    stage: str
    turn: str
    is_late: bool


def rows_of(dossiers, desk: Desk) -> list[Row]:
    """Return what a list shows of each dossier."""
    return [
        Row(
            one,
            one.stage_now.agency_label,
            TURNS[Turn(one.turn)],
            one.ended_at is None and one.due_at is not None and one.due_at <= desk.at,
        )
        for one in dossiers
    ]


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the address describes among those that the person instructs.

    htmx is given the part that a filter changes; everybody else the page, which needs no script.
    """
    seat = seat_of(request)
    desk = desk_of(seat.actor.holdings, seat.at)
    path, data = reverse("instruction-list"), said(request.GET)
    asked = DossierFilter(data, desk)
    page = Paginator(asked.in_order().with_names(), PAGE_SIZE).get_page(data.get("page"))
    total, text = page.paginator.count, asked.form.cleaned_data.get("q") or ""
    chosen = {name: data.getlist(name) for name in FACET_LABELS if name in data}
    tags = tags_of(path, data, text, desk, chosen)
    heading = found_in_words(DOSSIERS, total, text)
    values = {
        "title": title_of(DOSSIERS, total, text, page),
        "text": text,
        "facets": facets_html(desk, chosen),
        "how_many_filters": f"\u00a0({len(tags)})" if tags else "",
        "heading": heading,
    }
    listed = {
        "heading": heading,
        "corrections": "",
        "tags": tags_html(tags),
        "sorts": options_html(SORTS, asked.form.cleaned_data.get("sort") or ""),
        "rows": rows_of(page.object_list, desk),
        "filtered": bool(tags),
        "everything": path,
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages de dossiers"
        ),
    }
    values["found"] = mark_safe(render_to_string("instruction/list_found.html", listed, request))
    return render(request, "lists/part.html" if wants_part(request) else "instruction/list.html", values)


def tags_of(path: str, data: QueryDict, text: str, desk: Desk, chosen: dict) -> list[tuple[str, str]]:
    """Return the words of each thing that is chosen, and the address of the list without it."""
    tags = [(quoted(text), address_with(path, data, q=None))] if text else []
    for name, picked in chosen.items():
        labels = dict(desk.choices[name])
        for value in picked:
            left = [one for one in picked if one != value] or None
            label = labels.get(value, f"{quoted(value)} (valeur inconnue)")
            tags.append((label, address_with(path, data, **{name: left})))
    return tags


def facets_html(desk: Desk, chosen: dict[str, list[str]]) -> SafeString:
    """Return the facets as native details; the first one is open, and those in which something is chosen.

    No count stands beside a value: each would cost a query over all that the person may see.
    """
    parts = []
    for number, (name, label) in enumerate(FACET_LABELS.items()):
        picked = chosen.get(name, ())
        strangers = [(value, f"{quoted(value)} (valeur inconnue)") for value in picked]
        known = {value for value, _ in desk.choices[name]}
        boxes = [pair for pair in desk.choices[name] if name not in MANY or pair[0] in picked]
        boxes += [pair for pair in strangers if pair[0] not in known]
        others = [pair for pair in desk.choices[name] if pair[0] not in picked] if name in MANY else []
        parts.append(_facet(name, label, boxes, others, picked, opened=bool(picked) or not number))
    return mark_safe("".join(parts))


def _facet(name: str, label: str, boxes: list, others: list, picked, *, opened: bool) -> SafeString:
    ticked = SafeString(" checked")
    written = format_html_join(
        "",
        '<input type="checkbox" id="{}-{}" name="{}" value="{}"{}><label class="fr-label" for="{}-{}">{}</label>',
        ((name, value, name, value, ticked if value in picked else "", name, value, words) for value, words in boxes),
    )
    if others:
        written += format_html(
            '<select class="fr-select" id="plus-{}" name="{}" aria-labelledby="facette-{}">'
            '<option value="">Ajouter un choix…</option>{}</select>',
            *(name, name, name, options_html(others, "")),
        )
    return format_html(
        '<details class="portal-facet"{}><summary id="facette-{}">{}</summary>'
        '<fieldset class="portal-options" aria-labelledby="facette-{}">{}</fieldset></details>',
        *(SafeString(" open") if opened else "", name, label, name, written),
    )
