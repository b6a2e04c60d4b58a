"""At which stages a dossier waits for a signature or a legal check, and by which move. Pure."""

from collections.abc import Collection, Iterable

from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import AGENCY_STAFF, APPLICANTS, DECIDERS, Party, Turn

SIGNING = DECIDERS | {Party.LEGAL}
"""As what one finds dossiers in a signing folder."""


def awaits_signature(procedure: Procedure, stage: str) -> bool:
    """Tell whether, at a stage, the agency can go on only by somebody who checks or signs.

    Sending words to be signed is another way round, not a way on, and so is taking them back.
    """
    if procedure.stage(stage).turn is not Turn.AGENCY:
        return False
    ranks = {one.key: rank for rank, one in enumerate(procedure.stages)}
    leaving = [move for move in procedure.moves_from(stage) if move.to != stage and not move.by <= APPLICANTS]
    aside = [move for move in leaving if move.redirects or move.sends or move.returns or ranks[move.to] < ranks[stage]]
    return bool(leaving) and all(not move.by & AGENCY_STAFF for move in leaving if move not in aside)


def signing_move(procedure: Procedure, stage: str, held: Collection[Party]) -> Move | None:
    """Return the move by which somebody would check or sign at a stage; sending back is not one."""
    for move in procedure.moves_from(stage):
        goes_on = move.decides or move.other_than or move.letter
        if move.by & frozenset(held) & SIGNING and goes_on and move.to != stage:
            return move
    return None


def places(procedures: Iterable[Procedure]) -> list[tuple[str, int, str]]:
    """Return where dossiers wait so: procedure, version, stage."""
    return [
        (procedure.key, procedure.version, stage.key)
        for procedure in procedures
        for stage in procedure.stages
        if awaits_signature(procedure, stage.key) and signing_move(procedure, stage.key, SIGNING)
    ]


def is_quick(move: Move) -> bool:
    """Tell whether a move asks for nothing: it can be confirmed among others."""
    return not any(field.required for field in move.asked)
