"""The board: the same search as the list, in columns."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from apist.frames import FRAMES
from apist.list_parts import tags_html
from levers.views.lists import said, title_of
from projects.instruction.board import columns_of
from projects.instruction.conditions import desk_of
from projects.instruction.filters import Asked
from projects.instruction.tallies import tally
from projects.views.instruction_desk import seat_of
from projects.views.instruction_facets import tags_of
from projects.views.instruction_list import DOSSIERS, dossier_address, frame_of, query_of, whole
from projects.views.instruction_rows import columns_html


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what the address describes by status, or by stage where one procedure is chosen."""
    seat = seat_of(request)
    desk = desk_of(seat.actor.holdings, seat.at)
    path, data = reverse("instruction-board"), said(request.GET)
    data.pop("page", None)
    asked = Asked(data, desk)
    counts = tally(asked)
    tags = tags_of(path, data, asked, counts)
    values = frame_of(request, seat, asked, counts, len(tags))
    values["title"] = f"Tableau : {title_of(DOSSIERS, counts.total, asked.text, None)}"
    columns = columns_of(asked, counts, reverse("instruction-list"), data, dossier_address)
    listed = {
        "heading": values["heading"],
        "tags": tags_html(tags),
        "columns": columns_html(columns),
        "query": query_of(data),
    }
    fixed = {"shown": bool(columns), "filtered": bool(tags), "everything": path}
    values["found"] = mark_safe(FRAMES.render_for(request, "instruction/board_found.html", listed, fixed))
    return whole(request, "instruction/board.html", seat, values)
