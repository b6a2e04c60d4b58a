"""A search that found nothing, reported to the curators: what it said, never who said it.

Opening a page writes nothing: it is this form that does, sent by a person, or by the
page itself where scripts run. Robots without scripts are thus not counted.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actors.models import ContentVersion
from apist.clock import today
from levers.actions import Recording, record_search_without_result
from levers.catalogue import current_catalogue
from levers.forms import ReportForm
from levers.search import Index

ANSWERS = {
    Recording.KEPT: "Merci : cette recherche est signalée aux personnes qui tiennent le catalogue. Seuls ses mots et "
    "le mois sont gardés, rien de vous.",
    Recording.FOUND: "Cette recherche trouve quelque chose : elle n'est pas signalée. Sans vos filtres, vous verriez "
    "des leviers.",
    Recording.PERSONAL: "Cette recherche n'est pas signalée : elle ressemble à une donnée personnelle, et le portail "
    "n'en garde pas.",
    Recording.EMPTY: "Cette recherche n'est pas signalée : elle ne contient aucun mot.",
    Recording.FULL: "Cette recherche n'est pas signalée : beaucoup d'autres le sont déjà ce mois-ci.",
}


def index_now() -> Index:
    """Return the search of today's catalogue."""
    return current_catalogue(today(), ContentVersion.current()).index


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Count the search that is sent and say what became of it: a sentence in the page, or a page of its own.

    Opened by hand, the address leads back to the list: there is nothing to see here.
    """
    if request.method != "POST":
        return redirect("lever-list")
    form = ReportForm(request.POST)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    said = {"text": text, "answer": ANSWERS[record_search_without_result(text, today(), index_now())]}
    if request.htmx:
        return render(request, "levers/nothing_found_answer.html", said)
    return render(request, "levers/nothing_found_page.html", said)
