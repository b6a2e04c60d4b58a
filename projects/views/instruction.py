"""The administration's page of a dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.views.entry import visit


@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a dossier to those who instruct it."""
    return render(request, "instruction/page.html", {"visit": visit(request, reference)})
