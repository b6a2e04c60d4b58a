"""The applicant's page of a dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.views.entry import visit


@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where a dossier stands, whose turn it is, until when, and what happens then."""
    return render(request, "dossiers/page.html", {"visit": visit(request, reference)})
