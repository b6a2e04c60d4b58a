"""The archive of evidence of a dossier, taken by either side."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed
from projects.engine.verifying import verify
from projects.evidence.archive import take_away
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for

PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
def for_applicant(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the archive is to the applicant's side, and give it with what that side reads."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        raise Http404
    return given(request, visited, "evidence/for_applicant.html", for_applicant=True)


@require_http_methods(PAGES)
def for_agency(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the archive is to those who instruct, and give it whole."""
    visited = visit_as_one_who_instructs(request, reference)
    return given(request, visited, "evidence/for_agency.html", for_applicant=False)


def given(request: HttpRequest, visited: Visit, template: str, *, for_applicant: bool) -> HttpResponse:
    """Show the page; on its button, write the act and send the archive as it is made."""
    if Act.ARCHIVE not in visited.acts:
        raise Http404
    dossier = visited.dossier
    if request.method == "POST":
        try:
            archive = take_away(dossier.pk, visited.actor, visited.at, for_applicant=for_applicant)
        except NotAllowed:
            raise Http404 from None
        response = StreamingHttpResponse(archive.chunks, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{archive.name}"'
        response["Cache-Control"] = "private, no-store"
        return response
    context = {
        "visit": visited,
        "dossier": dossier,
        "zone": zone_for(dossier),
        "title": "Archive de preuve",
        "verified": verify(dossier),
        "address": request.path,
    }
    return render(request, template, context)
