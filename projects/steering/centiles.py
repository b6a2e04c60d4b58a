"""The middle and the ninth decile of whole days, from how many times each number of days was seen. Pure.

By the nearest rank: the smallest number of days within which at least that share of them ended. It is a number that
was really seen, found with whole numbers alone, hence the same whatever the engine that counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MIDDLE, NINTH = (1, 2), (9, 10)


@dataclass(frozen=True, slots=True)
class Delays:
    """How many ended, within how many days half of them, and nine in ten."""

    n: int
    median: int
    ninth: int


def within(histogram: Mapping[int, int], share: tuple[int, int]) -> int | None:
    """Return the number of days within which this share of a histogram ended; None for an empty one."""
    total = sum(histogram.values())
    if not total:
        return None
    over, under = share
    rank = max(-(-total * over // under), 1)
    seen = 0
    for days in sorted(histogram):
        seen += histogram[days]
        if seen >= rank:
            return days
    return max(histogram)


def delays(histogram: Mapping[int, int]) -> Delays | None:
    """Return the delays of a histogram; None for an empty one."""
    median, ninth = within(histogram, MIDDLE), within(histogram, NINTH)
    if median is None or ninth is None:
        return None
    return Delays(sum(histogram.values()), median, ninth)
