"""What those who instruct open and write on a dossier: its files, and messages to the applicant."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from projects.depositing.messages import send_message
from projects.engine.door import NotAllowed, Refused
from projects.forms.messages import MessageForm
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.messages import page_context
from projects.views.moves import zone_for
from projects.views.pieces import give


@require_safe
def piece(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Hand a file over; the reading is written in the journal."""
    return give(request, visit_as_one_who_instructs(request, reference, in_a_jury=True), public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the messages of a dossier, and send one to the applicant."""
    visited = visit_as_one_who_instructs(request, reference)
    form, status = MessageForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        try:
            send_message(visited.dossier.pk, form.cleaned_data["text"], visited.actor, visited.at, from_agency=True)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            form.add_error(None, "Vous pouvez lire ce dossier, pas y écrire.")
            status = 403
        else:
            messages.success(request, "Votre message est envoyé au porteur.")
            return redirect("instruction-dossier", reference)
    more = {"form": form, "title": "Messages", "zone": zone_for(visited.dossier)}
    return render(request, "instruction/messages.html", page_context(visited) | more, status=status)
