"""The documents of the instruction: joined, listed, taken away, and opened by either side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.engine.door import NotAllowed, Refused
from projects.forms.papers import PaperForm
from projects.models import Paper
from projects.papers.joining import join
from projects.papers.joining import remove as take_away
from projects.papers.reading import beside, papers_for
from projects.papers.rules import may_open, may_take_away
from projects.rights.table import Act
from projects.views.entry import Visit, reader_of, visit
from projects.views.handing import hand_over
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the documents of a dossier that this person may open; join some, where they write internal notes."""
    visited = instructing(request, reference)
    reader = reader_of(visited)
    form, status = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm(), 200
    if request.method == "POST" and not reader.may_join:
        raise Http404
    if form.is_bound and form.is_valid():
        try:
            rows = join(visited.dossier.pk, form.looked, form.said(), visited.actor, visited.at)
        except Refused as refused:
            form.refuse(" ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, said_of(rows))
            return redirect("instruction-papers", reference)
    context = {
        "visit": visited,
        "dossier": visited.dossier,
        "zone": zone_for(visited.dossier),
        "title": "Documents",
        "rows": [
            (paper, beside(paper, visited.dossier.procedure), may_take_away(paper, reader))
            for paper in papers_for(visited.dossier, reader)
        ],
        "form": form if reader.may_join else None,
    }
    return render(request, "instruction/papers.html", context, status=status)


def instructing(request: HttpRequest, reference: str) -> Visit:
    """Return the visit of somebody who instructs and may open files; 404 else."""
    visited = visit_as_one_who_instructs(request, reference)
    if Act.DOWNLOAD not in visited.acts:
        raise Http404
    return visited


def said_of(rows: list[Paper]) -> str:
    """Return what is said once documents are joined."""
    if not rows:
        return "Ces documents étaient déjà là : rien n'est ajouté."
    return f"« {rows[0].name} » est joint." if len(rows) == 1 else f"{len(rows)} documents sont joints."


@require_safe
def for_agency(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Hand a document over to somebody who instructs, where they may open it."""
    return handed(request, instructing(request, reference), public_id)


@require_safe
def for_applicant(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Hand over to the applicant a document that they are shown."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        raise Http404
    return handed(request, visited, public_id)


def handed(request: HttpRequest, visited: Visit, public_id) -> HttpResponse:
    """Hand a document over; 404 where this person may not open it, as for one that does not exist."""
    paper = visited.dossier.papers.select_related("request").filter(public_id=public_id).first()
    if paper is None or not may_open(paper, reader_of(visited)):
        raise Http404
    return hand_over(request, visited, paper)


@require_POST
def remove(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Take away a document that was joined by itself."""
    visited = instructing(request, reference)
    paper = visited.dossier.papers.present().select_related("request").filter(public_id=public_id).first()
    if paper is None or not may_take_away(paper, reader_of(visited)):
        raise Http404
    try:
        take_away(paper, visited.actor, visited.at)
    except NotAllowed:
        raise Http404 from None
    messages.success(request, f"« {paper.name} » est retiré. Son empreinte reste dans le journal.")
    return redirect("instruction-papers", reference)
