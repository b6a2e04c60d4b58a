"""Keeping a dossier from being erased: for those who review it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed
from projects.forms.personal import HoldForm
from projects.retention.keeping import hold, release
from projects.rights.table import Act
from projects.views.entry import visit


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show until when a dossier is kept; keep it longer, or let it go again, with the reason."""
    here = visit(request, reference)
    if Act.HOLD not in here.acts:
        raise PermissionDenied
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = release if request.POST.get("act") == "release" else hold
        try:
            act(here.dossier.pk, form.cleaned_data["reason"], here.actor, here.at)
        except NotAllowed as error:  # erased or handed over meanwhile
            raise PermissionDenied from error
        messages.success(request, "C'est noté dans le journal du dossier.")
        return redirect("instruction-keeping", reference)
    return render(request, "dossiers/personal/keeping.html", {"visit": here, "form": form})
