"""The pack of a dossier that is deposited elsewhere, as a download."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from projects.depositing.packs import pack_of
from projects.engine.reading import known
from projects.views.entry import visit


@require_safe
def download(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the pack, written as it leaves; a dossier that is deposited here has none, and its page says where it is."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    state = known(visited.dossier, visited.at)
    if state.place.is_here:
        return redirect("dossier", reference)
    response = StreamingHttpResponse(pack_of(state, visited.at), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="dossier-{reference}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
