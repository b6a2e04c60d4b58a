"""The calls: the list as a page, as a part of it for htmx, as a month; and the page of a call."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from actors.models import Source
from apist.clock import now, start_of, today
from apist.sharing import content_token, share
from levers.calls.board import Calls, current_calls
from levers.calls.cards import CallCard
from levers.calls.filters import SORTS, AskedOfCalls
from levers.calls.months import first_day, month_of
from levers.calls.sentences import WHO_DEFINES, moment_in_words, name_of
from levers.models import Call, CallRelation, Lever
from levers.views.cards import cards_html
from levers.views.listing import Kind, Listing
from levers.views.lists import (
    Noun,
    address_with,
)

CALLS = Kind(
    route="call-list",
    asked=AskedOfCalls,
    sorts=SORTS,
    noun=Noun("appel", "appels", "à projets en santé"),
    whole="calls/list.html",
    found="calls/list_found.html",
    nothing="calls/list_empty.html",
    pages="Pages d'appels",
    unknown="Aucun appel ne contient",
    empty="Aucun appel n'est publié pour l'instant",
)
MONTH = "month"
"""The value of ``view`` that shows a month instead of cards."""

VIEW_PARAMETERS = ("view", MONTH)
PARTS = ("events", "amounts", "criteria", "pieces", "documents")


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Show the calls that the address describes, as cards or as a month, whole or the part that a filter changes."""
    calls = current_calls(now(), content_token(request))
    listing = Listing(CALLS, request, calls)
    links = links_shown(listing.path, listing.data)
    if listing.data.get("view") == MONTH:
        page, found = None, listing.rendered("calls/month.html", links | month_shown(listing, calls))
    else:
        page = listing.page()
        cards = {"cards": cards_html(calls, page.object_list, listing.result, "calls/card.html")} if page else {}
        found = listing.found_html(page, **cards, **links)
    return listing.answer(page, found, beside_facets=_view_kept(listing.data))


def _view_kept(data: QueryDict) -> SafeString:
    """Return what keeps the month in sight when a filter is applied."""
    pairs = ((name, data[name]) for name in VIEW_PARAMETERS if name in data)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def links_shown(path: str, data: QueryDict) -> dict:
    """Return the other ways to see or follow the same list."""
    filters = data.copy()
    for name in (*VIEW_PARAMETERS, "page"):
        filters.pop(name, None)
    query = f"?{filters.urlencode()}" if filters else ""
    return {
        "month_address": address_with(path, filters, view=MONTH),
        "list_address": f"{path}{query}",
        "ics": f"{reverse('calls-ics')}{query}",
        "rss": f"{reverse('calls-rss')}{query}",
        "alert": f"{reverse('alert-new')}{query}",
    }


def month_shown(listing: Listing, calls: Calls) -> dict:
    """Return what happens in the month of the address, among the calls found."""
    path, data = listing.path, listing.data
    month = month_of((calls.cards[key] for key in listing.result.keys), first_day(data.get(MONTH, ""), today()))
    return {
        "month": month,
        "before": address_with(path, data, month=month.before),
        "after": address_with(path, data, month=month.after),
        "this": address_with(path, data, month=None),
    }


@login_not_required
@require_safe
def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a call as a person reads it: can I answer, until when, with what, where."""
    calls = current_calls(now(), content_token(request))
    card = calls.by_slug(slug)
    if card is None:
        raise Http404
    found = (
        Call.objects.published()
        .select_related("source", "agency__region")
        .prefetch_related(
            *(f"{part}__source" for part in PARTS),
            Prefetch("relations", CallRelation.objects.filter(other__publication="published").select_related("other")),
            Prefetch("reached_by", CallRelation.objects.filter(call__publication="published").select_related("call")),
            Prefetch("levers", Lever.objects.published()),
            "actor_types",
            "regions",
        )
    )
    call = found.filter(slug=slug).first()
    if call is None:  # withdrawn since the list was kept
        raise Http404
    context = {
        "call": call,
        "card": card,
        "dates": dates_shown(call, calls),
        "who_defines": WHO_DEFINES[call.kind],
        "related": related(call, calls),
        "next": next_date(card),
        "sources": sources_of(call),
        "diagnostic": reverse("diagnostic"),
        "overdue": call.review_is_overdue(today()),
    }
    return share(render(request, "calls/detail.html", context), calls.token, until(call, calls))


def until(call: Call, calls: Calls) -> datetime:
    """Return until when the page holds: until a date counts, or the day after which somebody should look again."""
    due = start_of(call.review_due + timedelta(days=1))
    return min(calls.until, due) if due > now() else calls.until


def next_date(card: CallCard) -> str:
    """Return what comes before the end of a call that one can answer, in words; empty where nothing does."""
    moment = card.standing.next
    if not card.can_answer or moment is None or moment == card.standing.closes:
        return ""
    return f"{name_of(moment)}, {moment_in_words(moment, card.time_zone)}"


def sources_of(call: Call) -> list[Source]:
    """Return every document that the page rests on, once, by title."""
    rows = (call, *(row for part in PARTS for row in getattr(call, part).all()))
    return sorted({row.source for row in rows}, key=lambda source: source.title)


def dates_shown(call: Call, calls: Calls) -> list[dict]:
    """Return every date of a call in order, in words, behind or still to come."""
    place, moment = ZoneInfo(call.time_zone), now()
    rows = {event.key: event for event in call.events.all()}
    return [
        {
            "name": name_of(event),
            "when": moment_in_words(event, call.time_zone),
            "past": event.instants(place)[1] <= moment,
            "note": event.note,
            "row": rows.get(event.key),
        }
        for event in calls.cards[call.pk].events
    ]


def related(call: Call, calls: Calls) -> list[dict]:
    """Return the links with other calls, from either end, and where those calls stand today."""
    links = [(link.get_kind_display(), link.other_id, link.reason) for link in call.relations.all()]
    links += [(BACKWARDS[link.kind], link.call_id, link.reason) for link in call.reached_by.all()]
    return [
        {"kind": kind, "card": calls.cards[key], "reason": reason} for kind, key, reason in links if key in calls.cards
    ]


BACKWARDS = {
    CallRelation.Kind.LED_TO: "fait suite à",
    CallRelation.Kind.FOLLOWED_BY: "suit",
    CallRelation.Kind.PART_OF: "comprend",
    CallRelation.Kind.RELATED: "est à rapprocher de",
}
"""The same links, read from the other call."""
