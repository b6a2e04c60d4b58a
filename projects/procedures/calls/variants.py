"""How a procedure is made from another by adding to it: the extra stages of calls are data. Pure."""

from dataclasses import replace

from projects.procedures.asked import Section
from projects.procedures.types import Condition, Move, Procedure, Stage


def variant(
    base: Procedure,
    key: str,
    title: str,
    stages: tuple[Stage, ...] = (),
    moves: tuple[Move, ...] = (),
    sections: tuple[Section, ...] = (),
    conditions: dict[str, tuple[Condition, ...]] | None = None,
    first: tuple[Stage, ...] = (),
) -> Procedure:
    """Return a procedure with more in it; ``conditions`` are added to the moves that they name.

    ``first``: stages that come right after the draft, in the order in which a dossier goes through them.

    A move whose key is that of an existing one takes its place.
    """
    more = conditions or {}
    replaced = {move.key: move for move in moves}
    known = {move.key for move in base.moves}
    kept = tuple(replaced.get(move.key, move) for move in base.moves)
    return replace(
        base,
        key=key,
        title=title,
        stages=(*base.stages[:1], *first, *base.stages[1:], *stages),
        moves=(
            *(replace(one, conditions=(*one.conditions, *more.get(one.key, ()))) for one in kept),
            *(move for move in moves if move.key not in known),
        ),
        sections=(*base.sections, *sections),
        variant_of=base.variant_of or base.key,
    )
