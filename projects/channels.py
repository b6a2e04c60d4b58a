"""Where a dossier is deposited: on the portal only where somebody in charge has adopted it. The rows are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.models import Adoption, Dossier
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Channel


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


def places_of(dossiers: Iterable[Dossier], on: date) -> dict[int, Place]:
    """Return where each of some dossiers is deposited, by number (one query)."""
    rows = list(dossiers)
    known = Adoption.objects.filter(procedure_key__in={one.procedure_key for one in rows}, valid_from__lte=on)
    found = list(known)
    return {
        one.pk: place_of(
            one.procedure,
            (
                row
                for row in found
                if row.procedure_key == one.procedure_key and _may_settle(row, one.call_id, one.body_id, on)
            ),
        )
        for one in rows
    }


def _may_settle(row: Adoption, call_id: int | None, body_id: int | None, on: date) -> bool:
    in_force = row.valid_to is None or row.valid_to >= on
    return in_force and row.call_id in (None, call_id) and row.body_id in (None, body_id)


def place_of(procedure: Procedure, adoptions: Iterable[Adoption]) -> Place:
    """Return the place of deposit: the row of the call, else of the body, else of all; the last begun of equals.

    Without any row, it is the procedure's own channel, and where exactly is not known.
    """
    nearest = max(
        adoptions,
        key=lambda row: (row.call_id is not None, row.body_id is not None, row.valid_from, row.pk),
        default=None,
    )
    if nearest is None:
        return Place(procedure.channel)
    return Place(Channel(nearest.channel), nearest.place, nearest.url, nearest.email, nearest.instructions)
