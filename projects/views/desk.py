"""What a team keeps for itself about a dossier: notes, labels; and to whom it entrusts it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from projects.engine.door import NotAllowed, Refused
from projects.engine.people import officers_of
from projects.forms.desk import AssignmentForm, LabelForm, NoteForm
from projects.instruction.assigning import entrust, pair_of
from projects.instruction.notes import body_of, correct_note, notes_of, put_label, remove_note, take_label, write_note
from projects.instruction.reading import in_charge
from projects.models import Assignment
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for

PAGES = ("GET", "HEAD", "POST")


def visit_as_one_who(act: Act, request: HttpRequest, reference: str) -> Visit:
    """Return the visit of somebody who may do an act on a dossier; 404 else."""
    visited = visit_as_one_who_instructs(request, reference)
    if act not in visited.acts:
        raise Http404
    return visited


@require_http_methods(PAGES)
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notes and the labels of the person's body, and write a note."""
    visited = visit_as_one_who(Act.NOTE, request, reference)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with_rights(write_note, visited.dossier.pk, form.cleaned_data["text"], visited.actor, visited.at)
        messages.success(request, "La note est écrite. Votre service seul la lit.")
        return redirect("instruction-notes", reference)
    return render(request, "instruction/notes.html", notes_context(visited, form))


def notes_context(visited: Visit, form: NoteForm, label_form: LabelForm | None = None) -> dict:
    """Return what the page of notes says."""
    body = body_of(visited.actor, visited.dossier)
    return {
        "visit": visited,
        "zone": zone_for(visited.dossier),
        "title": "Notes internes",
        "form": form,
        "label_form": label_form or LabelForm(),
        "wrong": label_form if label_form is not None and label_form.errors else form,
        "body": body,
        "notes": notes_of(visited.dossier, body),
        "labels": visited.dossier.labels.filter(label__body=body).select_related("label"),
        "known_labels": body.labels.all() if body else (),
    }


def with_rights(act, *given):
    """Do something that needs a right; 404 where the right is gone meanwhile."""
    try:
        return act(*given)
    except NotAllowed:
        raise Http404 from None


@require_http_methods(PAGES)
def note(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct one's own note, or remove it."""
    visited = visit_as_one_who(Act.NOTE, request, reference)
    body = body_of(visited.actor, visited.dossier)
    row = get_object_or_404(notes_of(visited.dossier, body), pk=number, author=request.user)
    if request.method == "POST" and "remove" in request.POST:
        with_rights(remove_note, row, visited.actor, visited.at)
        messages.success(request, "La note est retirée, son texte est effacé.")
        return redirect("instruction-notes", reference)
    form = NoteForm(request.POST if request.method == "POST" else None, row)
    if form.is_valid():
        with_rights(correct_note, row, form.cleaned_data["text"], visited.actor, visited.at)
        messages.success(request, "La note est corrigée.")
        return redirect("instruction-notes", reference)
    context = {
        "visit": visited,
        "zone": zone_for(visited.dossier),
        "title": "Corriger une note",
        "form": form,
        "note": row,
    }
    return render(request, "instruction/note.html", context)


@require_POST
def label(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a label on a dossier; or take away the one that ``take`` names."""
    visited = visit_as_one_who(Act.NOTE, request, reference)
    dossier = visited.dossier
    if "take" in request.POST:
        number = request.POST["take"]
        put = dossier.labels.filter(pk=number).first() if number.isdecimal() and len(number) < 12 else None
        if put is not None:
            with_rights(take_label, put, visited.actor, visited.at)
        return redirect("instruction-notes", reference)
    form = LabelForm(request.POST)
    if form.is_valid():
        try:
            with_rights(put_label, dossier.pk, form.cleaned_data["name"], visited.actor, visited.at)
        except Refused as refused:
            form.add_error("name", " ".join(reason.words for reason in refused.reasons))
        else:
            return redirect("instruction-notes", reference)
    return render(request, "instruction/notes.html", notes_context(visited, NoteForm(), form))


@require_http_methods(PAGES)
def assignment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show to whom a dossier is entrusted and was before, and entrust it."""
    visited = visit_as_one_who(Act.ASSIGN, request, reference)
    dossier = visited.dossier
    form = AssignmentForm(
        officers_of(dossier, visited.at),
        pair_of(dossier, visited.at),
        request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        wanted = {role: form.cleaned_data[role] for role in Assignment.Role.values}
        try:
            changed = with_rights(entrust, dossier.pk, wanted, visited.actor, visited.at)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
        else:
            messages.success(request, "L'affectation est notée." if changed else "Rien n'a changé.")
            return redirect("instruction-dossier", reference)
    context = {
        "visit": visited,
        "zone": zone_for(dossier),
        "title": "Affectation",
        "form": form,
        "in_charge": in_charge(dossier, visited.at),
        "before": dossier.assignments.exclude(until=None).select_related("user").order_by("-until", "-pk"),
    }
    return render(request, "instruction/assignment.html", context)
