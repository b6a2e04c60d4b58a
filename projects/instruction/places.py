"""Where the dossiers of each procedure are deposited, for the administrations of somebody: said on their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actors.models import Body, Post
from projects.channels import Place, place_of
from projects.models import Adoption
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure

GIVE_OPINIONS = frozenset({Body.Kind.INSURANCE, Body.Kind.RAPPORTEUR})
"""What is asked for an opinion on dossiers that were deposited before somebody else: nothing is deposited there."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an administration's dossiers of a procedure go, calls apart: each may settle it for itself."""

    body: Body
    procedure: Procedure
    place: Place


def channels_of(bodies: Iterable[Body], on: date) -> list[Channel]:
    """Return where each procedure goes for each body on a day, by title (two queries); none for who gives opinions."""
    bodies = [body for body in bodies if body.kind not in GIVE_OPINIONS]
    in_force = Adoption.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on, call=None)
    rows = list(in_force.filter(Q(body=None) | Q(body__in=[body.pk for body in bodies])))
    receivers = Post.objects.current(on).filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD], body__in=bodies)
    answered = set(receivers.values_list("body_id", flat=True))
    return [
        Channel(
            body,
            procedure,
            place_of(
                procedure,
                [row for row in rows if _settles(row, procedure, body)],
                answered=body.pk in answered,
                agency=body.agency,
            ),
        )
        for body in bodies
        for procedure in sorted(LATEST.values(), key=lambda one: one.title)
    ]


def _settles(row: Adoption, procedure: Procedure, body: Body) -> bool:
    return row.procedure_key == procedure.key and row.body_id in (None, body.pk)
