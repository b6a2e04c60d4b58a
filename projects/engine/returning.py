"""Where a move leads, when it takes back what was sent: to the stage from which it was sent. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from projects.procedures.types import Move, Procedure, Stage

MOVE = "move"
"""Kind of entry of the journal."""


def stage_reached(procedure: Procedure, move: Move, entries: Iterable) -> Stage:
    """Return the stage that a move reaches: that of its definition, or the one from which was sent what it takes back.

    ``entries``: the journal so far, in order.
    """
    origin = None
    for entry in entries if move.returns else ():
        if entry.kind == MOVE and entry.move and procedure.move(entry.move).sends:
            origin = entry.from_stage
    return procedure.stage(origin or move.to)


def as_it_was_dated(procedure: Procedure, move: Move, stage: Stage, entries: Iterable) -> Move:
    """Return a move with what dates the stage that it reaches: for one that leads back, what dated that stage before.

    The end of an action that is under way stays where it was; a stage that has a delay of its own begins it again.
    """
    before = None
    for entry in entries if move.returns else ():
        if entry.kind == MOVE and entry.move and entry.to_stage == stage.key:
            before = procedure.move(entry.move)
    if before is None:
        return move
    return replace(move, due_from=before.due_from, due_months=before.due_months, due_at_most=before.due_at_most)
