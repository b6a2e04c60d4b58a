"""Exporting exactly what a search of the list finds, for a spreadsheet."""

import logging

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from levers.views.lists import said
from projects.instruction.conditions import desk_of
from projects.instruction.filters import Asked
from projects.instruction.saved import search_of
from projects.instruction.sheets import MOST, as_csv, as_xlsx, is_too_long
from projects.views.instruction_desk import seat_of
from projects.views.instruction_list import query_of

logger = logging.getLogger("projects.exports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LONG = (
    f"Cette recherche trouve plus de {MOST:,} dossiers : un export en contient {MOST:,} au plus. Ajoutez un filtre."
)


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give what the address finds, in its order; who took what is written in the log of the portal."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    seat = seat_of(request)
    data = said(request.GET)
    asked = Asked(data, desk_of(seat.actor.holdings, seat.at))
    if is_too_long(asked):
        messages.error(request, TOO_LONG.replace(",", "\u202f"))
        return redirect(f"{reverse('instruction-list')}{query_of(data)}")
    logger.info("Export %s par %s : %s", kind, seat.actor.pseudonym, search_of(data.urlencode()) or "tous les dossiers")
    name = f"dossiers-{timezone.localtime(seat.at):%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        return FileResponse(as_xlsx(asked), as_attachment=True, filename=name, content_type=XLSX)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(as_csv(asked), content_type="text/csv; charset=utf-8", headers=headers)
