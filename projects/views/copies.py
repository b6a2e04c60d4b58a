"""Taking up the content of a dossier in another one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from projects.depositing.copying import copy_dossier
from projects.engine.door import NotAllowed
from projects.engine.reading import place
from projects.rights.table import Act
from projects.views.entry import visit


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is carried over and what is not, then open the copy."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    if Act.COPY not in visited.acts:
        raise PermissionDenied
    if request.method == "POST":
        try:
            new = copy_dossier(visited.dossier, visited.actor, visited.at)
        except NotAllowed:
            raise PermissionDenied from None
        messages.success(request, f"Un nouveau brouillon est ouvert, avec les réponses du dossier {reference}.")
        return redirect("dossier", new.reference)
    context = {
        "dossier": visited.dossier,
        "place": place(visited.dossier, visited.at),
    }
    return render(request, "dossiers/copy.html", context)
