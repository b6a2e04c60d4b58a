"""Which addresses of what surrounds a lever are asked: the register, the words, the directory, preparation, documents."""

import random
from collections.abc import Iterator
from itertools import combinations

from tests.bench import addresses
from tests.bench.names import FIXTURES

REGISTER, REGISTER_API = "/experimentations/", "/api/v1/experiments/"
GLOSSARY, DIRECTORY, COMPARE, ROADMAP = (
    "/glossaire/",
    "/annuaire/",
    "/leviers/comparer/",
    "/diagnostic/feuille-de-route.pdf",
)

FACETS: addresses.Facets = {
    "region": addresses.FACETS["region"],
    "actor_type": addresses.FACETS["actor_type"],
    "innovation_field": addresses.FACETS["innovation_field"],
    "sector": addresses.FACETS["sector"],
}
"""Facets of the register whose values the contract writes."""

WORDS = ("fir", "csis", "sas", "apa", "fonds", "numérique", "expérimentation", "commande publique", "ehpad", "soins")


def filters(draw: random.Random) -> Iterator[list]:
    """Yield choices in two facets of the register, without end."""
    return addresses.filters(draw, 2, FACETS)


def experiments(size: int) -> list[str]:
    """Return the page of every experiment of the content."""
    return [f"{REGISTER}{path.stem}/" for path in sorted((FIXTURES / "experiments").glob("*.yaml"))]


def words(draw: random.Random) -> Iterator[list]:
    """Yield searches in the glossary."""
    yield from ([("q", word)] for word in draw.sample(WORDS, len(WORDS)))


def agencies(size: int) -> list[str]:
    """Return the directory's list and the page of each agency."""
    return [DIRECTORY, *(f"{DIRECTORY}{code}/" for code in addresses.REGIONS)]


def preparations(size: int) -> list[str]:
    """Return the list to tick of every lever, for a first application and for a renewal."""
    lists = [f"/preparer/levier/{slug}/" for slug in addresses.REAL_SLUGS]
    return ["/preparer/", "/preparer/bilan/", *lists, *(f"{path}?renewal=true" for path in lists)]


def pairs(draw: random.Random) -> Iterator[list]:
    """Yield pairs of levers side by side."""
    every = list(combinations(addresses.REAL_SLUGS, 2))
    yield from ([("levier", slug) for slug in pair] for pair in draw.sample(every, len(every)))


def documents(size: int) -> list[str]:
    """Return the sheets as documents."""
    return [f"{addresses.LIST}{slug}/fiche.pdf" for slug in addresses.REAL_SLUGS]
