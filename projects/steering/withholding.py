"""What somebody who stepped back from a dossier still reads of steering: nothing that stands for under five. Pure.

A figure of one or two dossiers would tell them how the one that is closed to them goes on. So their tables are those of
the whole administration, without any filter (two selections, one less the other, would single it out), and what is left
follows the rule of public figures (``disclosure.py``).
"""

from collections.abc import Iterable
from dataclasses import replace

from projects.following.budget import Line
from projects.steering.disclosure import FEWEST, published
from projects.steering.figures import Block, Cell, Figures

NAMES = {"etapes": 2, "delais": 2}
"""How many columns name a row, where it is not one."""

COUNTED = {"etapes": 2, "delais": 2, "retards": 2}
"""Which column says for how many dossiers a row stands, where it is not the second."""

MONEY = "argent"


def withheld(blocks: Iterable[Block], figures: Figures) -> list[Block]:
    """Return the tables without what stands for too few; no amount where too few dossiers were granted."""
    granted = sum(one.granted for one in figures.standing)
    return [_discreet(one) for one in blocks if one.key != MONEY or granted >= FEWEST]


def withheld_lines(lines: Iterable[Line]) -> list[Line]:
    """Return lines of envelopes without the sums that stand for too few dossiers, where these are counted.

    What no envelope covers is told by its sums alone: without them, the line is not there.
    """
    known = list(lines)
    told: dict[str, int | None] = {}
    for body in {one.body for one in known}:
        counts = {str(rank): one.dossiers for rank, one in enumerate(known) if one.body == body}
        told |= counts if None in counts.values() else published(counts)
    hidden = {rank for rank, one in enumerate(known) if one.dossiers is not None and told[str(rank)] is None}
    return [
        replace(one, committed=None, paid=None, left=None, dossiers=None) if rank in hidden else one
        for rank, one in enumerate(known)
        if one.amount is not None or rank not in hidden
    ]


def _discreet(block: Block) -> Block:
    if block.key == MONEY:
        return block
    first, column = NAMES.get(block.key, 1), COUNTED.get(block.key, 1)
    counts = {str(rank): row[column] for rank, row in enumerate(block.rows)}
    if block.key == "delais":  # days are not people: a row is whole, or not there
        rows = (row if row[column] >= FEWEST else _blank(row, first) for row in block.rows)
    else:
        told = published(counts)
        rows = (
            _few(row, first) if told[str(rank)] is not None else _blank(row, first)
            for rank, row in enumerate(block.rows)
        )
    return replace(block, rows=tuple(rows))


def _blank(row: tuple[Cell, ...], first: int) -> tuple[Cell, ...]:
    """Return a row with its names alone."""
    return (*row[:first], *(None for _ in row[first:]))


def _few(row: tuple[Cell, ...], first: int) -> tuple[Cell, ...]:
    """Return a row without its parts that stand for too few, and without the shares that would say them."""
    small = any(isinstance(cell, int) and cell < FEWEST for cell in row[first:])
    return (
        *row[:first],
        *(None if small and (isinstance(cell, str) or (cell or 0) < FEWEST) else cell for cell in row[first:]),
    )
