"""Which addresses of the calls and of public procurement are asked: lists, months, pages, feeds, needs."""

import random
from collections.abc import Iterator
from itertools import count, islice

from levers.procurement.rules import Buyer, Purchases
from tests.bench import addresses
from tests.bench.names import CALL_SLUG, calls_wanted, published_slugs, real_calls

LIST, ICS, RSS, API = "/appels/", "/appels.ics", "/appels.rss", "/api/v1/calls/"
PROCUREMENT, PROCUREMENT_API = "/commande-publique/", "/api/v1/procurement/"

YEARS = tuple(str(year) for year in range(2018, 2026))
"""The years in which the invented calls closed (``calls.py``)."""

FACETS: addresses.Facets = {
    "status": ("open", "closed", "upcoming"),
    "region": addresses.FACETS["region"],
    "audience": addresses.FACETS["audience"],
    "actor_type": addresses.FACETS["actor_type"],
    "nature": ("ami", "aap", "aac", "challenge"),
    "innovation_field": addresses.FACETS["innovation_field"],
    "sector": addresses.FACETS["sector"],
    "period": YEARS,
    "organiser": ("agency", "ministry", "ans", "cnsa", "department", "region", "federation", "operator", "europe"),
    "role": ("carrier", "site", "partner"),
    "lever": addresses.REAL_SLUGS,
}
"""The facets of the calls, but the theme, and values of theirs."""

DAYS = ("2020-06-01", "2024-07-01", "2025-09-15", "2026-03-31", "2026-04-01")
"""Days between which the thresholds of public procurement moved."""
WORKS_SINCE = "2026"
"""The year from which the content knows the thresholds of works; before, the JSON says that there is no answer."""
AMOUNTS = ("9999", "25000", "39999.99", "40000", "55000", "65000", "99999", "139000", "143000", "221000", "1000000")


def one_filter(draw: random.Random) -> Iterator[list]:
    """Yield each value of each facet, shuffled."""
    return addresses.one_filter(draw, FACETS)


def filters(draw: random.Random, number: int) -> Iterator[list]:
    """Yield choices in so many facets, one to three values in each, without end."""
    return addresses.filters(draw, number, FACETS)


def months(draw: random.Random) -> Iterator[list]:
    """Yield each month of the years in which calls closed, without a filter and then in a region, shuffled."""
    every = [f"{year}-{month:02d}" for year in YEARS for month in range(1, 13)]
    for number, month in enumerate(draw.sample(every, len(every))):
        region = [("region", draw.choice(FACETS["region"]))] if number % 2 else []
        yield [("view", "month"), ("month", month), *region]


def followed(draw: random.Random) -> Iterator[list]:
    """Yield what people follow: the calls of a region, all of them or those that one can answer."""
    for region in draw.sample(FACETS["region"], len(FACETS["region"])):
        yield [("region", region)]
        yield [("region", region), ("status", "open")]


def needs(draw: random.Random) -> Iterator[list]:
    """Yield needs to buy: an amount, a buyer, what is bought, a day; without end."""
    for number in count():
        amount = draw.choice(AMOUNTS) if number % 2 else str(draw.randint(1_000, 300_000))
        day = draw.choice(DAYS)
        bought = draw.choice(list(Purchases)) if day >= WORKS_SINCE else Purchases.SUPPLIES_SERVICES
        yield [
            ("amount", amount),
            ("buyer_type", draw.choice(list(Buyer)).value),
            ("category", bought.value),
            ("innovative", draw.choice(("true", "false"))),
            ("on", day),
        ]


def call_pages(size: int) -> list[str]:
    """Return pages of calls spread over the whole list, half of them of real ones where there are others."""
    invented = calls_wanted(size) - len(real_calls())
    most = addresses.ROTATION // 2
    others = islice(published_slugs(invented, CALL_SLUG), 0, None, max(1, invented // most))
    return [f"{LIST}{slug}/" for slug in [*real_calls()[:most], *islice(others, most)]]
