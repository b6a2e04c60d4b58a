"""The page « Décision » of a dossier: the words that are prepared, what was signed; the note of whoever signs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from levers.documents.rendering import pdf_of
from projects.deciding.document import document_of
from projects.deciding.drafting import deciding_move, draft_content, may_change, state_for, words_for, write_draft
from projects.deciding.note import note_of
from projects.deciding.waiting import signing_move
from projects.depositing.delays import clock_said
from projects.engine.amended import amending_move
from projects.engine.door import NotAllowed, Refused
from projects.engine.reading import known
from projects.forms.deciding import DraftForm
from projects.letters.choosing import AGREEMENT, AMENDMENT, CONTINUATION, DECISION, SORTS, sort_of
from projects.models import Dossier
from projects.opinions.reading import given_on
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import names_of, zone_for

READERS = frozenset({Act.NOTE, Act.WRITE_LETTER})
"""Who reads a decision before it is notified: the agency that takes it, and nobody else."""


ADDRESSES = {
    DECISION: ("instruction-decision", "instruction-decision-draft"),
    AGREEMENT: ("instruction-agreement", "instruction-agreement-draft"),
    AMENDMENT: ("instruction-amendment", "instruction-amendment-draft"),
    CONTINUATION: ("instruction-continuation", "instruction-continuation-draft"),
}
"""Where the words of each sort of document are written, and drawn."""


DRAFTS = {
    DECISION: "Le projet de décision",
    AGREEMENT: "Le projet de convention",
    AMENDMENT: "Le projet d'avenant",
    CONTINUATION: "Le projet d'avenant annuel",
}


def visit_before_notice(request: HttpRequest, reference: str) -> Visit:
    """Return the visit of somebody of the agency that decides; 404 for everybody else."""
    found = visit_as_one_who_instructs(request, reference)
    if not found.acts & READERS:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str, sort: str = DECISION) -> HttpResponse:
    """Show the words of a document, keep what is written, and list what was signed."""
    visited = visit_before_notice(request, reference)
    dossier, status = visited.dossier, 200
    signs = deciding_move(dossier.procedure, dossier.stage, sort)
    if signs is None and sort != DECISION:
        raise Http404
    state = state_for(dossier, visited.at, sort)
    subject, text, seen = words_for(state, sort, afresh="modele" in request.GET)
    initial = {"subject": subject, "text": text, "seen": seen}
    form = DraftForm(request.POST) if request.method == "POST" else DraftForm(initial=initial)
    if form.is_valid():
        try:
            write_draft(dossier.pk, form.wording, visited.actor, visited.at, sort)
        except Refused as refused:
            subject, text, seen = words_for(state_for(dossier, visited.at, sort), sort)
            form = form.afresh(seen, " ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            form.add_error(None, "Vous pouvez lire ce texte, pas le modifier.")
            status = 403
        else:
            messages.success(request, f"{DRAFTS[sort]} est enregistré.")
            return redirect(ADDRESSES[sort][0], reference)
    context = {
        "visit": visited,
        "zone": zone_for(dossier),
        "title": SORTS[sort],
        "form": form,
        "may_write": form.is_bound or (Act.WRITE_LETTER in visited.acts and may_change(dossier, sort) and bool(signs)),
        "preview": draft_content(state, sort) or None,
        "has_words": bool(signs and text),
        "is_saved": bool(seen),
        "decisions": list(dossier.decisions.select_related("notice__entry", "corrects")),
        "others": others(dossier, sort),
        "draft_name": ADDRESSES[sort][1],
        "amends": amending_of(visited, sort),
    }
    return render(request, "instruction/deciding/page.html", context, status=status)


def others(dossier: Dossier, sort: str) -> list[tuple[str, str]]:
    """Return the other documents that the procedure signs, with the address of their words."""
    found = [one for one in SORTS if one != sort and deciding_move(dossier.procedure, dossier.stage, one)]
    return [(SORTS[one], reverse(ADDRESSES[one][0], args=[dossier.reference])) for one in found]


def amending_of(visited: Visit, sort: str) -> bool:
    """Tell whether the person may say here what an amendment changes: one is open."""
    dossier = visited.dossier
    move = amending_move(dossier.procedure, dossier.stage)
    return move is not None and sort_of(move) == sort and Act.SCHEDULE in visited.acts


@require_safe
def draft_as_pdf(request: HttpRequest, reference: str, sort: str = DECISION) -> HttpResponse:
    """Give the words that are prepared as PDF, which says on top that nobody signed it."""
    visited = visit_before_notice(request, reference)
    content = draft_content(state_for(visited.dossier, visited.at, sort), sort)
    if not content.get("text"):
        raise Http404
    day = timezone.localtime(visited.at).date()
    return as_file(pdf_of(document_of(content, day)), f"projet-{reference}")


@require_safe
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Show on one page what one must know before signing."""
    visited = visit_before_notice(request, reference)
    dossier = visited.dossier
    move = signing_move(dossier.procedure, dossier.stage, visited.parties)
    sort = sort_of(move) if move else DECISION
    key = move.key if move and move.amends else None
    state = known(dossier, visited.at, move=key, by=visited.actor.pseudonym)
    context = {
        "visit": visited,
        "zone": zone_for(dossier),
        "title": "Note pour la signature",
        "clock": clock_said(state.clock, zone_for(dossier), visited.at),
        "opinions": given_on(dossier),
        "note": note_of(state, names_of(state.entries), visited.at),
        "preview": draft_content(state, sort),
        "move": move,
    }
    return render(request, "instruction/deciding/note.html", context)


def as_file(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to keep; nothing on the way stores it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
