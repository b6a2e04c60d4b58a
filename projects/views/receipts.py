"""The receipt of a deposit: to keep, and to check against what is kept."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from levers.documents.rendering import pdf_of
from projects.depositing.receipts import moment_of_deposit, receipt_of
from projects.depositing.review import review_of_content
from projects.engine.chain import canonical
from projects.engine.verifying import verify
from projects.models import Snapshot
from projects.procedures.catalogue import procedure_at
from projects.views.entry import Visit, visit
from projects.views.moves import home_of


@require_safe
def as_pdf(request: HttpRequest, reference: str, rank: int) -> HttpResponse:
    """Give the receipt as PDF, made again from the frozen deposit; both sides may keep it."""
    snapshot = snapshot_of(visit(request, reference), rank)
    response = HttpResponse(pdf_of(receipt_of(snapshot)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{snapshot.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def check(request: HttpRequest, reference: str, rank: int) -> HttpResponse:
    """Compare a receipt with what is kept: the digest worked out again, the journal read through."""
    visited = visit(request, reference)
    snapshot = snapshot_of(visited, rank)
    content = snapshot.content
    digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    procedure = procedure_at(content["procedure"]["key"], content["procedure"]["version"])
    context = {
        "dossier": visited.dossier,
        "home": home_of(visited),
        "snapshot": snapshot,
        "rank": rank,
        "when": moment_of_deposit(snapshot),
        "is_same": digest == snapshot.sha256 == snapshot.entry.data.get("content"),
        "journal": verify(visited.dossier),
        "review": review_of_content(procedure, content),
    }
    return render(request, "dossiers/deposit/receipt.html", context)


def snapshot_of(visited: Visit, rank: int) -> Snapshot:
    """Return the deposit of a dossier at a rank, the first being 1; 404 where there is none."""
    number = f"{visited.dossier.reference}-{rank}"
    snapshot = visited.dossier.snapshots.select_related("entry").filter(number=number).first()
    if snapshot is None:
        raise Http404
    return snapshot
