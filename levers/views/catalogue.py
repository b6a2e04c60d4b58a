"""The catalogue: the list as a page, as a part of it for htmx, and as a table."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from apist.clock import today
from apist.frames import FRAMES
from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import content_token, share, wants_part
from levers.cards import Card
from levers.catalogue import FACET_LABELS, Catalogue, current_catalogue
from levers.filters import SORTS, Asked
from levers.search import Result
from levers.views.cards import cards_html
from levers.views.facets import Facet, facets_html, prepared
from levers.views.lists import (
    Found,
    Noun,
    corrections_html,
    found_in_words,
    nothing_found,
    page_address,
    safe_cell,
    said,
    tags_of,
    title_of,
    why_nothing,
)

PAGE_SIZE = 20
LEVERS = Noun("levier", "leviers", "d'innovation en santé")


@login_not_required
@require_safe
def lever_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue that the address describes; unknown parameters are ignored.

    htmx is given the part that a filter changes; everybody else the page, which needs
    no script.
    """
    catalogue = current_catalogue(today(), content_token(request))
    path, data = reverse("lever-list"), said(request.GET)
    query = Asked(data, catalogue).query()
    result = catalogue.index.search(query)
    facets = facets_of(catalogue)
    chosen = {name: data.getlist(name) for name in FACET_LABELS if name in data}
    tags = tags_of(path, data, query.text, facets, chosen)
    page = Paginator(Found(result), PAGE_SIZE).get_page(data.get("page")) if result.total else None
    values = {
        "title": title_of(LEVERS, result.total, query.text, page),
        "text": query.text,
        "facets": facets_html(facets, chosen, result.counts),
        "how_many_filters": f"\u00a0({len(tags)})" if tags else "",
    }
    shown = {
        "heading": found_in_words(LEVERS, result.total, query.text),
        "corrections": corrections_html(result),
        "tags": tags_html(tags),
    }
    if page:
        shown_list = shown | list_of(data, query.sort, catalogue, result, page)
        found = FRAMES.render(request, "levers/list_found.html", shown_list)
    else:
        shown |= nothing_found(path, LEVERS, data, query, facets, catalogue.index, result)
        shown |= {
            "nothing_title": why_nothing(query, "Le catalogue est vide pour l'instant"),
            "record": "" if query.facets else query.text,
        }
        found = render_to_string("levers/list_empty.html", shown, request)
    values["found"] = mark_safe(found)
    if wants_part(request):
        html = FRAMES.render(request, "lists/part.html", values | {"heading": shown["heading"]})
    else:
        html = FRAMES.render(request, "levers/list.html", values)
    return share(HttpResponse(html), catalogue.token, catalogue.until)


def list_of(data: QueryDict, sort: str, catalogue: Catalogue, result: Result, page: Page) -> dict:
    """Return what a list shows of a page."""
    return {
        "sorts": options_html(SORTS, sort),
        "csv": f"{reverse('lever-csv')}?{data.urlencode()}",
        "cards": cards_html(catalogue, page.object_list, result),
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages de leviers"
        ),
    }


def facets_of(catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return the facets, written once a version."""
    facets = catalogue.fragments.get("facets")
    if facets is None:
        facets = catalogue.fragments["facets"] = prepared(FACET_LABELS, catalogue.choices)
    return facets


@login_not_required
@require_safe
def lever_csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a table, in the same order, for a spreadsheet."""
    catalogue = current_catalogue(today(), content_token(request))
    cards = [catalogue.cards[key] for key in catalogue.index.search(Asked(request.GET, catalogue).query()).keys]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="leviers.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        ["Levier", "En une phrase", "Nature", "Situation", "Porteurs", "Montant", "Décision", "Vérifié le", "Adresse"]
    )
    writer.writerows([safe_cell(cell) for cell in csv_row(card, request)] for card in cards)
    return share(response, catalogue.token, catalogue.until)


def csv_row(card: Card, request: HttpRequest) -> list[str]:
    """Return one line of the table."""
    return [
        card.title,
        card.summary,
        card.nature.label,
        card.availability.label,
        card.carriers,
        card.amount_in_words,
        card.decision.label,
        card.verified_on.isoformat(),
        request.build_absolute_uri(reverse("lever-detail", args=[card.slug])),
    ]
