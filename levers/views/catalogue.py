"""The catalogue: the list as a page, as a part of it for htmx, and as a table."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.clock import today
from apist.sharing import content_token, share
from levers.cards import Card
from levers.catalogue import current_catalogue
from levers.filters import SORTS, Asked
from levers.views.cards import cards_html
from levers.views.listing import Kind, Listing
from levers.views.lists import (
    Noun,
    safe_cell,
)

LEVERS = Kind(
    route="lever-list",
    asked=Asked,
    sorts=SORTS,
    noun=Noun("levier", "leviers", "d'innovation en santé"),
    whole="levers/list.html",
    found="levers/list_found.html",
    nothing="levers/list_empty.html",
    pages="Pages de leviers",
    unknown="Aucune fiche ne contient",
    empty="Le catalogue est vide pour l'instant",
)


@login_not_required
@require_safe
def lever_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue that the address describes, whole or the part that a filter changes."""
    catalogue = current_catalogue(today(), content_token(request))
    listing = Listing(LEVERS, request, catalogue)
    page = listing.page()
    if page:
        cards = cards_html(catalogue, page.object_list, listing.result)
        more = {"csv": f"{reverse('lever-csv')}?{listing.data.urlencode()}", "cards": cards}
    else:
        more = {"record": "" if listing.query.facets else listing.query.text}
    return listing.answer(page, listing.found_html(page, **more))


@login_not_required
@require_safe
def lever_csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a table, in the same order, for a spreadsheet."""
    catalogue = current_catalogue(today(), content_token(request))
    cards = [catalogue.cards[key] for key in catalogue.index.search(Asked(request.GET, catalogue).query()).keys]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="leviers.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        ["Levier", "En une phrase", "Nature", "Situation", "Porteurs", "Montant", "Décision", "Vérifié le", "Adresse"]
    )
    writer.writerows([safe_cell(cell) for cell in csv_row(card, request)] for card in cards)
    return share(response, catalogue.token, catalogue.until)


def csv_row(card: Card, request: HttpRequest) -> list[str]:
    """Return one line of the table."""
    return [
        card.title,
        card.summary,
        card.nature.label,
        card.availability.label,
        card.carriers,
        card.amount_in_words,
        card.decision.label,
        card.verified_on.isoformat(),
        request.build_absolute_uri(reverse("lever-detail", args=[card.slug])),
    ]
