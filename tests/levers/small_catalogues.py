"""Entries of a few words, and words that are easily taken for one another, for the tests of search."""

from datetime import date

from levers.cards import card_of, entry_of, words_of_values
from levers.catalogue import PARTS
from levers.models import Lever
from levers.reading import read
from levers.search import Entry, Index, Query
from levers.words import entry_words

DAY = date(2026, 11, 22)


def entry(key, title="", *, summary="", body="", position=None, updated=DAY, names=(), **facets) -> Entry:
    sets = {facet: frozenset(values) for facet, values in facets.items()}
    texts = (entry_words([title, *names]), entry_words([summary]), entry_words([body]))
    return Entry(key, position or key, title, *texts, sets, updated, tuple(names))


def found(text: str, *entries: Entry, synonyms=(), **facets) -> tuple:
    return Index(entries, synonyms).search(Query(text, {name: frozenset(v) for name, v in facets.items()})).keys


def entries_of_the_catalogue() -> tuple[list[Entry], dict]:
    """What search reads of the real levers, and the words of the values of facets."""
    shared, levers = read(Lever.objects.published(), PARTS)
    return [entry_of(lever, card_of(lever, DAY, shared)) for lever in levers], words_of_values(shared)


WORDS = (
    "Hôpital hôpitaux HOPITAL numérique numerique télésurveillance télésuivi jeune jeunes pousse pouces startup EHPAD "
    "maison retraite de la pour financer projet aide aidants cœur coeur 51 covid19 l'innovation innovant emploi emplois "
    "simplifiée simplifier été"
).split()
EXPRESSIONS = (
    "startup",
    "jeune pousse",
    "EHPAD",
    "maison de retraite",
    "télésuivi",
    "télésurveillance",
    "aide",
    "drone léger",
)

THREE = (
    entry(1, "Un", nature="a", region="x"),
    entry(2, "Deux", nature="b", region="x"),
    entry(3, "Trois", nature="b", region="y"),
)
