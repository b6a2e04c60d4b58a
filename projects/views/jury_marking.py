"""Marking a dossier in a jury: interests first, then the grid beside the frozen deposit; and what the jury said."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from projects.engine.door import NotAllowed, Refused
from projects.engine.reading import known
from projects.forms.judging import DeliberationForm, GridForm, InterestForm
from projects.instruction.reading import deposit_of
from projects.judging.board import deliberate
from projects.judging.marking import declare, mark
from projects.judging.progress import progress_of
from projects.models import Candidate, Interest, Judgement, Jury
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_of_a_juror
from projects.views.jury_entry import JuryVisit, jury_visit
from projects.views.moves import zone_for

PAGES = ("GET", "HEAD", "POST")


def before(request: HttpRequest, number: int, reference: str) -> tuple[JuryVisit, Visit, Candidate]:
    """Return a jury, a dossier that the person may read, and that dossier's place before the jury; 404 else."""
    visited = jury_visit(request, number)
    on = visit_of_a_juror(request, reference)
    candidate = Candidate.objects.filter(jury=visited.jury, dossier=on.dossier).first()
    if candidate is None:
        raise Http404
    return visited, on, candidate


@require_http_methods(PAGES)
@never_cache
def marking(request: HttpRequest, number: int, reference: str) -> HttpResponse:
    """Show a dossier to a member: its deposit, and the grid once interests are declared; keep the marks."""
    visited, on, candidate = before(request, number, reference)
    if visited.juror is None and not visited.may_manage:
        raise Http404
    jury = visited.jury
    declared = Interest.objects.filter(candidate=candidate, juror=visited.juror).first() if visited.juror else None
    own = Judgement.objects.readable_by(on.actor.holdings).of_jury(jury).filter(dossier=on.dossier, user=request.user)
    kept = own.select_related("grid").first()
    form = GridForm(jury.grid.grid, kept=kept) if jury.grid and declared else None
    status = 200
    if request.method == "POST" and jury.grid:
        form = GridForm(jury.grid.grid, request.POST, kept)
        if form.is_valid():
            try:
                _, complete = mark(jury.pk, on.dossier.pk, form.filled(), on.actor, on.at)
            except Refused as refused:
                form.add_error(None, " ".join(reason.words for reason in refused.reasons))
                status = 409
            except NotAllowed:
                raise Http404 from None
            else:
                return marked(request, jury, on, complete=complete)
    context = marking_context(visited, on, candidate) | {"form": form, "kept": kept, "declared": declared}
    return render(request, "instruction/jury/marking.html", context, status=status)


def marking_context(visited: JuryVisit, on: Visit, candidate: Candidate, **forms) -> dict:
    """Return what the marking page shows besides the grid."""
    jury = visited.jury
    return {
        "seat": visited.seat,
        "jury": jury,
        "jury_visit": visited,
        "visit": on,
        "dossier": on.dossier,
        "candidate": candidate,
        "zone": zone_for(on.dossier),
        "deposit": deposit_of(known(on.dossier, on.at)),
        "may_open": Act.DOWNLOAD in on.acts,
        "receives": jury.receives_marks(on.at) and visited.juror is not None,
        "interest_form": InterestForm(),
        "may_deliberate": jury.state == Jury.State.REVEALED and (visited.is_chair or visited.may_manage),
        "deliberation_form": DeliberationForm.of(candidate),
        "declared": None,
        "form": None,
    } | forms


def marked(request: HttpRequest, jury: Jury, on: Visit, *, complete: bool) -> HttpResponse:
    """Say that the marks are kept, and lead to the next dossier that the person has to mark."""
    if complete:
        messages.success(request, "C'était la dernière note attendue : les notes sont révélées.")
        return redirect("jury-ranking", jury.pk)
    messages.success(request, f"Votre note du dossier {on.dossier.reference} est enregistrée, scellée.")
    waiting = [
        one.candidate.dossier.reference
        for one in progress_of(jury, on.actor.holdings).dossiers
        if not one.own and not one.is_gone
    ]
    return redirect("jury-marking", jury.pk, waiting[0]) if waiting else redirect("jury", jury.pk)


@require_POST
def interest(request: HttpRequest, number: int, reference: str) -> HttpResponse:
    """Declare a link with a dossier, or none; a link closes it at once."""
    visited, on, candidate = before(request, number, reference)
    if visited.juror is None:
        raise Http404
    form = InterestForm(request.POST)
    if not form.is_valid():
        context = marking_context(visited, on, candidate, interest_form=form)
        return render(request, "instruction/jury/marking.html", context)
    conflict = form.cleaned_data["conflict"] == "yes"
    try:
        declare(number, on.dossier.pk, form.cleaned_data["reason"], on.actor, on.at, conflict=conflict)
    except Refused as refused:
        messages.error(request, " ".join(reason.words for reason in refused.reasons))
    except NotAllowed:
        raise Http404 from None
    if conflict:
        messages.success(request, f"Le dossier {reference} vous est fermé ; votre note n'y compte pas.")
        return redirect("jury", number)
    return redirect("jury-marking", number, reference)


@require_POST
def deliberation(request: HttpRequest, number: int, reference: str) -> HttpResponse:
    """Keep what the jury said of a dossier."""
    visited, on, candidate = before(request, number, reference)
    if not (visited.is_chair or visited.may_manage):
        raise Http404
    form = DeliberationForm.of(candidate, request.POST)
    if form.is_valid():
        try:
            deliberate(number, on.dossier.pk, form.cleaned_data, on.actor, on.at)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, f"Ce que le jury a dit du dossier {reference} est enregistré.")
            return redirect("jury-ranking", number)
    context = marking_context(visited, on, candidate, deliberation_form=form)
    return render(request, "instruction/jury/marking.html", context)
