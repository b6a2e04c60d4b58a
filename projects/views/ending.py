"""The calendar of ends, for those who instruct: a page, and a file for one's own diary."""

from datetime import date
from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from apist.list_parts import pagination_html
from levers.views.lists import page_address
from projects.ending.calendar import ending, rows_of
from projects.views.instruction_desk import seat_of

PAGE_SIZE = 50
MOST = 1000
"""How many events a file holds: a diary is for people."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show which dossiers end in the next twelve months, month by month, each against what the law allows."""
    seat = seat_of(request)
    shown = Paginator(ending(seat.actor.holdings, seat.at), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_of(shown.object_list, seat.at)
    late = [row for row in rows if row.is_over]
    coming = [row for row in rows if not row.is_over]
    months = [(first, list(own)) for first, own in groupby(coming, key=lambda row: row.due_on.replace(day=1))]
    context = {
        "seat": seat,
        "title": "Calendrier des fins",
        "late": late,
        "months": months,
        "total": shown.paginator.count,
        "pagination": pagination_html(
            shown.number, shown.paginator.num_pages, lambda number: page_address(request.GET, number), "Pages"
        ),
    }
    return render(request, "instruction/ending/page.html", context)


@require_safe
def as_calendar(request: HttpRequest) -> HttpResponse:
    """Give the same as a calendar file: one whole day an end, its reference and stage, nothing that was written."""
    seat = seat_of(request)
    calendar = Calendar()
    calendar.add("prodid", "-//APIST//Calendrier des fins//FR")
    calendar.add("version", "2.0")
    for row in rows_of(ending(seat.actor.holdings, seat.at)[:MOST], seat.at):
        calendar.add_component(event_of(row.dossier.reference, row.stage, row.due_on, seat.at))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fins.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def event_of(reference: str, stage: str, on: date, at) -> Event:
    """Return the event of an end."""
    event = Event()
    event.add("uid", f"fin-{reference}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", at)
    event.add("dtstart", on)
    event.add("summary", f"{reference} : {stage}")
    event.add("url", f"{settings.SITE_URL}{reverse('instruction-dossier', args=[reference])}")
    return event
