"""Which projects of the board look like the title that somebody writes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from levers.words import exact_name

NEAR_ENOUGH = 70
MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A title of the board, and what leads to it."""

    number: int
    title: str
    body: str


def similar(title: str, known: Iterable[Known]) -> list[Known]:
    """Return the projects whose titles share most of their words with a title, the nearest first.

    Case, accents and empty words do not count; a title without any word resembles nothing.
    """
    wanted = exact_name(title)
    if not wanted:
        return []
    scored = [(fuzz.token_sort_ratio(wanted, exact_name(one.title)), one) for one in known]
    near = [(score, one) for score, one in scored if score >= NEAR_ENOUGH]
    return [one for _, one in sorted(near, key=lambda pair: (-pair[0], pair[1].number))[:MOST]]
