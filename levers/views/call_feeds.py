"""The same list for calendars and feed readers, and the dates of one call."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.clock import now
from apist.sharing import content_token, share
from levers.calls.board import Calls, current_calls
from levers.calls.cards import CallCard
from levers.calls.feeds import calendar_of, feed_of
from levers.calls.filters import AskedOfCalls
from levers.views.lists import said

ICS, RSS = "text/calendar; charset=utf-8", "application/rss+xml; charset=utf-8"


def found(request: HttpRequest) -> tuple[Calls, list[CallCard]]:
    """Return the calls that the page would list at the same query string, all its pages together."""
    calls = current_calls(now(), content_token(request))
    keys = calls.index.search(AskedOfCalls(said(request.GET), calls).query()).keys
    return calls, [calls.cards[key] for key in keys]


@login_not_required
@require_safe
def calls_ics(request: HttpRequest) -> HttpResponse:
    """Give every date of the calls found, closed ones included unless the filters say otherwise."""
    calls, cards = found(request)
    response = HttpResponse(calendar_of(cards, settings.SITE_URL), content_type=ICS)
    response["Content-Disposition"] = 'inline; filename="appels.ics"'
    return share(response, calls.token, calls.until)


@login_not_required
@require_safe
def calls_rss(request: HttpRequest) -> HttpResponse:
    """Give the calls found to feed readers, in the order of the page."""
    calls, cards = found(request)
    address = request.get_full_path()
    page = address.replace(reverse("calls-rss"), reverse("call-list"), 1)
    return share(
        HttpResponse(feed_of(cards, settings.SITE_URL, page, address), content_type=RSS), calls.token, calls.until
    )


@login_not_required
@require_safe
def call_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Give all the dates of one call."""
    calls = current_calls(now(), content_token(request))
    card = calls.by_slug(slug)
    if card is None:
        raise Http404
    response = HttpResponse(calendar_of([card], settings.SITE_URL, card.title), content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{card.slug}.ics"'
    return share(response, calls.token, calls.until)
