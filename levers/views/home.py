"""The front page: the three doors, and what opens and closes soon."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Audience
from apist.clock import now, start_of, today
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER, Status
from levers.calls.board import Calls, current_calls
from levers.calls.cards import CallCard
from levers.calls.status import CallStatus
from levers.catalogue import current_catalogue
from levers.search import Query

ENTERABLE = "".join(f"&status={status.value}" for status in Status if status not in CANNOT_ENTER)
"""The part of an address that keeps the levers which one can enter, now or soon."""

MOST = 10
"""How many openings and closings the front page tells; the catalogue tells them all."""


TOLD = frozenset({CallStatus.OPEN.value, CallStatus.UPCOMING.value})


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors, the search and what opens or closes soon."""
    catalogue = current_catalogue(today(), content_token(request))
    calls = current_calls(now(), content_token(request))
    cards = sorted(catalogue.cards.values(), key=lambda card: (card.position, card.key))
    context = {
        "count": len(cards),
        "doors": doors(),
        "coming": [card for card in cards if card.status is Status.UPCOMING][:MOST],
        "closing": [card for card in cards if card.availability.current and card.availability.current.closes_on][:MOST],
        "calls": calls_told(calls),
        "always": sum(card.status is Status.PERMANENT for card in cards),
    }
    until = [start_of(catalogue.until)] if catalogue.until else []
    return share(render(request, "levers/home.html", context), catalogue.token, min([calls.until, *until]))


def calls_told(calls: Calls) -> list[CallCard]:
    """Return the calls that end soonest, then those that open soonest: what somebody may still do something about."""
    keys = calls.index.search(Query(facets={"status": TOLD})).page(0, MOST)
    return [calls.cards[key] for key in keys]


def doors() -> list[dict]:
    """Return the entrances of the front page: who one is, where it leads."""
    diagnostic, levers = reverse("diagnostic"), reverse("lever-list")
    return [
        {
            "title": "Je soigne ou j'accompagne",
            "text": "Hôpital, clinique, EHPAD, service médico-social, cabinet, maison de santé, association…",
            "url": f"{levers}?audience={Audience.HEALTH_ACTOR}{ENTERABLE}",
            "start": f"{diagnostic}?porte={Audience.HEALTH_ACTOR}",
        },
        {
            "title": "Je développe une solution",
            "text": "Jeune entreprise, petite ou grande entreprise de la santé : produit, logiciel, service.",
            "url": f"{levers}?audience={Audience.INDUSTRY}{ENTERABLE}",
            "start": f"{diagnostic}?porte={Audience.INDUSTRY}",
        },
        {
            "title": "Je travaille dans une agence",
            "text": "Dossiers des porteurs, fiches et critères.",
            "url": reverse("admin:index"),
            "start": "",
        },
    ]
