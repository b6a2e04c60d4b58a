"""The first page of those who instruct: what waits, what is late, what is new, and the searches that they keep."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.clock import today
from projects.instruction.facets import LATE, MINE, NEW, OTHERS, STANDING
from projects.instruction.filters import desk_of, found
from projects.instruction.places import channels_of
from projects.instruction.rows import rows_of
from projects.instruction.saved import views_for
from projects.instruction.scope import entering_bodies
from projects.views.instruction_desk import seat_of
from projects.views.instruction_saved import address_of

URGENT = 5
"""How many of the dossiers that wait the first page names."""

HINTS = {
    MINE: "À votre service d'agir.",
    LATE: "La date de l'étape est passée, quel que soit celui qui doit agir.",
    NEW: "Un premier dépôt, pour les découvrir.",
    OTHERS: "Le porteur, un avis, un autre service doit agir.",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of the first page, and the list that shows as many."""

    label: str
    hint: str
    total: int
    address: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person's service, what is late, new, or waits for others; and where dossiers go."""
    seat = seat_of(request)
    desk = desk_of(seat.actor.holdings, seat.at)
    channels = channels_of(seat.bodies, today())
    waiting = found(desk, f"standing={MINE}")
    tiles = []
    for standing in (MINE, LATE, NEW, OTHERS):
        query = f"standing={standing}"
        total = found(desk, query).rows().count()
        tiles.append(Tile(STANDING[standing], HINTS[standing], total, f"{reverse('instruction-list')}?{query}"))
    context = {
        "seat": seat,
        "tiles": tiles,
        "rows": rows_of(waiting.in_order().with_names()[:URGENT], desk),
        "views": [(address_of(one), one) for one in views_for(seat.actor)],
        "here": [one for one in channels if one.place.is_here],
        "elsewhere": [one for one in channels if not one.place.is_here],
        "several": len(seat.bodies) > 1,
        "may_enter": bool(entering_bodies(seat.actor.holdings)),
        "bodies": seat.bodies,
    }
    return render(request, "instruction/home.html", context)
