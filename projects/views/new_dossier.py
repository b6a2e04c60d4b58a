"""Opening a dossier: for a lever, for a call, to speak to the agency first; what the diagnostic said comes along."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actors.models import Region
from apist.clock import now, today
from levers.facts import FACTS
from levers.models import Call, Lever
from levers.preparation.assessment import ITEM_KEYS
from projects.channels import Place, current_place
from projects.engine.door import NotAllowed
from projects.engine.opening import Target
from projects.engine.people import Actor, actor_of
from projects.forms.preparing import NewDossierForm
from projects.forms.texts import clean_text
from projects.models import Project
from projects.preparing.opening import Wish, body_for, open_wish, procedure_for
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure
from projects.rights.predicates import project_acts
from projects.rights.table import Act
from projects.views.project_entry import project_visit

LEVER, CALL, EXCHANGE, PROJECT = "levier", "appel", "echange", "projet"
MOST_PROJECTS = 100
"""How many of one's projects are proposed; the others are reached from their own page."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask in which project, in whose name and where; open the dossier and lead to the project."""
    lever, call = _lever(request.GET), _call(request.GET)
    procedure = procedure_for(lever, call, today(), first_contact=bool(request.GET.get(EXCHANGE)))
    if procedure is None:
        return render(
            request, "dossiers/no_procedure.html", {"lever": lever, "call": call, **_ways(request.GET, lever)}
        )
    at = now()
    actor = actor_of(request.user, at)
    form = _form(request, actor)
    if form.is_valid():
        target = Target(procedure, lever, call, form.chosen_region, body_for(form.chosen_region, call))
        wish = Wish(
            target,
            form.cleaned_data["title"],
            form.chosen_project,
            form.chosen_organisation,
            _params(request.GET),
            form.request_key,
        )
        try:
            dossier = open_wish(wish, actor, at)
        except NotAllowed:
            raise Http404 from None
        messages.success(request, f"Le dossier {dossier.reference} est ouvert. C'est un brouillon : rien n'est déposé.")
        return redirect("project", dossier.project.public_id)
    region = form.regions.get(form["region"].value() or "")
    context = {
        "form": form,
        "procedure": procedure,
        "lever": lever,
        "call": call,
        "place": _place(procedure, region, call),
        "region": region,
        "facts": [name for name in FACTS if name in request.GET],
        "checklist": [name for name in ITEM_KEYS if name in request.GET],
        "query": request.GET.urlencode(),
    }
    return render(request, "dossiers/new.html", context)


@require_safe
@never_cache
def in_project(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show which levers the project may still ask, and which do not go with those it asks already."""
    visit = project_visit(request, public_id)
    if not visit.may_edit:
        raise Http404
    dossiers = visit.dossiers()
    live = [one for one in dossiers if one.ended_at is None]
    asked = {one.lever.slug: one for one in live if one.lever}
    rows = []
    for lever in Lever.objects.published().prefetch_related("windows").order_by("position"):
        procedure = procedure_for(lever, None, today())
        if procedure is None:
            continue
        against = [one for slug, one in asked.items() if slug in procedure.excludes]
        against += [one for one in live if lever.slug in one.procedure.excludes and one not in against]
        rows.append(
            {
                "lever": lever,
                "procedure": procedure,
                "there": asked.get(lever.slug),
                "against": against,
                "address": _address(visit.project, {LEVER: lever.slug}),
            }
        )
    context = {
        "visit": visit,
        "project": visit.project,
        "rows": rows,
        "exchange": _address(visit.project, {EXCHANGE: "oui"}),
        "first_contact": LATEST["first-contact"],
    }
    return render(request, "dossiers/another.html", context)


def _address(project: Project, params: dict[str, str]) -> str:
    return f"{reverse('dossier-new')}?{urlencode(params | {PROJECT: str(project.public_id)})}"


def _lever(data: QueryDict) -> Lever | None:
    if not data.get(LEVER):
        return None
    lever = Lever.objects.published().filter(slug=clean_text(data[LEVER])).first()
    if lever is None:
        raise Http404
    return lever


def _call(data: QueryDict) -> Call | None:
    if not data.get(CALL):
        return None
    call = Call.objects.published().filter(slug=clean_text(data[CALL])).first()
    if call is None:
        raise Http404
    return call


def _params(data: QueryDict) -> dict[str, list[str]]:
    """Return the parameters of the diagnostic and of the checklist; the others belong to this page."""
    known = {*FACTS, *ITEM_KEYS}
    return {name: [clean_text(one) for one in values] for name, values in data.lists() if name in known}


def _form(request: HttpRequest, actor: Actor) -> NewDossierForm:
    projects = [
        one
        for one in Project.objects.visible_to(actor.holdings)[:MOST_PROJECTS]
        if Act.EDIT in project_acts(actor.holdings, one)
    ]
    organisations = list(request.user.organisations.select_related("region").order_by("name"))
    chosen = next((one for one in projects if str(one.public_id) == request.GET.get(PROJECT)), None)
    first = (chosen.organisation if chosen else None) or (organisations[0] if organisations else None)
    initial = {
        "project": str(chosen.public_id) if chosen else "",
        "organisation": str(first.pk) if first else "",
        "region": request.GET.get("region") or (first.region.code if first else ""),
    }
    data = request.POST if request.method == "POST" else None
    return NewDossierForm(data, projects=projects, organisations=organisations, initial=initial)


def _place(procedure: Procedure, region: Region | None, call: Call | None) -> Place | None:
    """Return where this would be deposited; None while it depends on a region that is not known."""
    body = body_for(region, call)
    if region is None and body is None:
        return None
    return current_place(procedure, call_id=call.pk if call else None, body=body, region=region, on=today())


def _ways(data: QueryDict, lever: Lever | None) -> dict:
    """Return where to go from a lever that no dossier asks for."""
    others = {name: values for name, values in data.lists() if name not in (LEVER, CALL)}
    return {
        "buying": lever is not None and lever.nature == Lever.Nature.PROCUREMENT,
        "by_calls": lever is not None and lever.lists_calls,
        "exchange": f"{reverse('dossier-new')}?{urlencode(others | {EXCHANGE: ['oui']}, doseq=True)}",
    }
