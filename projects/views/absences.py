"""Who is away, and who stands in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from projects.forms.desk import AbsenceForm
from projects.instruction.absences import (
    Impossible,
    absences_of,
    colleagues,
    end_absence,
    may_end,
    say_absence,
    spoken_for,
)
from projects.instruction.scope import entering_bodies
from projects.views.instruction_desk import Seat, seat_of


def seat_of_an_officer(request: HttpRequest) -> Seat:
    """Return the seat of somebody who instructs dossiers; 404 for whoever only reads or signs them."""
    seat = seat_of(request)
    if not entering_bodies(seat.actor.holdings):
        raise Http404
    return seat


@require_http_methods(("GET", "HEAD", "POST"))
def page(request: HttpRequest) -> HttpResponse:
    """Show who is away or will be, and say an absence: one's own, or that of somebody of one's unit."""
    seat = seat_of_an_officer(request)
    on = timezone.localtime(seat.at).date()
    people = colleagues(seat.actor, on)
    data = request.POST if request.method == "POST" else None
    form = AbsenceForm(spoken_for(seat.actor, people), people, on, data)
    if form.is_valid():
        given = form.cleaned_data
        try:
            say_absence(form.away, form.standing_in, given["since"], given["until"], seat.actor, seat.at)
        except Impossible as impossible:
            form.add_error(None, str(impossible))
        else:
            messages.success(request, f"L'absence est notée : {form.standing_in.user} sera prévenu à la place.")
            return redirect("instruction-absences")
    context = {
        "seat": seat,
        "title": "Absences",
        "form": form,
        "rows": [(row, may_end(seat.actor, row)) for row in absences_of(seat.actor, on)],
        "several": len(seat.bodies) > 1,
    }
    return render(request, "instruction/absences.html", context)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End an absence before its date, or take back one that has not begun."""
    seat = seat_of_an_officer(request)
    on = timezone.localtime(seat.at).date()
    absence = get_object_or_404(absences_of(seat.actor, on), pk=number)
    if not may_end(seat.actor, absence):
        raise Http404
    end_absence(absence, on)
    messages.success(request, "L'absence est finie.")
    return redirect("instruction-absences")
