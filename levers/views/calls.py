"""The calls: the list as a page, as a part of it for htmx, as a month; and the page of a call."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from actors.models import Source
from apist.clock import now, start_of, today
from apist.frames import FRAMES
from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import content_token, share, wants_part
from levers.calls.board import FACET_LABELS, Calls, current_calls
from levers.calls.cards import CallCard
from levers.calls.filters import SORTS, AskedOfCalls
from levers.calls.months import first_day, month_of
from levers.calls.sentences import WHO_DEFINES, moment_in_words, name_of
from levers.models import Call, CallRelation, Lever
from levers.results import Result
from levers.search import Query
from levers.views.cards import cards_html
from levers.views.facets import Facet, facets_html, prepared
from levers.views.lists import (
    Found,
    Noun,
    address_with,
    corrections_html,
    found_in_words,
    nothing_found,
    page_address,
    said,
    tags_of,
    title_of,
    why_nothing,
)

PAGE_SIZE = 20
CALLS = Noun("appel", "appels", "à projets en santé")
MONTH = "month"
"""The value of ``view`` that shows a month instead of cards."""

VIEW_PARAMETERS = ("view", MONTH)
PARTS = ("events", "amounts", "criteria", "pieces", "documents")


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Show the calls that the address describes; unknown parameters are ignored.

    htmx is given the part that a filter changes; everybody else the page, which needs
    no script.
    """
    calls = current_calls(now(), content_token(request))
    path, data = reverse("call-list"), said(request.GET)
    query = AskedOfCalls(data, calls).query()
    result = calls.index.search(query)
    facets = facets_of(calls)
    chosen = {name: data.getlist(name) for name in FACET_LABELS if name in data}
    tags = tags_of(path, data, query.text, facets, chosen)
    by_month = data.get("view") == MONTH
    page = Paginator(Found(result), PAGE_SIZE).get_page(data.get("page")) if result.total and not by_month else None
    values = {
        "title": title_of(CALLS, result.total, query.text, page),
        "text": query.text,
        "facets": mark_safe(facets_html(facets, chosen, result.counts) + _view_kept(data)),
        "how_many_filters": f"\u00a0({len(tags)})" if tags else "",
    }
    shown = {
        "heading": found_in_words(CALLS, result.total, query.text),
        "corrections": corrections_html(result, "Aucun appel ne contient"),
        "tags": tags_html(tags),
    }
    if by_month:
        shown |= month_shown(path, data, calls, result)
        found = render_to_string("calls/month.html", shown, request)
    elif page:
        found = FRAMES.render(
            request, "calls/list_found.html", shown | list_shown(path, data, query, calls, result, page)
        )
    else:
        shown |= nothing_found(path, CALLS, data, query, facets, calls.index, result)
        shown["nothing_title"] = why_nothing(query, "Aucun appel n'est publié pour l'instant")
        found = render_to_string("calls/list_empty.html", shown | links_shown(path, data), request)
    values["found"] = mark_safe(found)
    if wants_part(request):
        html = FRAMES.render(request, "lists/part.html", values | {"heading": shown["heading"]})
    else:
        html = FRAMES.render(request, "calls/list.html", values)
    return share(HttpResponse(html), calls.token, calls.until)


def facets_of(calls: Calls) -> tuple[Facet, ...]:
    """Return the facets, written once a version."""
    facets = calls.fragments.get("facets")
    if facets is None:
        facets = calls.fragments["facets"] = prepared(FACET_LABELS, calls.choices)
    return facets


def _view_kept(data: QueryDict) -> SafeString:
    """Return what keeps the month in sight when a filter is applied."""
    pairs = ((name, data[name]) for name in VIEW_PARAMETERS if name in data)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def list_shown(path: str, data: QueryDict, query: Query, calls: Calls, result: Result, page: Page) -> dict:
    """Return what a list shows of a page."""
    return {
        "sorts": options_html(SORTS, query.sort),
        "cards": cards_html(calls, page.object_list, result, "calls/card.html"),
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages d'appels"
        ),
        **links_shown(path, data),
    }


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


def month_shown(path: str, data: QueryDict, calls: Calls, result: Result) -> dict:
    """Return what happens in the month of the address, among the calls found."""
    month = month_of((calls.cards[key] for key in result.keys), first_day(data.get(MONTH, ""), today()))
    return {
        "month": month,
        "before": address_with(path, data, month=month.before),
        "after": address_with(path, data, month=month.after),
        "this": address_with(path, data, month=None),
        **links_shown(path, data),
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
