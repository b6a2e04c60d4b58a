"""Which numbers may be public: none that stands for fewer than five, none that others give away. Pure.

The total of a table is taken as known, whether it is written or not: another table tells it. A single hidden number
would then be the total less the others; several whose sum is small would be bounded too closely.
"""

from collections.abc import Mapping

FEWEST = 5
"""Below this, a number stands for people who could be recognised."""


def published(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return what may be published of a table of counts; None is a number that is hidden.

    Every number under :data:`FEWEST` is hidden, zero included. Where those that are hidden are fewer than two, stand
    together for fewer than :data:`FEWEST`, or are all the greatest that may be hidden (their sum would say so), the
    smallest of the others are hidden too, all those that are equal with it, until that no longer holds.
    """
    hidden = {name for name, count in counts.items() if count < FEWEST}
    while hidden and not _is_safe(hidden, counts) and len(hidden) < len(counts):
        smallest = min(count for name, count in counts.items() if name not in hidden)
        hidden |= {name for name, count in counts.items() if count == smallest}
    return {name: None if name in hidden else count for name, count in counts.items()}


def total_of(counts: Mapping[str, int]) -> int | None:
    """Return the total where it may be written: it stands for at least five, whatever the numbers that make it."""
    total = sum(counts.values())
    return total if total >= FEWEST else None


def share(part: int, whole: int) -> int | None:
    """Return a share in whole per cent; None where the whole stands for too few."""
    return None if whole < FEWEST else (200 * part + whole) // (2 * whole)


def _is_safe(hidden: set[str], counts: Mapping[str, int]) -> bool:
    numbers = [counts[name] for name in hidden]
    return len(numbers) > 1 and sum(numbers) >= FEWEST and set(numbers) != {FEWEST - 1}
