"""The lines of the report: what is asked, at which sizes, and how each answer is known to be a real one."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from tests.bench import addresses
from tests.bench.databases import REAL
from tests.bench.names import published_slugs

LIGHTEST = 2_000
"""No page and no JSON of the portal is lighter, in bytes: less is an error page or a redirection."""
CARD = re.compile(rb'href="/leviers/[a-z0-9-]+/"')
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Line:
    """A row of the report.

    ``fresh`` lines never ask twice for the same address; ``cold`` ones start a new worker
    for each round; ``conditional`` ones send back the ETag that they were given.
    """

    key: str
    label: str
    make: Callable[[int], list[str]] = field(repr=False)
    sizes: Callable[[int], bool] = field(default=lambda size: True, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    must_show_cards: bool = False
    fresh: bool = False
    cold: bool = False
    conditional: bool = False
    information: bool = False


def invented(size: int) -> bool:
    """Tell whether there are more levers than the real ones."""
    return size > REAL


def real(size: int) -> bool:
    """Tell whether there are only the real levers: the twelve that the contract's diagnostic is about."""
    return size == REAL


def middle(size: int) -> bool:
    """Tell whether the size is one of those that the targets name."""
    return size in (1_000, 5_000)


def rotation(parameters: Callable[[random.Random], Iterator[list]], path: str = addresses.LIST):
    """Return what makes a line's addresses: more than the rotation needs, since those that find nothing are left out."""
    return lambda size: addresses.distinct(path, parameters(random.Random(f"{path}{size}")), 2 * addresses.ROTATION)


def sheet_rotation(size: int) -> list[str]:
    """Return sheets spread over the catalogue, the real ones first."""
    slugs = [*addresses.REAL_SLUGS, *islice(published_slugs(size - REAL), 0, None, max(1, (size - REAL) // 48))]
    return addresses.sheets(slugs[: addresses.ROTATION])


def conditional_rotation(size: int) -> list[str]:
    """Return the pages that a returning visitor asks for again."""
    return [addresses.LIST, *sheet_rotation(size)[:19]]


LINES = (
    Line("filter-1", "catalogue, 1 filtre", rotation(addresses.one_filter), must_show_cards=True),
    Line("filter-3", "catalogue, 3 filtres", rotation(lambda draw: addresses.filters(draw, 3)), must_show_cards=True),
    Line("text", "catalogue, texte", rotation(addresses.texts), must_show_cards=True),
    Line(
        "text-filter-2", "catalogue, texte et 2 filtres", rotation(addresses.texts_with_filters), must_show_cards=True
    ),
    Line("page-2", "catalogue, 1 filtre, page 2", rotation(addresses.second_pages), invented, must_show_cards=True),
    Line(
        "fresh",
        "catalogue, adresses jamais demandées",
        lambda size: addresses.distinct(addresses.LIST, addresses.never_asked(random.Random(f"fresh{size}")), 20_000),
        invented,
        fresh=True,
    ),
    Line("cold-cards", "catalogue, cartes froides", addresses.card_pages, middle, must_show_cards=True, cold=True),
    Line("unfiltered", "catalogue sans filtre", lambda size: [addresses.LIST], must_show_cards=True),
    Line("sheet", "fiches", sheet_rotation),
    Line("not-modified", "requête conditionnelle, 304 (catalogue et fiches)", conditional_rotation, conditional=True),
    Line("results", "résultats du diagnostic", lambda size: addresses.profiles(addresses.RESULTS, 200, "a"), real),
    Line("matches", "API des verdicts", lambda size: addresses.profiles(addresses.MATCHES, 200, "a"), real),
    Line(
        "results-fresh",
        "résultats, profils jamais vus",
        lambda size: addresses.profiles(addresses.RESULTS, 10_000, "b"),
        real,
        fresh=True,
        information=True,
    ),
    Line(
        "matches-fresh",
        "API des verdicts, profils jamais vus",
        lambda size: addresses.profiles(addresses.MATCHES, 10_000, "b"),
        real,
        fresh=True,
        information=True,
    ),
    Line(
        "api-filter-3",
        "API du catalogue, 3 filtres",
        rotation(lambda draw: addresses.filters(draw, 3), addresses.API),
        middle,
        information=True,
    ),
    Line(
        "filter-3-gzip",
        "catalogue, 3 filtres, gzip",
        rotation(lambda draw: addresses.filters(draw, 3)),
        middle,
        headers=GZIP,
        information=True,
    ),
    Line(
        "unfiltered-gzip",
        "catalogue sans filtre, gzip",
        lambda size: [addresses.LIST],
        middle,
        headers=GZIP,
        information=True,
    ),
    Line("sheet-gzip", "fiches, gzip", sheet_rotation, middle, headers=GZIP, information=True),
)
"""Every line, in the order of the report."""

CATALOGUE = ("filter-1", "filter-3", "text", "text-filter-2", "page-2", "fresh")
"""The lines that « catalogue with any filter or text » is about."""
