"""One meaning of a search: text, facets, counts and order, for page, feed and API alike.

Pure: entries and a query in, a result out; no database feature is used, so both
engines give the same results in the same order. This is the plain form, one loop
over the entries; it is also the reference against which a quicker one is judged.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

NAME, SUMMARY, BODY = 9, 3, 1
"""Weight of the field in which a word is found: names first, then the sentence, then the rest."""

PREFIX_LENGTH = 3
"""From this length on a word also finds the longer words that it begins."""


def fold(text: str) -> str:
    """Return a text without case or accents: « Été, ŒUVRE » and « ete, oeuvre » are the same."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """Return the words of a text, folded; « l'hôpital » gives « l » and « hopital »."""
    return re.findall(r"[a-z0-9]+", fold(text))


EMPTY_WORDS = frozenset(
    (
        "a au aux avec ce ces d dans de des du en et l la le les leur ma mes mon n ne notre nos ou par pour qu que qui "
        "s sa se ses son sur un une votre vos y"
    ).split()
)
"""Words that never exclude anything, unless nothing else was typed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What search knows of one thing: its key, its default place, its words by weight, its facets."""

    key: Any
    position: int
    title: str
    texts: Mapping[int, frozenset[str]]
    facets: Mapping[str, frozenset[str]]
    updated: Any = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a text, values by facet (any of them within a facet), an order."""

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The keys found, in order, and how many each value of each facet would find."""

    keys: tuple
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """Return how many entries were found."""
        return len(self.keys)


def entry_texts(name: Iterable[str], summary: Iterable[str], body: Iterable[str]) -> dict[int, frozenset[str]]:
    """Return the words of an entry by the weight of their field."""
    parts = {NAME: name, SUMMARY: summary, BODY: body}
    return {weight: frozenset(words(" \n ".join(texts))) for weight, texts in parts.items()}


def score(entry: Entry, terms: list[str]) -> int:
    """Return how well an entry answers all the terms: for each the weight of its best field, 0 if one is absent."""
    total = 0
    for term in terms:
        found = [weight for weight, known in entry.texts.items() if _is_in(term, known)]
        if not found:
            return 0
        total += max(found)
    return total


def _is_in(term: str, known: frozenset[str]) -> bool:
    if term in known:
        return True
    return len(term) >= PREFIX_LENGTH and any(word.startswith(term) for word in known)


def search_terms(text: str) -> list[str]:
    """Return the words of a query that mean something, each once; all of them when none does."""
    terms = list(dict.fromkeys(words(text)))
    return [term for term in terms if term not in EMPTY_WORDS] or terms


def search(entries: Iterable[Entry], query: Query) -> Result:
    """Return what a query finds.

    Every term must be found and every facet satisfied. The counts of a facet leave
    its own choice out: they say how many entries each value would show if it were
    chosen instead, everything else being kept.
    """
    terms = search_terms(query.text)
    asked = {name: values for name, values in query.facets.items() if values}
    found: list[tuple[int, Entry]] = []
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        points = score(entry, terms) if terms else 0
        if terms and not points:
            continue
        failed = [name for name, values in asked.items() if not values & entry.facets.get(name, frozenset())]
        if not failed:
            found.append((points, entry))
        for name, values in entry.facets.items():
            if not failed or failed == [name]:
                tally = counts.setdefault(name, {})
                for value in values:
                    tally[value] = tally.get(value, 0) + 1
    return Result(tuple(entry.key for _, entry in sorted(found, key=_order(query.sort))), counts)


def _order(sort: str):
    if sort == "title":
        return lambda pair: (fold(pair[1].title), pair[1].position)
    if sort == "updated":
        return lambda pair: (-pair[1].updated.toordinal(), pair[1].position)
    return lambda pair: (-pair[0], pair[1].position)
