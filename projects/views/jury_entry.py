"""How somebody comes before juries: by a post that judges, or by a seat in one; else they see that there is none."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from actors.models import Body
from apist.clock import now
from projects.engine.people import actor_of
from projects.instruction.scope import entering_bodies, instructs
from projects.judging.revealing import is_chair, may_manage
from projects.models import Juror, Jury
from projects.models.judging import bodies_of
from projects.views.instruction_desk import Seat


@dataclass(frozen=True, slots=True)
class JuryVisit:
    """Somebody before a jury. ``juror``: their seat in it, if any."""

    seat: Seat
    jury: Jury
    juror: Juror | None
    may_manage: bool
    is_chair: bool


def seat_before_juries(request: HttpRequest) -> Seat:
    """Return the seat of somebody who instructs, or of anybody else, who may be of a jury and hold no post."""
    at = now()
    actor = actor_of(request.user, at)
    if instructs(actor.holdings):
        bodies = Body.objects.filter(pk__in=bodies_of(actor.holdings)).select_related("region", "agency")
        return Seat(actor, at, list(bodies))
    return Seat(actor, at, [])


def composing_bodies(seat: Seat) -> list[Body]:
    """Return the bodies for which somebody may compose a jury."""
    allowed = entering_bodies(seat.actor.holdings)
    return [body for body in seat.bodies if body.pk in allowed]


def jury_visit(request: HttpRequest, number: int) -> JuryVisit:
    """Return the visit of a jury that the person may read; 404 else."""
    seat = seat_before_juries(request)
    rows = Jury.objects.readable_by(seat.actor.holdings)
    jury = rows.select_related("body__region", "call", "chair", "grid", "envelope").filter(pk=number).first()
    if jury is None:
        raise Http404
    juror = Juror.objects.filter(jury=jury, user=seat.actor.user, left_at=None).first()
    return JuryVisit(seat, jury, juror, may_manage(seat.actor.holdings, jury), is_chair(jury, seat.actor))
