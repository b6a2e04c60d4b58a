"""The page « Décision » of a dossier: the words that are prepared, what was signed; the note of whoever signs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from levers.documents.rendering import pdf_of
from projects.deciding.document import document_of
from projects.deciding.drafting import deciding_move, draft_content, may_change, words_for, write_draft
from projects.deciding.note import note_of
from projects.deciding.waiting import signing_move
from projects.depositing.delays import clock_said
from projects.engine.door import NotAllowed, Refused
from projects.engine.reading import known
from projects.forms.deciding import DraftForm
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import names_of, zone_for

READERS = frozenset({Act.NOTE, Act.WRITE_LETTER})
"""Who reads a decision before it is notified: the agency that takes it, and nobody else."""


def visit_before_notice(request: HttpRequest, reference: str) -> Visit:
    """Return the visit of somebody of the agency that decides; 404 for everybody else."""
    found = visit_as_one_who_instructs(request, reference)
    if not found.acts & READERS:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the words of the decision, keep what is written, and list what was signed."""
    visited = visit_before_notice(request, reference)
    state, status = known(visited.dossier, visited.at), 200
    subject, text, seen = words_for(state, afresh="modele" in request.GET)
    initial = {"subject": subject, "text": text, "seen": seen}
    form = DraftForm(request.POST) if request.method == "POST" else DraftForm(initial=initial)
    if form.is_valid():
        try:
            write_draft(visited.dossier.pk, form.wording, visited.actor, visited.at)
        except Refused as refused:
            subject, text, seen = words_for(known(visited.dossier, visited.at))
            form = form.afresh(seen, " ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            form.add_error(None, "Vous pouvez lire ce texte, pas le modifier.")
            status = 403
        else:
            messages.success(request, "Le projet de décision est enregistré.")
            return redirect("instruction-decision", reference)
    dossier = visited.dossier
    signs = deciding_move(dossier.procedure, dossier.stage)
    context = {
        "visit": visited,
        "zone": zone_for(dossier),
        "title": "Décision",
        "form": form,
        "may_write": form.is_bound or (Act.WRITE_LETTER in visited.acts and may_change(dossier) and signs is not None),
        "preview": draft_content(state) if signs else None,
        "has_words": bool(signs and text),
        "is_saved": bool(seen),
        "decisions": list(dossier.decisions.select_related("notice__entry", "corrects")),
    }
    return render(request, "instruction/deciding/page.html", context, status=status)


@require_safe
def draft_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the words that are prepared as PDF, which says on top that nobody signed it."""
    visited = visit_before_notice(request, reference)
    content = draft_content(known(visited.dossier, visited.at))
    if not content["text"]:
        raise Http404
    day = timezone.localtime(visited.at).date()
    return as_file(pdf_of(document_of(content, day)), f"projet-{reference}")


@require_safe
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Show on one page what one must know before signing."""
    visited = visit_before_notice(request, reference)
    state = known(visited.dossier, visited.at, by=visited.actor.pseudonym)
    dossier = visited.dossier
    context = {
        "visit": visited,
        "zone": zone_for(dossier),
        "title": "Note pour la signature",
        "clock": clock_said(state.clock, zone_for(dossier), visited.at),
        "note": note_of(state, names_of(state.entries), visited.at),
        "preview": draft_content(state),
        "move": signing_move(dossier.procedure, dossier.stage, visited.parties),
    }
    return render(request, "instruction/deciding/note.html", context)


def as_file(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to keep; nothing on the way stores it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
