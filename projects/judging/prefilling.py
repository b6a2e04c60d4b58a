"""Which moves record what a jury said of a dossier, and what of it goes there already. Pure.

The move stays an act of its own: somebody reads it again, and records it. Nothing is copied by itself.
"""

from decimal import ROUND_HALF_UP, Decimal

from projects.judging.rules import Place

RANK, OPINION = "rank", "jury-opinion"
RECORDS = frozenset({RANK, OPINION})
"""The moves that record a ranking, and what was said at a hearing (``procedures/calls``)."""

FITS = {Place.ABOVE: "true", Place.PARTLY: "false", Place.BELOW: "false"}
"""Whether a dossier is within the envelope: what is paid in part does not fit."""


def prefill(move: str, mark: Decimal | None, rank: int | None, place: Place | None, said: str) -> dict[str, str]:
    """Return the fields of a move as they are filled at first: what a jury did not say is left empty.

    The mark is a whole number there, half up; ``place`` is None where no envelope was simulated.
    """
    if move == OPINION:
        return {"jury_opinion": said} if said else {}
    if move != RANK:
        return {}
    given = {
        "score": "" if mark is None else str(mark.quantize(Decimal(1), ROUND_HALF_UP)),
        "rank": "" if rank is None else str(rank),
        "within_envelope": FITS.get(place, ""),
        "rank_reasons": said,
    }
    return {key: value for key, value in given.items() if value}
