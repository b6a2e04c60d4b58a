"""Where a dossier is deposited: on the portal only where somebody in charge has adopted it. The rows are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actors.models import Agency, Body, Post, Region
from levers.models import Call
from projects.models import Adoption, Dossier
from projects.procedures.catalogue import for_call, variants_of
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Channel

RECEIVES = (Post.Role.OFFICER, Post.Role.HEAD)
"""The roles of those who receive what is deposited."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to deposit, and how."""

    channel: Channel
    place: str = ""
    url: str = ""
    email: str = ""
    instructions: str = ""

    @property
    def is_here(self) -> bool:
        """Tell whether the portal itself is the place."""
        return self.channel is Channel.PORTAL


def adoptions_of(procedure_key: str, call_id: int | None, body_id: int | None, on: date) -> list[Adoption]:
    """Return the rows in force on a day that may settle where a dossier goes (one query)."""
    rows = Adoption.objects.filter(procedure_key=procedure_key, valid_from__lte=on)
    return [row for row in rows if _may_settle(row, call_id, body_id, on)]


def _may_settle(row: Adoption, call_id: int | None, body_id: int | None, on: date) -> bool:
    in_force = row.valid_to is None or row.valid_to >= on
    return in_force and row.call_id in (None, call_id) and row.body_id in (None, body_id)


def procedure_of_call(call: Call, on: date) -> Procedure | None:
    """Return the procedure of a call: the variant under which a curator settled its place of deposit, else its kind's.

    None for a call of a kind that has no procedure (one query).
    """
    keys = [one.key for one in variants_of(call.kind)]
    named = Adoption.objects.filter(call=call, procedure_key__in=keys, valid_from__lte=on).order_by(
        "-valid_from", "-pk"
    )
    return for_call(call.kind, named.values_list("procedure_key", flat=True).first() or "")


def place_of(procedure: Procedure, adoptions: Iterable[Adoption], *, answered: bool, agency: Agency | None) -> Place:
    """Return the place of deposit: the row of the call, else of the body, else of all; the last begun of equals.

    Without any row, it is the procedure's own channel. The portal is a place only where somebody receives there
    (``answered``): else one deposits at the agency's own door, as the directory knows it.
    """
    nearest = max(
        adoptions,
        key=lambda row: (row.call_id is not None, row.body_id is not None, row.valid_from, row.pk),
        default=None,
    )
    found = (
        Place(Channel(nearest.channel), nearest.place, nearest.url, nearest.email, nearest.instructions)
        if nearest
        else Place(procedure.channel)
    )
    if found.is_here and not answered:
        return door_of(agency)
    return found


def door_of(agency: Agency | None) -> Place:
    """Return the agency's own door; without a known agency, only that it is elsewhere."""
    if agency is None:
        return Place(Channel.EXTERNAL)
    return Place(Channel.EXTERNAL, agency.entry_point or agency.name, agency.entry_url, agency.entry_email, agency.note)


def is_answered(body: Body | None, on: date) -> bool:
    """Tell whether somebody instructs in a body on a day, and so receives what is deposited (one query)."""
    return body is not None and body.posts.current(on).filter(role__in=RECEIVES).exists()


def current_place(
    procedure: Procedure, *, call_id: int | None, body: Body | None, region: Region | None, on: date
) -> Place:
    """Return where a dossier is deposited on a day, before or after it is opened (three queries)."""
    adoptions = adoptions_of(procedure.key, call_id, body.pk if body else None, on)
    agency = Agency.objects.filter(region=region).first() if region else None
    return place_of(procedure, adoptions, answered=is_answered(body, on), agency=agency)


def places_of(dossiers: Iterable[Dossier], on: date) -> dict[int, Place]:
    """Return where each of some dossiers is deposited on a day, by number (three queries, whatever their number)."""
    rows = list(dossiers)
    known = list(Adoption.objects.filter(procedure_key__in={one.procedure_key for one in rows}, valid_from__lte=on))
    agencies = {one.region_id: one for one in Agency.objects.filter(region__in={one.region_id for one in rows})}
    receiving = Post.objects.current(on).filter(role__in=RECEIVES, body__in={one.body_id for one in rows})
    answered = set(receiving.values_list("body_id", flat=True))
    return {
        one.pk: place_of(
            one.procedure,
            [
                row
                for row in known
                if row.procedure_key == one.procedure_key and _may_settle(row, one.call_id, one.body_id, on)
            ],
            answered=one.body_id in answered,
            agency=agencies.get(one.region_id),
        )
        for one in rows
    }
