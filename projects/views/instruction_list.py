"""The list of the dossiers that somebody instructs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import wants_part
from levers.views.lists import Noun, found_in_words, page_address, said, title_of
from projects.forms.listing import SavedViewForm
from projects.instruction.filters import SORTS, Asked, desk_of
from projects.instruction.rows import rows_of
from projects.instruction.saved import search_of, views_for
from projects.instruction.tallies import Tally, tally
from projects.views.instruction_desk import Seat, seat_of
from projects.views.instruction_facets import facets_html, tags_of
from projects.views.instruction_rows import lines_html
from projects.views.instruction_saved import address_of

PAGE_SIZE = 25
DOSSIERS = Noun("dossier", "dossiers", "à instruire")


class Numbers:
    """The numbers of the dossiers that are found, read a page at a time."""

    def __init__(self, asked: Asked):
        self._found = asked.compiled()

    def __getitem__(self, wanted: slice) -> list[int]:
        return self._found.numbers(wanted.start, wanted.stop) if self._found else []


class Counted(Paginator):
    """Pages of rows that were counted already."""

    count = 0

    def __init__(self, rows: Numbers, size: int, total: int):
        super().__init__(rows, size)
        self.count = total


def dossier_address(reference: str) -> str:
    """Return the address of a dossier."""
    return reverse("instruction-dossier", args=[reference])


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the address describes among those that the person instructs.

    htmx is given the part that a filter changes; everybody else the page, which needs no script.
    """
    seat = seat_of(request)
    desk = desk_of(seat.actor.holdings, seat.at)
    path, data = reverse("instruction-list"), said(request.GET)
    asked = Asked(data, desk)
    counts = tally(asked)
    page = Counted(Numbers(asked), PAGE_SIZE, counts.total).get_page(data.get("page"))
    tags = tags_of(path, data, asked, counts)
    values = frame_of(request, seat, asked, counts, len(tags))
    values["title"] = title_of(DOSSIERS, counts.total, asked.text, page)
    listed = {
        "heading": values["heading"],
        "corrections": "",
        "tags": tags_html(tags),
        "sorts": options_html(SORTS, asked.sort),
        "lines": lines_html(rows_of(page.object_list, desk), dossier_address),
        "shown": len(page.object_list),
        "total": counts.total,
        "filtered": bool(tags),
        "everything": path,
        "search": search_of(data.urlencode()),
        "keep": SavedViewForm(seat.bodies, initial={"query": search_of(data.urlencode())}),
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages de dossiers"
        ),
    }
    values["found"] = mark_safe(render_to_string("instruction/list_found.html", listed, request))
    return render(request, "lists/part.html" if wants_part(request) else "instruction/list.html", values)


def frame_of(request: HttpRequest, seat: Seat, asked: Asked, counts: Tally, chosen: int) -> dict:
    """Return what stands around what is found, on the list as on the board."""
    return {
        "seat": seat,
        "text": asked.text,
        "facets": facets_html(asked, counts),
        "how_many_filters": f"\u00a0({chosen})" if chosen else "",
        "heading": found_in_words(DOSSIERS, counts.total, asked.text),
        "views": [] if wants_part(request) else [(address_of(one), one) for one in views_for(seat.actor)],
    }


def query_of(data: QueryDict) -> str:
    """Return what is searched, to be put after an address; empty for everything."""
    search = search_of(data.urlencode())
    return f"?{search}" if search else ""
