"""The projects that a regional group for e-health carries out, before the agency that supervises it and itself."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apist.list_parts import pagination_html
from projects.procedures.vocabulary import MONEY_LABELS, MoneyKind
from projects.steering.delegated import portfolio, projects_of, totals_of
from projects.views.instruction_desk import seat_of

PAGE_SIZE = 25
KINDS = (MoneyKind.ASKED, MoneyKind.GRANTED, MoneyKind.COMMITTED, MoneyKind.PAID)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the portfolio; 404 for whoever is of no agency and of no group."""
    seat = seat_of(request)
    holdings = seat.actor.holdings
    if not holdings.of("agency_bodies") | holdings.of("grades_bodies"):
        raise Http404
    dossiers = portfolio(holdings)
    found = Paginator(dossiers, PAGE_SIZE).get_page(request.GET.get("page"))
    totals = totals_of(dossiers)
    rows = projects_of(found.object_list, seat.at)
    context = {
        "seat": seat,
        "title": "Projets confiés au groupement régional e-santé (GRADeS)",
        "rows": [(row, [row.money[kind] for kind in KINDS]) for row in rows],
        "totals": [(MONEY_LABELS[kind], totals[kind]) for kind in KINDS],
        "total": found.paginator.count,
        "pagination": pagination_html(found.number, found.paginator.num_pages, "?page={}".format, "Pages de projets"),
    }
    return render(request, "instruction/steering/grades.html", context)
