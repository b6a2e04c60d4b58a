"""The first page of those who instruct: what waits for whom, what is late, new, or in nobody's charge."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apist.clock import today
from projects.deciding.folder import folder_of, waiting_in
from projects.instruction.compiled import compiled
from projects.instruction.conditions import desk_of
from projects.instruction.facets import LATE, ME, MINE, NEW, OTHERS, STANDING, UNOWNED
from projects.instruction.filters import found
from projects.instruction.places import channels_of
from projects.instruction.rows import rows_of
from projects.instruction.saved import views_for
from projects.instruction.scope import entering_bodies
from projects.instruction.tallies import standings
from projects.models import Absence
from projects.models.charge import entrusted_to
from projects.opinions.reading import put_to
from projects.views.instruction_desk import Seat, seat_of
from projects.views.instruction_saved import address_of
from projects.views.signing import HOLDS

URGENT = 5
"""How many of the dossiers that wait the first page names, for the person, then for their service."""

MOST_SIGNED = 100
"""How many dossiers of the signing folder are counted."""

HINTS = {
    ME: "Ceux qui vous sont confiés, ou à la personne que vous remplacez.",
    MINE: "À votre service d'agir, quelle que soit la personne.",
    LATE: "La date de l'étape ou le délai légal est passé, quel que soit celui qui doit agir.",
    NEW: "Un premier dépôt, pour les découvrir.",
    OTHERS: "Le porteur, un avis, un autre service doit agir.",
    UNOWNED: "Personne n'en est chargé, depuis plus longtemps que la procédure ne le permet.",
}
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of the first page, and the list that shows as many."""

    label: str
    hint: str
    total: int
    address: str


def calls_for(seat: Seat, on: date) -> list[tuple[str, str, str]]:
    """Return what waits for the person besides dossiers entrusted to them: sentence, address, label of the link."""
    found: list[tuple[str, str, str]] = []
    if any(seat.actor.holdings.of(name) for name in HOLDS):
        signing = len(waiting_in(folder_of(seat.actor)[:MOST_SIGNED], seat.actor, seat.at))
        if signing:
            words = "1 dossier attend" if signing == 1 else f"{signing} dossiers attendent"
            found.append(
                (
                    f"{words} votre signature, votre vérification ou votre avis.",
                    "instruction-signing",
                    "Ouvrir le parapheur",
                )
            )
    asked = sum(row.waits for row in put_to(seat.actor.holdings, on))
    if asked:
        words = "1 avis vous est demandé" if asked == 1 else f"{asked} avis vous sont demandés"
        found.append((f"{words}.", "instruction-my-opinions", "Voir les avis demandés"))
    return [(words, reverse(name), label) for words, name, label in found]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, then for their service, what is late, new, or waits for others.

    The numbers are those that stand beside the same choices in the list.
    """
    seat = seat_of(request)
    holdings = seat.actor.holdings
    desk = desk_of(holdings, seat.at)
    channels = channels_of(seat.bodies, today())
    tiles = []
    totals = standings(found(desk, ""))
    for standing, hint in HINTS.items():
        address = f"{reverse('instruction-list')}?standing={standing}"
        tiles.append(Tile(STANDING[standing], hint, totals[standing], address))
    of_me, of_all = found(desk, f"standing={ME}").compiled(), found(desk, f"standing={MINE}")
    others = compiled(of_all.in_order().exclude(entrusted_to(holdings.user, seat.at)))
    on = timezone.localtime(seat.at).date()
    context = {
        "seat": seat,
        "tiles": tiles,
        "mine": rows_of(of_me.numbers(0, URGENT) if of_me else [], desk),
        "rows": rows_of(others.numbers(0, URGENT) if others else [], desk),
        "standing_in": Absence.objects.current(on).filter(deputy=holdings.user).select_related("user"),
        "views": [(address_of(one), one) for one in views_for(seat.actor)],
        "calls": calls_for(seat, on),
        "here": [one for one in channels if one.place.is_here],
        "elsewhere": [one for one in channels if not one.place.is_here],
        "several": len(seat.bodies) > 1,
        "may_enter": bool(entering_bodies(holdings)),
        "bodies": seat.bodies,
    }
    return render(request, "instruction/home.html", context)
