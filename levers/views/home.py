"""The front page: the three doors, and what opens and closes soon."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Audience
from apist.clock import today
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER, Status
from levers.catalogue import current_catalogue

ENTERABLE = "".join(f"&status={status.value}" for status in Status if status not in CANNOT_ENTER)
"""The part of an address that keeps the levers which one can enter, now or soon."""

MOST = 10
"""How many openings and closings the front page tells; the catalogue tells them all."""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors, the search and what opens or closes soon."""
    catalogue = current_catalogue(today(), content_token(request))
    cards = sorted(catalogue.cards.values(), key=lambda card: (card.position, card.key))
    context = {
        "count": len(cards),
        "doors": doors(),
        "coming": [card for card in cards if card.status is Status.UPCOMING][:MOST],
        "closing": [card for card in cards if card.availability.current and card.availability.current.closes_on][:MOST],
        "always": sum(card.status is Status.PERMANENT for card in cards),
    }
    return share(render(request, "levers/home.html", context), catalogue.token, catalogue.until)


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
            "text": "Tenir à jour les fiches et les critères, orienter les porteurs de projet.",
            "url": reverse("admin:index"),
            "start": "",
        },
    ]
