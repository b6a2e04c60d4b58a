"""The page of a project: what it says, its dossiers, its financing plan, its people."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from levers.preparation.assessment import answers_of, assess
from projects.preparing import origin
from projects.preparing.overview import cards_of, cards_of_project
from projects.preparing.places import kept_in, sections_of_project
from projects.preparing.planning import exclusive_pairs, plan_of
from projects.views.project_entry import ProjectVisit, project_visit


@require_safe
@never_cache
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a project: the sections written once, the dossiers, who pays what, who has a part in it."""
    visit = project_visit(request, public_id)
    project, dossiers = visit.project, visit.dossiers()
    context = {
        "visit": visit,
        "project": project,
        "sections": cards_of_project(sections_of_project(dossiers), kept_in(project, None)),
        "dossiers": cards_of(dossiers, visit.at),
        "plan": plan_of(project.financing.all(), dossiers),
        "exclusive": exclusive_pairs(dossiers),
        "people": project.shares.filter(revoked_at=None).select_related("user"),
        "from": taken_over(visit),
    }
    return render(request, "dossiers/project.html", context)


def taken_over(visit: ProjectVisit) -> dict:
    """Return what was taken over from a diagnostic or a checklist, with the page where it can be read again."""
    kept = visit.project.origin
    facts, checklist = origin.facts_of(kept), origin.checklist_of(kept)
    found: dict = {"since": origin.since(kept)}
    if facts:
        found["diagnostic"] = f"{reverse('diagnostic-results')}?{urlencode(facts, doseq=True)}"
    if checklist:
        answers, _ = answers_of({name: values[-1] for name, values in checklist.items()})
        found["checklist"] = f"{reverse('prepare-assessment')}?{urlencode(checklist, doseq=True)}"
        found["assessment"] = assess(answers)
    return found
