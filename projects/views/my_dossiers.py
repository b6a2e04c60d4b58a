"""My projects and their dossiers: whose turn, until when, what is missing."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apist.clock import now
from apist.list_parts import pagination_html
from projects.depositing.moments import there, zone_of_project
from projects.engine.people import actor_of
from projects.models import Dossier, OwnershipTransfer, Project
from projects.preparing.overview import cards_of
from projects.views.entrusted import entrusted_to

PROJECTS_A_PAGE = 20
DOSSIERS_SHOWN = 200
"""Of one page of projects: nobody has more, and a page stays one."""


@require_safe
@never_cache
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """List the projects that a person has a part in on the applicant's side, each with its dossiers.

    Projects are found first, by their owner, organisation or shares: those are indexed, and a page of them has few
    dossiers, however many the base holds.
    """
    at = now()
    actor = actor_of(request.user, at)
    projects = Project.objects.visible_to(actor.holdings).select_related("organisation__region")
    pages = Paginator(projects, PROJECTS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page)
    rows = Dossier.objects.visible_to(actor.holdings).filter(project__in=[one.pk for one in shown])
    dossiers = (
        rows.with_names()
        .select_related("region")
        .prefetch_related("call__events")
        .order_by("opened_at", "pk")[:DOSSIERS_SHOWN]
    )
    by_project = defaultdict(list)
    for card in cards_of(dossiers, at):
        by_project[card.dossier.project_id].append(card)
    context = {
        "entrusted": entrusted_to(actor, at),
        "rows": [(one, there(one.created_at, zone_of_project(one)), by_project[one.pk]) for one in shown],
        "total": pages.count,
        "offers": OwnershipTransfer.objects.select_related("project", "asked_by").filter(
            to=request.user, accepted_at=None, ended_at=None
        ),
        "pagination": pagination_html(page.number, pages.num_pages, "?page={}".format, "Pages de projets"),
    }
    return render(request, "dossiers/list.html", context)
