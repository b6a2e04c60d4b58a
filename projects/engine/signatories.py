"""Whose body signs a document and numbers it: the agency, or the body of the party that a move names."""

from actors.models import Body
from projects.models import Dossier
from projects.procedures.types import Move
from projects.procedures.vocabulary import DECIDERS, Party


def signatory_of(dossier: Dossier, move: Move) -> Body | None:
    """Return the body that signs by a move; None where there is none (one query where it is not the agency)."""
    if move.signs_for is None:
        return dossier.body
    return body_brought_in(dossier, move.signs_for)


def signatories(move: Move) -> frozenset[Party]:
    """Return as what one signs a document by a move."""
    return DECIDERS if move.signs_for is None else frozenset({move.signs_for})


def other_signatory(dossier: Dossier) -> Body | None:
    """Return the body that signs a document of this procedure besides the agency; None for most (no query)."""
    party = next((move.signs_for for move in dossier.procedure.moves if move.signs_for), None)
    return body_brought_in(dossier, party) if party else None


def body_brought_in(dossier: Dossier, party: Party) -> Body | None:
    """Return the body that takes part in a dossier as a party."""
    parts = dossier.participations.current().filter(capacity=party).exclude(body=None)
    first = parts.select_related("body").order_by("since", "pk").first()
    return first.body if first else None
