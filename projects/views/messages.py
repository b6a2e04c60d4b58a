"""Messages on a dossier, on the applicant's side; and how often one is written to by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apist.clock import now
from projects.depositing.messages import send_message
from projects.depositing.moments import in_words
from projects.engine.door import NotAllowed, Refused
from projects.engine.reading import place
from projects.forms.messages import MessageForm, PaceForm
from projects.models import MailPreference
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.moves import zone_for

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the messages of a dossier, and send one."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    form, status = MessageForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            send_message(visited.dossier.pk, form.cleaned_data["text"], visited.actor, visited.at, from_agency=False)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            form.add_error(None, "Vous pouvez lire ce dossier, pas y écrire.")
            status = 403
        else:
            messages.success(request, "Votre message est envoyé.")
            return redirect("dossier-messages", reference)
    return render(request, "dossiers/messages/page.html", page_context(visited) | {"form": form}, status=status)


def page_context(visited: Visit) -> dict:
    """Return what the page says: each message with its author, its moment, its side; serves both sides' pages."""
    dossier = visited.dossier
    zone = zone_for(dossier)
    rows = [(one, in_words(one.sent_at, zone, place=False)) for one in dossier.messages.select_related("author")]
    is_received = dossier.deposited_at is not None
    return {
        "visit": visited,
        "dossier": dossier,
        "letters": rows,
        "place": place(dossier, visited.at),
        "is_received": is_received,
        "may_write": Act.MESSAGE in visited.acts and is_received,
    }


@require_http_methods(METHODS)
def preferences(request: HttpRequest) -> HttpResponse:
    """Show how often one is written to about dossiers, and change it."""
    row = MailPreference.objects.filter(user=request.user).first()
    usual = MailPreference.Pace.DAILY if request.user.is_agent(now().date()) else MailPreference.Pace.EACH
    form = PaceForm(request.POST or None, initial={"pace": row.pace if row else usual})
    if request.method == "POST" and form.is_valid():
        MailPreference.objects.update_or_create(user=request.user, defaults={"pace": form.cleaned_data["pace"]})
        messages.success(request, "Votre choix est enregistré.")
        return redirect("mail-preferences")
    return render(request, "dossiers/messages/preferences.html", {"form": form})
