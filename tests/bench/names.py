"""What the invented levers and calls are called, how many there are and which are drafts: known without the database."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

SLUG = "essai-{:06d}"
CALL_SLUG = "appel-essai-{:06d}"
DRAFT_EVERY = 20
MOST_CALLS = 10_000
"""How many calls there are at most, whatever the number of levers."""
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
REAL_CALLS = FIXTURES / "calls"


def is_draft(number: int) -> bool:
    """Tell whether an invented lever, or call, is a draft: one in twenty."""
    return number % DRAFT_EVERY == DRAFT_EVERY - 1


def published_slugs(how_many: int, slug: str = SLUG) -> Iterator[str]:
    """Yield the names of the published ones among so many invented levers, or calls."""
    return (slug.format(number) for number in range(how_many) if not is_draft(number))


@cache
def real_calls() -> tuple[str, ...]:
    """Return the names of the calls of the real content."""
    return tuple(sorted(path.stem for path in REAL_CALLS.glob("*.yaml")))


def calls_wanted(size: int) -> int:
    """Return how many calls go with so many levers: as many, at least the real ones, ten thousand at most."""
    return max(len(real_calls()), min(size, MOST_CALLS))


DOSSIERS, OWN_DOSSIERS = 50_000, 30
"""How many dossiers there are, and how many are those of whoever measures."""
FEW_DOSSIERS = 500
"""How many there are in the smallest base, to compare."""
WITH_DOSSIERS = 1_000
"""The size, in levers, of the base that holds the dossiers."""
PATHS = (
    ("first-contact", (), 20),
    ("first-contact", ("deposit",), 15),
    ("first-contact", ("deposit", "plan"), 10),
    ("first-contact", ("deposit", "orient"), 10),
    ("fir", (), 15),
    ("fir", ("deposit",), 10),
    ("fir", ("deposit", "acknowledge", "admit"), 20),
)
"""What dossiers are copied from: a procedure, the moves made, and how many in a hundred."""
JOURNAL = 10
"""How many acts the journal of each dossier holds, at least."""
SESSION, OFFICER_SESSION = "mesuremesuremesuremesuremesurem0", "mesuremesuremesuremesuremesurem1"
"""The sessions of whoever measures: an applicant, and an officer of one of the agencies."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_of(rank: int) -> str:
    """Return the reference of a dossier: its rank, written with the letters that references use."""
    written = ""
    for _ in range(7):
        rank, letter = divmod(rank, len(LETTERS))
        written = LETTERS[letter] + written
    return f"M{written}"


def received_references() -> list[str]:
    """Return the references of the dossiers of whoever measures that were deposited: their agency reads them too."""
    return [reference_of(rank) for rank in range(OWN_DOSSIERS) if PATHS[rank % len(PATHS)][1]]
