"""EcoIndex of a page, from its elements, its requests and its kilobytes.

Formula and tables as the Collectif Green IT publishes them:
https://github.com/cnumr/ecoindex_reference (ecoindex_reference.json, quantiles and grades),
https://www.ecoindex.fr/comment-ca-marche/ (weights 3, 2 and 1).
"""

from bisect import bisect_right
from itertools import pairwise

ELEMENTS = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)
REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (
    *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32),
    *(1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26),
)
GRADES = ((80, "A"), (70, "B"), (55, "C"), (40, "D"), (25, "E"), (10, "F"), (0, "G"))


def rank(value: float, quantiles: tuple[float, ...]) -> float:
    """Return where a value stands among the quantiles, between two of them in proportion."""
    at = bisect_right(quantiles, value)
    if at == len(quantiles):
        return at - 1
    low, high = list(pairwise(quantiles))[at - 1]
    return at - 1 + (value - low) / (high - low)


def ecoindex(elements: int, requests: int, kilobytes: float) -> float:
    """Return the score, from 0 to 100."""
    ranks = 3 * rank(elements, ELEMENTS) + 2 * rank(requests, REQUESTS) + rank(kilobytes, KILOBYTES)
    return 100 - 5 * ranks / 6


def grade(score: float) -> str:
    """Return the letter of a score."""
    return next((letter for least, letter in GRADES if score > least), "G")
