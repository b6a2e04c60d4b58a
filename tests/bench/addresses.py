"""Which addresses are asked: for each line of the report, a rotation, always the same one."""

import random
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from levers.facts import ACTOR_TYPES, FACTS, REGIONS, Fact, Kind
from tests.bench.words import domain_words

ROTATION = 60
"""How many addresses a line turns over."""
PROFILES = 200
"""How many profiles the diagnostic turns over."""
PAGE = 20
"""How many cards a page shows."""

LIST, API, RESULTS, MATCHES = "/leviers/", "/api/v1/levers/", "/diagnostic/resultats/", "/api/v1/matches/"

Facets = Mapping[str, Sequence[str]]

FACETS: Facets = {
    "audience": ("acteur-de-sante", "industrie", "autres"),
    "actor_type": ACTOR_TYPES,
    "nature": ("subvention", "contrat", "derogation", "appel", "commande-publique", "co-conception", "appui"),
    "innovation_field": ("diagnostic-therapeutique", "technologique-numerique", "organisationnelle-comportementale"),
    "sector": ("sanitaire", "medico-social", "ambulatoire", "prevention", "numerique", "international", "transversal"),
    "maturity": ("idee", "preuve-de-concept", "experimentation", "evaluation", "deploiement"),
    "region": REGIONS,
    "status": ("permanent", "open", "upcoming", "closed", "ended"),
}
"""The facets of the catalogue and their values, as the contract and the content write them."""

REAL_SLUGS = (
    "fir cpom article-51 ami-aap-aac mig-cooperation-internationale achats-innovants conference-des-financeurs tiga "
    "indemand structures-3-0 esms-numerique grades"
).split()


def address(path: str, parameters: list[tuple[str, str]]) -> str:
    """Return an address with its parameters, if any."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def one_filter(draw: random.Random, facets: Facets = FACETS) -> Iterator[list]:
    """Yield each value of each facet, shuffled."""
    every = [(name, value) for name, values in facets.items() for value in values]
    yield from ([pair] for pair in draw.sample(every, len(every)))


def filters(draw: random.Random, number: int, facets: Facets = FACETS) -> Iterator[list]:
    """Yield choices in so many facets, one to three values in each, without end."""
    while True:
        chosen = []
        for name in draw.sample(list(facets), number):
            values = draw.sample(facets[name], min(len(facets[name]), draw.randint(1, 3)))
            chosen += [(name, value) for value in values]
        yield chosen


def texts(draw: random.Random) -> Iterator[list]:
    """Yield searches of one to three words, some in capitals; frequent words more often than rare ones."""
    words = domain_words()
    while True:
        length = draw.choices((1, 2, 3), weights=(5, 4, 1))[0]
        chosen = [words[min(int(draw.expovariate(1 / 20)), len(words) - 1)] for _ in range(length)]
        text = " ".join(dict.fromkeys(chosen))
        yield [("q", text.upper() if draw.random() < 0.1 else text)]


def texts_with_filters(draw: random.Random, number: int = 2) -> Iterator[list]:
    """Yield a search together with choices in so many facets."""
    for text, chosen in zip(texts(draw), filters(draw, number), strict=False):
        yield text + chosen


def second_pages(draw: random.Random) -> Iterator[list]:
    """Yield the second page of lists with one filter."""
    for chosen in one_filter(draw):
        yield [*chosen, ("page", "2")]


def never_asked(draw: random.Random) -> Iterator[list]:
    """Yield filters and searches in turn, without end."""
    for wide, text in zip(filters(draw, 3), texts_with_filters(draw, 1), strict=False):
        yield from (wide, text)


def distinct(path: str, parameters: Iterator[list], how_many: int) -> list[str]:
    """Return the first different addresses, as many as asked for or as there are."""
    found: dict[str, None] = {}
    for chosen in parameters:
        found[address(path, chosen)] = None
        if len(found) == how_many:
            break
    return list(found)


def sheets(slugs: list[str]) -> list[str]:
    """Return the sheets' addresses."""
    return [f"{LIST}{slug}/" for slug in slugs]


def card_pages(size: int, most: int = 250) -> list[str]:
    """Return pages of the whole list after the first: each shows twenty cards that no other page shows."""
    last = (size * 9 // 10) // PAGE
    return [address(LIST, [("page", str(page))]) for page in range(2, min(last, most) + 1)]


def profiles(path: str, how_many: int, seed: str) -> list[str]:
    """Return the addresses of different profiles: who, where, and four to sixteen other answers."""
    return distinct(path, answers(random.Random(seed)), how_many)


def answers(draw: random.Random) -> Iterator[list]:
    """Yield what visitors might answer, without end."""
    others = [fact for fact in FACTS.values() if fact.name not in ("actor_type", "region", "department")]
    while True:
        asked = [FACTS["actor_type"], FACTS["region"], *draw.sample(others, draw.randint(4, 16))]
        yield [(fact.name, value) for fact in asked for value in answer(fact, draw)]


def answer(fact: Fact, draw: random.Random) -> list[str]:
    """Return one answer to a question, as an address writes it."""
    match fact.kind:
        case Kind.BOOLEAN:
            return [draw.choice(("true", "false"))]
        case Kind.INTEGER:
            return [str(draw.randint(fact.minimum or 0, min(fact.maximum or 100, 100)))]
        case Kind.AMOUNT:
            return [str(draw.choice((20_000, 65_000, 143_000, 1_000_000)))]
        case Kind.CHOICES:
            return draw.sample(fact.values, draw.randint(1, min(2, len(fact.values))))
    return [draw.choice(fact.values)]
