"""The catalogue: the list as a page, as a part of it for htmx, and as a table."""

import csv
import unicodedata

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from actors.models import Agency
from apist.clock import today
from apist.frames import FRAMES
from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import content_token, share, wants_part
from levers.cards import Card
from levers.catalogue import FACET_LABELS, Catalogue, current_catalogue
from levers.filters import SORTS, Asked
from levers.search import Query, Result
from levers.views.cards import cards_html
from levers.views.facets import Facet, facets_html, label_of, prepared

PAGE_SIZE = 20
FORMULA_STARTS = ("=", "+", "-", "@")


class Found:
    """A result as Django's paginator reads it: how many, and a page of them without working out the others."""

    def __init__(self, result: Result):
        self._result = result

    def __len__(self) -> int:
        return self._result.total

    def __getitem__(self, wanted: slice) -> list:
        return self._result.page(wanted.start, wanted.stop)


def said(data: QueryDict) -> QueryDict:
    """Return parameters without what says nothing: a form sends its empty fields, and a box beside the same choice."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if full := [*dict.fromkeys(filter(None, values))]:
            kept.setlist(name, full)
    return kept


def address_with(data: QueryDict, **changes) -> str:
    """Return the same list with some parameters changed (None removes), from its first page."""
    changed = data.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, list):
            changed.setlist(name, value)
        else:
            changed[name] = value
    return f"{reverse('lever-list')}?{changed.urlencode()}" if changed else reverse("lever-list")


@login_not_required
@require_safe
def lever_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue that the address describes; unknown parameters are ignored.

    htmx is given the part that a filter changes; everybody else the page, which needs
    no script.
    """
    catalogue = current_catalogue(today(), content_token(request))
    data = said(request.GET)
    query = Asked(data, catalogue).query()
    result = catalogue.index.search(query)
    facets = facets_of(catalogue)
    chosen = {name: data.getlist(name) for name in FACET_LABELS if name in data}
    tags = tags_of(data, query.text, facets, chosen)
    page = Paginator(Found(result), PAGE_SIZE).get_page(data.get("page")) if result.total else None
    values = {
        "title": title_of(result.total, query.text, page),
        "text": query.text,
        "facets": facets_html(facets, chosen, result.counts),
        "how_many_filters": f"\u00a0({len(tags)})" if tags else "",
    }
    shown = {
        "heading": found_in_words(result.total, query.text),
        "corrections": corrections_html(result),
        "tags": tags_html(tags),
    }
    if page:
        shown_list = shown | list_of(data, query.sort, catalogue, result, page)
        found = FRAMES.render(request, "levers/list_found.html", shown_list)
    else:
        shown_way_out = shown | nothing_found(data, query, catalogue, result)
        found = render_to_string("levers/list_empty.html", shown_way_out, request)
    values["found"] = mark_safe(found)
    if wants_part(request):
        html = FRAMES.render(request, "levers/list_part.html", values | {"heading": shown["heading"]})
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


def page_address(data: QueryDict, number: int) -> str:
    """Return the address of another page of the same list, relative to this one."""
    changed = data.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


def facets_of(catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return the facets, written once a version."""
    facets = catalogue.fragments.get("facets")
    if facets is None:
        facets = catalogue.fragments["facets"] = prepared(FACET_LABELS, catalogue.choices)
    return facets


def tags_of(data: QueryDict, text: str, facets: tuple[Facet, ...], chosen: dict) -> list[tuple[str, str]]:
    """Return the words of each thing that is chosen, and the address of the list without it."""
    tags = [(quoted(text), address_with(data, q=None))] if text else []
    return tags + [
        (label_of(facet, value), address_with(data, **{facet.name: [v for v in picked if v != value] or None}))
        for facet in facets
        if (picked := chosen.get(facet.name))
        for value in picked
    ]


def title_of(total: int, text: str, page: Page | None) -> str:
    """Return the title of the page, which tells one search, and one page of it, from another in a history."""
    what = f"{total} levier{'s' if total > 1 else ''} d'innovation en santé"
    if page and page.number > 1:
        what += f" (page {page.number} sur {page.paginator.num_pages})"
    return f"{quoted(text)} : {what}" if text else what


def found_in_words(total: int, text: str) -> str:
    """Return how many were found, as a heading says it and as a reading aid is told."""
    how_many = f"{total} levier{'s' if total > 1 else ''}" if total else "Aucun levier"
    return f"{how_many} pour {quoted(text)}" if text else how_many


def quoted(text: str) -> str:
    """Return a text between quotation marks that no end of line separates from it."""
    return f"«\u00a0{text}\u00a0»"


def corrections_html(result: Result) -> str:
    """Return what was looked for instead of the words that no sheet holds; empty where all are known."""
    if not result.corrections:
        return ""
    asked = ", ".join(map(quoted, result.corrections))
    taken = ", ".join(" ou ".join(map(quoted, words)) for words in result.corrections.values())
    what = "Résultats pour" if result.total else "Nous avons cherché"
    return format_html("<p>Aucune fiche ne contient {}. {} {}.</p>", asked, what, taken)


def nothing_found(data: QueryDict, query: Query, catalogue: Catalogue, result: Result) -> dict:
    """Return what to do when nothing is found: which filter to remove, which words are near, whom to ask."""
    words = {facet.name: f"{facet.label} : {labels_of(facet, query)}" for facet in facets_of(catalogue)}
    words["q"] = f"recherche : {query.text}"
    without = sorted(result.without.items(), key=lambda item: (-item[1], item[0]))
    regions = query.facets.get("region", ())
    agencies = Agency.objects.select_related("region").order_by("region__name")
    return {
        "nothing_title": why_nothing(query),
        "without": [(words[name], total, address_with(data, **{name: None})) for name, total in without],
        "nearby": [(word, address_near(data, query, catalogue, word)) for word in result.nearby],
        "agencies": agencies.filter(region__code__in=regions) if regions else agencies,
        "region_chosen": bool(regions),
        "record": "" if query.facets else query.text,
        "everything": reverse("lever-list"),
    }


def why_nothing(query: Query) -> str:
    """Return in a sentence why nothing is found."""
    if query.facets:
        return "Rien ne correspond à tous ces choix"
    return "Rien ne correspond à ces mots" if query.text else "Le catalogue est vide pour l'instant"


def labels_of(facet: Facet, query: Query) -> str:
    """Return the words of what is chosen in a facet."""
    return ", ".join(sorted(label_of(facet, value) for value in query.facets.get(facet.name, ())))


def address_near(data: QueryDict, query: Query, catalogue: Catalogue, word: str) -> str:
    """Return where a near word is found: with the filters that are chosen, else without them."""
    kept = catalogue.index.search(Query(word, query.facets)).total
    return address_with(data if kept else QueryDict(mutable=True), q=word)


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


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even behind blanks or in wide characters."""
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if begins in FORMULA_STARTS and begins else text
