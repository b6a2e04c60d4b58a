"""Envelopes against what was committed and paid, for those who instruct."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from projects.following.budget import lines_of, years_of
from projects.steering.reading import bodies_withheld_from
from projects.steering.withholding import withheld_lines
from projects.views.instruction_desk import seat_of


def year_asked(request: HttpRequest, years: list[int], default: int) -> int:
    """Return the year that an address asks for, among those that exist; else the one of today."""
    text = request.GET.get("annee", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else default
    return asked if asked in years else default


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what each envelope of a year has left, for the administrations in which the person instructs."""
    seat = seat_of(request)
    today = timezone.localtime(seat.at).date()
    bodies = [one.pk for one in seat.bodies]
    closed = bodies_withheld_from(seat.actor.holdings, bodies)
    years = years_of(bodies, today, closed)
    year = year_asked(request, years, today.year)
    context = {
        "seat": seat,
        "title": "Enveloppes",
        "years": years,
        "year": year,
        "lines": withheld_lines(lines_of(seat.bodies, year, today, closed)),
        "is_withheld": bool(closed),
    }
    return render(request, "instruction/following/envelopes.html", context)
