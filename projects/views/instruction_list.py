"""The list of the dossiers that somebody instructs."""

from dataclasses import dataclass
from functools import lru_cache

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from actors.models import Body
from apist.frames import FRAMES
from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import wants_part
from levers.views.lists import Noun, found_in_words, page_address, said, title_of
from projects.forms.listing import SavedViewForm
from projects.instruction.beside import names_of
from projects.instruction.conditions import desk_of
from projects.instruction.filters import SORTS, Asked
from projects.instruction.rows import rows_of
from projects.instruction.saved import links_for, search_of
from projects.instruction.tabs import DeskPage
from projects.instruction.tallies import Tally, tally
from projects.views.instruction_desk import Seat, seat_of
from projects.views.instruction_facets import facets_html, tags_of
from projects.views.instruction_rows import lines_html

PAGE_SIZE = 25
ALL_OF_THEM = (
    '<button type="submit" class="fr-btn fr-btn--tertiary" name="scope" value="found">Agir sur les {} dossiers trouvés'
    "</button>"
)
VIEWS = '<nav aria-label="Vues enregistrées"><ul class="fr-tags-group">{}</ul></nav>'
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
    values["found"] = _found(request, asked, counts, page, data, tags, values["heading"])
    return whole(request, "instruction/list.html", seat, values)


def _found(
    request: HttpRequest, asked: Asked, counts: Tally, page: Page, data: QueryDict, tags: list, heading: str
) -> SafeString:
    """Return what the list found, which a filter changes as a whole."""
    shown = len(page.object_list)
    listed = {
        "heading": heading,
        "corrections": "",
        "tags": tags_html(tags),
        "sorts": options_html(SORTS, asked.sort),
        "lines": lines_html(rows_of(page.object_list, asked.desk), dossier_address),
        "all_of_them": format_html(ALL_OF_THEM, counts.total) if counts.total > shown else "",
        "search": search_of(data.urlencode()),
        "query": query_of(data),
        "keep": keep_html(tuple(names_of(Body, asked.desk.bodies, "name"))),
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages de dossiers"
        ),
    }
    fixed = {"shown": bool(shown), "filtered": bool(tags), "everything": request.path}
    return mark_safe(FRAMES.render_for(request, "instruction/list_found.html", listed, fixed))


@lru_cache(maxsize=64)
def keep_html(bodies: tuple[tuple[int, str], ...]) -> SafeString:
    """Return the fields of a view that is not kept yet: a name, and which of these teams sees it."""
    form = SavedViewForm([Body(pk=pk, name=name) for pk, name in bodies])
    return form["name"].as_field_group() + form["body"].as_field_group()


def whole(request: HttpRequest, template: str, seat: Seat, values: dict) -> HttpResponse:
    """Return the page; or to htmx the part of it that a filter changes."""
    if wants_part(request):
        return render(request, "lists/part.html", values)
    return HttpResponse(FRAMES.render_for(request, template, values, {"seat": Pages(tuple(seat.pages))}))


@dataclass(frozen=True, slots=True)
class Pages:
    """What the frame of the page shows of a seat: the pages of the desk."""

    pages: tuple[DeskPage, ...]


def frame_of(request: HttpRequest, seat: Seat, asked: Asked, counts: Tally, chosen: int) -> dict:
    """Return what stands around what is found, on the list as on the board."""
    return {
        "text": asked.text,
        "facets": facets_html(asked, counts),
        "how_many_filters": f"\u00a0({chosen})" if chosen else "",
        "heading": found_in_words(DOSSIERS, counts.total, asked.text),
        "views": "" if wants_part(request) else views_html(seat),
    }


def views_html(seat: Seat) -> SafeString:
    """Return the views that somebody keeps or that their teams share, as links; nothing where there is none."""
    here = reverse("instruction-list")
    tags = format_html_join(
        "",
        '<li><a class="fr-tag" href="{}">{}</a></li>',
        ((f"{here}?{query}" if query else here, name) for name, query in links_for(seat.actor, seat.at)),
    )
    return format_html(VIEWS, tags) if tags else SafeString()


def query_of(data: QueryDict) -> str:
    """Return what is searched, to be put after an address; empty for everything."""
    search = search_of(data.urlencode())
    return f"?{search}" if search else ""
