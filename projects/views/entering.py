"""Entering what somebody wrote, said on the telephone or came to say, for them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apist.clock import today
from projects.engine.door import NotAllowed, Refused, Stale
from projects.forms.entering import EntryForm
from projects.instruction.entering import enterable, open_told, record
from projects.instruction.places import channels_of
from projects.instruction.scope import entering_bodies
from projects.procedures.types import Procedure
from projects.views.instruction_desk import Seat, seat_of
from projects.views.receiving import told_to

ON_PAPER = (
    "Personne n'a d'adresse électronique : envoyez l'accusé de réception sur papier. Il est sous « Reçu autrement »."
)

PIECES = "pieces"
"""The button that keeps a draft to join what came with the request."""


@require_http_methods(("GET", "HEAD", "POST"))
def entry(request: HttpRequest) -> HttpResponse:
    """Show the form of what was told, open the dossier for the person and record it as received."""
    seat = seat_of(request)
    procedure = procedure_asked(request)
    allowed = entering_bodies(seat.actor.holdings)
    bodies = [body for body in seat.bodies if body.pk in allowed]
    if procedure is None or not bodies:
        raise Http404
    form = EntryForm(procedure, bodies, today(), request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := recorded(request, seat, form)):
        return answer
    channels = [one for one in channels_of(bodies, today()) if one.procedure == procedure]
    context = {
        "form": form,
        "seat": seat,
        "title": "Saisir une demande reçue autrement",
        "procedure": procedure,
        "others": [one for one in enterable() if one != procedure],
        "channels": channels,
        "several": len(bodies) > 1,
        "address": f"{reverse('instruction-enter')}?procedure={procedure.key}",
    }
    return render(request, "instruction/entry.html", context)


def procedure_asked(request: HttpRequest) -> Procedure | None:
    """Return the procedure that the address names, the first contact where it names none; None for an unknown one."""
    known = {one.key: one for one in enterable()}
    return known.get(request.GET.get("procedure") or "first-contact")


def recorded(request: HttpRequest, seat: Seat, form: EntryForm) -> HttpResponse | None:
    """Open the dossier, then record it; where that is refused the draft is there, and the page says why.

    None where it may not even be opened: the form says why.
    """
    key = form.cleaned_data["key"]
    try:
        dossier = open_told(form.told(), key, seat.actor, seat.at)
    except NotAllowed:
        raise Http404 from None
    except Refused as refused:
        form.add_error("siret", " ".join(reason.words for reason in refused.reasons))
        return None
    if PIECES in form.data:
        messages.success(request, "La demande est gardée en brouillon. Joignez ce qui a été reçu, puis enregistrez-la.")
        return redirect("dossier-pieces", dossier.reference)
    try:
        record(dossier, key, seat.actor, seat.at)
    except Refused as refused:
        reasons = " ".join(reason.words for reason in refused.reasons)
        messages.warning(request, f"La demande est gardée en brouillon, elle n'est pas encore enregistrée. {reasons}")
    except (Stale, NotAllowed):
        messages.warning(request, "La demande est gardée en brouillon : reprenez-la depuis cette page.")
    else:
        messages.success(request, f"La demande est enregistrée sous la référence {dossier.reference}.")
        if not told_to(dossier):
            messages.warning(request, ON_PAPER)
    return redirect("instruction-dossier", dossier.reference)
