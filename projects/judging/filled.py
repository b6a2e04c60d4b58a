"""A filled grid in words, for the pages that may show it."""

from dataclasses import dataclass
from decimal import Decimal

from projects.models import Judgement
from projects.procedures.grids import Criterion

UNNAMED = "Une personne sans nom affiché"
GONE = "Compte effacé"


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement: whose, each criterion with its mark and words."""

    judgement: Judgement
    who: str
    lines: tuple[tuple[Criterion, Decimal | None, str], ...]


def said_of(judgement: Judgement) -> Said:
    """Return a judgement in words, by the grid with which it was given."""
    user = judgement.user
    lines = tuple(
        (
            one,
            Decimal(judgement.marks[one.key]) if one.key in judgement.marks else None,
            judgement.words.get(one.key, ""),
        )
        for one in judgement.grid.grid.criteria
    )
    return Said(judgement, (user.full_name or UNNAMED) if user else GONE, lines)
