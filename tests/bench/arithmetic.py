"""The bench's own arithmetic: percentiles, shares of the bare view, medians of ratios."""

from collections.abc import Sequence
from math import ceil
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def median_of_ratios(above: Sequence[float], below: Sequence[float]) -> float:
    """Return the median of the ratios, round by round: what slows a whole round down cancels out."""
    return median(one / other for one, other in zip(above, below, strict=True))
