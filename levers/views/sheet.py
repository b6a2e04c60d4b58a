"""The sheet of a lever, and where the content comes from."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Agency, Source, Sourced
from apist.clock import now, start_of, today
from apist.list_parts import pagination_html
from apist.page_parts import parts_of
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER
from levers.calls.board import Calls, current_calls
from levers.comparison.columns import compare_address
from levers.models import Lever
from levers.moments import next_change
from levers.reading import Shared, read_sheet
from levers.rulebook import availability_of, rules_of

PARTS = ("roles", "steps", "amounts", "fundings", "examples", "references", "deposits", "relations")
"""The parts of a sheet, in the order in which their sources are listed."""


SOURCES_A_PAGE = 60

CALLS_SHOWN = 8
"""How many calls a sheet tells; the list tells them all."""


@login_not_required
@require_safe
def lever_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a sheet as a person reads it; all of it is read in one statement."""
    at = today()
    shared, lever = read_sheet(slug)
    if lever is None:
        raise Http404
    calls = current_calls(now(), shared.token)
    parts = parts_of(settings.SHEET_PARTS, lever, shared.token)
    context = sheet_context(lever, shared, at) | calls_of(lever, calls) | {"parts": parts, "token": shared.token}
    response = render(request, "levers/detail.html", context)
    until = min([until_of(lever, calls, at), *(part.until for part in parts)])
    return share(response, shared.token, until)


def until_of(lever: Lever, calls: Calls, at: date) -> datetime:
    """Return until when what a sheet says holds, if nobody edits it."""
    rows = [lever, *(row for name in (*PARTS, "windows", "criteria") for row in getattr(lever, name).all())]
    changes = [start_of(day)] if (day := next_change(rows, at)) else []
    return min([calls.until, *changes])


def sheet_context(lever: Lever, shared: Shared, at) -> dict:
    """Return what the sheet shows of a lever on a day."""
    rules = rules_of(lever, at)
    availability = availability_of(lever, at)
    return {
        "lever": lever,
        "availability": availability,
        "overdue": lever.review_is_overdue(at),
        "can_enter": availability.status not in CANNOT_ENTER,
        "about_actor": [rule for rule in rules if rule.about == "actor"],
        "about_project": [rule for rule in rules if rule.about == "project"],
        "paths": [way for rule in rules for way in rule.ways],
        "amounts": [amount for amount in lever.amounts.all() if amount.holds(at)],
        "other_amounts": [amount for amount in lever.amounts.all() if not amount.holds(at)],
        "agencies": shared.all(Agency),
        "compare": compare_address([lever.slug]),
        "diagnostic": f"{reverse('diagnostic')}?{urlencode({'levier': lever.slug})}",
        "sources": sources_of(lever),
    }


def calls_of(lever: Lever, calls: Calls) -> dict:
    """Return the calls of a lever, all the open ones where each call decides; the address of the list of them."""
    own = calls.of_lever(lever.slug)
    if lever.lists_calls:
        own = [card for card, _ in calls.open_for({})]
        address = f"{reverse('call-list')}?{urlencode({'status': 'open'})}"
    else:
        address = f"{reverse('call-list')}?{urlencode({'lever': lever.slug})}"
    return {"calls": own[:CALLS_SHOWN], "calls_total": len(own), "calls_address": address}


def sources_of(lever: Lever) -> list[dict]:
    """Return every document that the sheet rests on, once, with the last day it was checked there."""
    return documents_of([lever, *(row for name in PARTS for row in getattr(lever, name).all()), *lever.criteria.all()])


def documents_of(rows: Iterable[Sourced]) -> list[dict]:
    """Return the documents behind some rows, once each, founding ones first, with the last day of a check there."""
    checked: dict[int, dict] = {}
    for row in rows:
        known = checked.setdefault(row.source_id, {"source": row.source, "verified_on": row.verified_on})
        known["verified_on"] = max(known["verified_on"], row.verified_on)
    return sorted(
        checked.values(), key=lambda item: (item["source"].kind != Source.Kind.FOUNDING, item["source"].title)
    )


@login_not_required
@require_safe
def provenance(request: HttpRequest) -> HttpResponse:
    """Say where the content comes from, who wrote it, what was corrected and under which terms."""
    token = content_token(request)
    sources = list(Source.objects.all())
    others = Paginator([source for source in sources if source.kind != Source.Kind.FOUNDING], SOURCES_A_PAGE)
    page = others.get_page(request.GET.get("page"))
    context = {
        "founding": [source for source in sources if source.kind == Source.Kind.FOUNDING],
        "others": page.object_list,
        "total": others.count,
        "pagination": pagination_html(page.number, others.num_pages, "?page={}#autres".format, "Pages de sources"),
    }
    return share(render(request, "levers/provenance.html", context), token, until=None)
