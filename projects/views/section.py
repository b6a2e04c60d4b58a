"""A section: its form, what saves it by itself, what was kept aside, its versions.

One address for everything that is written in a section: the plain button and ``static/js/autosave.js`` post the same
form; the script is answered in JSON.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from apist.clock import now
from apist.signed_out import wants_json
from projects.depositing.moments import there
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.forms.questions import read_typed
from projects.preparing.places import Place, place_of_dossier, place_of_project
from projects.preparing.saving import Moved, Saved, save_section, settle
from projects.rights.table import Act
from projects.views.entry import visit
from projects.views.project_entry import project_visit
from projects.views.section_parts import as_json, context

PAGES = ("GET", "HEAD", "POST")
SETTLE, KEEP, MINE = "settle", "keep-", "mine"


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(PAGES)
def of_project(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """Show or save a section of a project."""
    found = project_visit(request, public_id)
    place = place_of_project(found.project, key)
    if place is None:
        raise Http404
    return _section(request, place, found.actor, may_edit=found.may_edit)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(PAGES)
def of_dossier(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show or save a section of a dossier; one that belongs to the project is shown at its own address."""
    found = visit(request, reference)
    place = place_of_dossier(found.dossier, key) if found.is_applicant else None
    if place is None:
        raise Http404
    if place.dossier is None:
        return redirect("project-section", place.project.public_id, key)
    written = place.section in found.dossier.procedure.written_in(found.dossier.stage).sections
    return _section(request, place, found.actor, may_edit=Act.EDIT in found.acts and written)


def _section(request: HttpRequest, place: Place, actor: Actor, *, may_edit: bool) -> HttpResponse:
    if request.method == "POST":
        return _settle(request, place, actor) if SETTLE in request.POST else _save(request, place, actor)
    return render(request, "dossiers/section.html", context(place, actor, may_edit=may_edit))


def _save(request: HttpRequest, place: Place, actor: Actor) -> HttpResponse:
    try:
        typed = read_typed(place.section, request.POST)
        saved = save_section(place, typed, actor, now())
    except NotAllowed:
        raise Http404 from None
    if wants_json(request):
        return JsonResponse(as_json(request, place, typed, saved, actor), status=409 if saved.closed else 200)
    _say(request, saved, place)
    following = request.POST.get("then", "")
    if following and not saved.aside:
        return redirect("project", place.project.public_id)
    return redirect(place.address())


def _say(request: HttpRequest, saved: Saved, place: Place) -> None:
    if saved.closed:
        words = "Ce dossier n'est plus un brouillon : rien n'a été changé. Votre texte est gardé à part, ci-dessous."
        messages.error(request, words)
    elif saved.aside:
        words = "Quelqu'un a changé la même réponse entre-temps. Les deux textes sont gardés : choisissez ci-dessous."
        messages.warning(request, words)
    else:
        messages.success(request, f"Enregistré à {there(saved.row.changed_at, place.zone):%H:%M}. Rien n'est envoyé.")


def _settle(request: HttpRequest, place: Place, actor: Actor) -> HttpResponse:
    """Do what was chosen between two texts; shown again where it moved once more."""
    data = request.POST
    number = data.get(SETTLE, "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    keys = [name.removeprefix(KEEP) for name in data if name.startswith(KEEP)]
    mine = frozenset(key for key in keys if data[f"{KEEP}{key}"] == MINE)
    seen = {key: data.get(f"seen-{key}", "") for key in keys}
    try:
        settle(place, int(number), mine, seen, actor, now())
    except NotAllowed:
        messages.error(request, "Ce dossier n'est plus un brouillon : votre texte reste gardé à part.")
    except Moved:
        messages.warning(request, "La réponse enregistrée a encore changé : regardez-la avant de choisir.")
    else:
        messages.success(request, "C'est fait. L'autre texte reste dans les versions.")
    return redirect(place.address())
