"""How somebody who instructs comes in: a post that judges, or the page does not exist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from actors.models import Body
from apist.clock import now
from projects.engine.people import Actor, actor_of
from projects.instruction.scope import instructs
from projects.instruction.tabs import DeskPage, desk_pages_for
from projects.judging.access import ALONE
from projects.rights.turns import INSTRUCTING
from projects.views.entry import Visit, visit


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who instructs, at a moment, and the administrations in which they do."""

    actor: Actor
    at: datetime
    bodies: Collection[Body]
    """Read when a page first asks for them, once."""

    @property
    def pages(self) -> list[DeskPage]:
        """Return the pages of the desk that the person may open."""
        return desk_pages_for(self.actor.holdings)


def seat_of(request: HttpRequest) -> Seat:
    """Return the seat of a person (three queries, and one for the bodies); 404 for whoever has no post that judges."""
    at = now()
    actor = actor_of(request.user, at)
    if not instructs(actor.holdings):
        raise Http404
    held = frozenset().union(*(actor.holdings.of(name) for name in INSTRUCTING))
    return Seat(actor, at, Body.objects.filter(pk__in=held).select_related("region", "agency"))


def visit_as_one_who_instructs(request: HttpRequest, reference: str, *, in_a_jury: bool = False) -> Visit:
    """Return the visit of a dossier by somebody who is not an applicant of it; 404 else, as for a stranger.

    ``in_a_jury``: the page shows what was deposited and no more, so that who is only in a jury may read it.
    """
    found = visit(request, reference)
    refuse_applicants(found)
    if found.parties == ALONE and not in_a_jury:
        raise Http404
    return found


def refuse_applicants(found: Visit) -> None:
    """Answer as to a stranger whoever is on the applicant's side of a dossier."""
    if found.is_applicant:
        raise Http404


def visit_of_a_juror(request: HttpRequest, reference: str) -> Visit:
    """Return the visit of a dossier on the page of a jury, before its interests are declared as well; 404 else."""
    found = visit(request, reference, declaring=True)
    refuse_applicants(found)
    return found
