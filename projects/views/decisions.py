"""A signed decision: read by the applicant once notified, by the agency before; taken to another lever."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from levers.documents.rendering import pdf_of
from projects.deciding.carrying import carry_over, other_lever
from projects.deciding.document import document_of
from projects.deciding.drafting import sent_agreement
from projects.engine.door import NotAllowed
from projects.engine.reading import digest_of_content, known
from projects.letters.naming import name_of
from projects.models import Decision
from projects.views.deciding import READERS, as_file
from projects.views.entry import Visit, visit
from projects.views.moves import home_of, zone_for


@require_safe
def page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show a decision, and whether its words are those that were signed."""
    visited = visit(request, reference)
    decision = decision_of(visited, number)
    digest = digest_of_content(decision.content)
    context = {
        "visit": visited,
        "dossier": visited.dossier,
        "home": home_of(visited),
        "decision": decision,
        "content": decision.content,
        "name": name_of(decision.key),
        "zone": zone_for(visited.dossier),
        "is_same": digest == decision.sha256 == decision.entry.data.get("decision", {}).get("sha256"),
    }
    return render(request, "dossiers/decision.html", context)


@require_safe
def as_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give a decision as PDF, made again from what was signed."""
    decision = decision_of(visit(request, reference), number)
    return as_file(
        pdf_of(document_of(decision.content, decision.signed_at.date())),
        f"{slugify(name_of(decision.key).title)}-{decision.number}",
    )


def decision_of(visited: Visit, number: int) -> Decision:
    """Return a decision of a dossier; 404 where there is none, where it was erased, or is not notified yet.

    The agency that decides reads it from the signature on.
    """
    rows = visited.dossier.decisions.select_related("entry", "notice__entry", "corrects")
    if visited.is_applicant or not visited.acts & READERS:
        rows = rows.notified()
    decision = rows.filter(pk=number).first()
    if decision is None or not decision.content:
        raise Http404
    return decision


@require_safe
def sent_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the agreement that is out to be signed, as words without number: nobody signs what they cannot read.

    The agreement itself exists once the agency signed it, and is read then with the other documents.
    """
    visited = visit(request, reference)
    content = sent_agreement(known(visited.dossier, visited.at))
    if content is None or not (visited.is_applicant or visited.acts & READERS):
        raise Http404
    day = timezone.localtime(visited.at).date()
    return as_file(pdf_of(document_of(content, day)), f"convention-a-signer-{reference}")


@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the dossier of the lever that was proposed instead, with what this one says."""
    visited = visit(request, reference)
    lever = other_lever(visited.dossier, visited.dossier.journal.order_by("seq").prefetch_related("texts"), visited.at)
    if not visited.is_applicant or lever is None:
        raise Http404
    try:
        new = carry_over(visited.dossier, lever, visited.actor, visited.at)
    except NotAllowed:
        raise PermissionDenied from None
    messages.success(request, f"Le dossier {new.reference} est ouvert avec ce que disait le dossier {reference}.")
    return redirect("dossier", new.reference)
