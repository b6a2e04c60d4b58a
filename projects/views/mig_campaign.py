"""One yearly campaign of international cooperation (MIG): for the ministry all agencies, for an agency its own."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.models import Agency
from apist.clock import today
from apist.list_parts import pagination_html
from projects.forms.steering import CampaignForm
from projects.letters.articles import sorting
from projects.rights.holdings import Holdings
from projects.steering.campaign import campaign, years
from projects.views.instruction_desk import seat_of

PAGE_SIZE = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show a campaign, this year's unless the address names another; 404 for whoever has no part in any."""
    seat = seat_of(request)
    holdings = seat.actor.holdings
    agencies = agencies_of(holdings)
    if agencies is None:
        raise Http404
    known = years(holdings, today())
    form = CampaignForm(request.GET, known)
    year = form.cleaned_data["year"] if form.is_valid() and form.cleaned_data["year"] else today().year
    found = campaign(holdings, year, agencies)
    lines = Paginator(found.lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "seat": seat,
        "title": f"Coopération hospitalière internationale (MIG), campagne {year}",
        "form": form,
        "lines": lines.object_list,
        "total": len(found.lines),
        "agencies": found.agencies,
        "without": sum(not one.dossiers for one in found.agencies),
        "pagination": pagination_html(
            lines.number,
            lines.paginator.num_pages,
            lambda number: f"?year={year}&page={number}",
            "Pages de dossiers",
        ),
    }
    return render(request, "instruction/steering/mig.html", context)


def agencies_of(holdings: Holdings) -> list[Agency] | None:
    """Return the agencies whose rows somebody reads (one query): all for the ministry; None for a stranger to both.

    In the order of their regions' names.
    """
    if holdings.of("dgos_bodies"):
        rows = Agency.objects.all()
    elif holdings.of("agency_bodies"):
        rows = Agency.objects.filter(body__in=holdings.of("agency_bodies"))
    else:
        return None
    return sorted(rows.select_related("region"), key=lambda one: sorting(one.region.name))
