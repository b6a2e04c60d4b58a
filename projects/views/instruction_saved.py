"""Searches that are kept: saving the one of the present address, renaming it, sharing it, removing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from projects.forms.listing import SavedViewForm
from projects.instruction.saved import (
    NameTaken,
    TooLong,
    change_view,
    may_change,
    own_view,
    save_view,
    search_of,
    views_for,
)
from projects.models import SavedView
from projects.views.instruction_desk import Seat, seat_of

TAKEN = "Vous avez déjà une vue de ce nom : choisissez-en un autre."


def address_of(view: SavedView) -> str:
    """Return the address of the list that a view stands for."""
    return f"{reverse('instruction-list')}?{view.query}" if view.query else reverse("instruction-list")


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """Show the views that the person may open, each with what changes it; or keep the search that is sent."""
    seat = seat_of(request)
    if request.method != "POST":
        return _page(request, seat)
    form = SavedViewForm(seat.bodies, request.POST)
    if form.is_valid():
        try:
            sent = form.cleaned_data
            view = save_view(seat.actor, sent["name"], sent["query"], sent["body"], seat.at)
        except NameTaken:
            form.add_error("name", TAKEN)
        except TooLong:
            form.add_error(None, "Cette recherche a trop de choix pour être gardée : retirez-en quelques-uns.")
        else:
            messages.success(request, f"Vue enregistrée : « {view.name} ».")
            return redirect(address_of(view))
    return _page(request, seat, new=form)


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a view or change who shares it."""
    seat = seat_of(request)
    changed = own_view(seat.actor, number)
    if changed is None:
        raise Http404
    initial = {"name": changed.name, "body": changed.body_id}
    form = SavedViewForm(seat.bodies, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_view(changed, form.cleaned_data["name"], form.cleaned_data["body"])
        except NameTaken:
            form.add_error("name", TAKEN)
        else:
            messages.success(request, f"Vue modifiée : « {changed.name} ».")
            return redirect("instruction-views")
    context = {"seat": seat, "title": "Modifier une vue", "form": form, "number": number}
    context |= {"address": address_of(changed)}
    return render(request, "instruction/saved_view.html", context)


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a view; the dossiers do not change."""
    seat = seat_of(request)
    removed = own_view(seat.actor, number)
    if removed is None:
        raise Http404
    removed.delete()
    messages.success(request, f"Vue retirée : « {removed.name} ».")
    return redirect("instruction-views")


def _page(request: HttpRequest, seat: Seat, new: SavedViewForm | None = None) -> HttpResponse:
    shown = [
        {"view": one, "address": address_of(one), "mine": one.owner_id == seat.actor.holdings.user,
         "may_change": may_change(one, seat.actor.holdings)}
        for one in views_for(seat.actor)
    ]  # fmt: skip
    if new is None:
        new = SavedViewForm(seat.bodies, initial={"query": search_of(request.GET.urlencode())})
    context = {"seat": seat, "title": "Vues enregistrées", "views": shown, "form": new}
    return render(request, "instruction/saved_views.html", context)
