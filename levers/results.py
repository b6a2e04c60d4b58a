"""What is asked of an index and what it answers. Pure; each part of an answer is worked out when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from levers.lexicon import Term, Wanted
from levers.postings import intersection
from levers.words import stems

if TYPE_CHECKING:
    from levers.search import Index

NAME, SUMMARY, BODY = 9, 3, 1
"""What a word is worth by the field that holds it: names first, then the sentence, then the rest."""

EXACT = 10_000
"""What it is worth to be called exactly what was typed: more than any sum of the others."""

MAX_NEARBY = 3
"""How many other searches are offered when a text finds nothing."""

MAX_TRIED = 10
"""How many are tried before."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a text, values by facet (any of them within a facet), an order."""

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = ""


class Result:
    """What a query finds. Each part is worked out when it is read: a page does not cost the whole list."""

    def __init__(self, index: Index, query: Query, terms: tuple[Term, ...], allowed: Mapping[str, int]):
        self._index, self._query, self._terms, self._allowed = index, query, terms, allowed
        self._reaches = [index.reach(term) for term in terms]
        self._by_text = intersection(index.everything, (anywhere for _, _, anywhere in self._reaches))
        self._found = intersection(self._by_text, allowed.values())

    @property
    def total(self) -> int:
        """Return how many entries are found."""
        return self._found.bit_count()

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """Return the keys of all the entries found, in order."""
        return tuple(self.page(0, self.total))

    def page(self, start: int, stop: int) -> list[int]:
        """Return the keys from one place of the list to another."""
        order = self._index.order(self._query.sort)
        levels = self._levels() if order is self._index.order("") else [self._found]
        numbers: list[int] = []
        for bits in levels:
            here = bits.bit_count()
            if start < here and stop > 0:
                numbers += order.read(bits, max(start, 0), min(stop, here))
            start, stop = start - here, stop - here
        return self._index.keys(numbers)

    def _levels(self) -> list[int]:
        """Return the entries found, best answers first, in sets of equal worth."""
        if not self._terms:
            return [self._found]
        called = self._found & self._index.called(self._query.text, self._terms)
        levels = {0: self._found & ~called, EXACT: called}
        for names, summaries, _ in self._reaches:
            deeper: dict[int, int] = {}
            for worth, bits in levels.items():
                parts = {NAME: bits & names, SUMMARY: bits & summaries & ~names, BODY: bits & ~summaries}
                for weight, part in parts.items():
                    if part:
                        deeper[worth + weight] = deeper.get(worth + weight, 0) | part
            levels = deeper
        return [levels[worth] for worth in sorted(levels, reverse=True)]

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Return, for each value of each facet, how many entries would be found were it chosen instead.

        A facet's own choice is left out of its counts, everything else is kept.
        Values that would find nothing are absent.
        """
        return {name: self._index.counts(name, self._without_facet(name)) for name in self._index.facets()}

    def _without_facet(self, name: str) -> int:
        if name not in self._allowed:
            return self._found
        return intersection(self._by_text, (bits for other, bits in self._allowed.items() if other != name))

    @property
    def without(self) -> dict[str, int]:
        """Return, when nothing is found, what would be if one thing less were asked: a facet, or the text (``q``)."""
        if self._found:
            return {}
        found = {name: self._without_facet(name).bit_count() for name in self._allowed}
        if self._allowed:
            found["q"] = intersection(self._index.everything, self._allowed.values()).bit_count()
        return {name: number for name, number in found.items() if number}

    @property
    def without_facets(self) -> int:
        """Return how many entries the text alone finds."""
        return self._by_text.bit_count()

    @property
    def corrections(self) -> dict[str, tuple[str, ...]]:
        """Return the typed words that nobody knows, each with the known words taken instead."""
        pairs = (pair for term in self._terms for pair in term.read)
        return {word: taken for word, taken in pairs if taken and taken != (word,)}

    @cached_property
    def forms(self) -> frozenset[str]:
        """Return the forms that ``levers/highlight.py`` marks: of the words looked for, what they are one by one.

        An expression of several words held for the same as what was typed (« établissement
        d'hébergement pour personnes âgées » for « EHPAD ») is not marked word by word:
        every « personnes » of every sentence would be.
        """
        lexicon = self._index.lexicon
        wanted = {wanted for term in self._terms for way in term.ways for wanted in _marked(term, way)}
        return frozenset(form for word in wanted for form in lexicon.forms(word))

    def elsewhere(self, key: int) -> tuple[str, ...]:
        """Return the terms that an entry holds only in its body, where its card does not show them."""
        bit = self._index.bit(key)
        reached = zip(self._terms, self._reaches, strict=True)
        return tuple(term.said for term, (_, summaries, anywhere) in reached if anywhere & ~summaries & bit)

    @cached_property
    def nearby(self) -> tuple[str, ...]:
        """Return, when the text finds nothing, a few others that do find something.

        First what remains of the text without what spoils it, then the known words
        and expressions that resemble what nobody knows.
        """
        if self._by_text:
            return ()
        offers = dict.fromkeys(islice(filter(self._finds, islice(self._parts(), MAX_TRIED)), MAX_NEARBY - 1))
        unknown = [term.typed for term, reach in zip(self._terms, self._reaches, strict=True) if not any(reach)]
        for typed in unknown[:MAX_NEARBY]:
            alike = islice(self._index.lexicon.alike(typed), MAX_TRIED)
            offers |= dict.fromkeys(islice(filter(self._finds, alike), MAX_NEARBY))
        return tuple(offers)[:MAX_NEARBY]

    def _finds(self, text: str) -> bool:
        return self._index.search(Query(text)).total > 0

    def _parts(self) -> Iterator[str]:
        """Yield what remains of the text: without what nobody knows, without one term, then each term alone."""
        useful = [term.said for term, reach in zip(self._terms, self._reaches, strict=True) if any(reach)]
        if 0 < len(useful) < len(self._terms):
            yield " ".join(useful)
        if len(useful) > 1:
            yield from (" ".join(useful[:at] + useful[at + 1 :]) for at in range(len(useful)))
            yield from useful


def _marked(term: Term, way: Sequence[Wanted]) -> Sequence[Wanted]:
    """Return the words of a way that may be marked alone: its only one, or those that were typed."""
    if len(way) == 1:
        return way
    typed = {form for word, taken in term.read for one in (word, *taken) for form in stems(one)}
    return [wanted for wanted in way if not typed.isdisjoint(wanted.forms)]
