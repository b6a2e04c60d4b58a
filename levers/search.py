"""One meaning of a search: text, facets, counts and order, for page, feed and API alike.

Pure: entries in, an index out; a query in, a result out. No database feature is
used, so both engines give the same results in the same order. For each word and
each value of a facet the index knows the entries that hold it, as the bits of one
integer (``docs/decisions/0005-search-in-the-process.md``); entries are numbered in
their default order, so the lowest bits of a result are its first page.

``tests/levers/test_search.py`` compares it with a slow loop that says the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from levers.lexicon import Lexicon, Term, Wanted
from levers.postings import Draft, Postings, bits_of, counts_in, intersection, numbers_in, union
from levers.words import exact_name, stems

NAME, SUMMARY, BODY = 9, 3, 1
"""What a word is worth by the field that holds it: names first, then the sentence, then the rest."""

EXACT = 10_000
"""What it is worth to be called exactly what was typed: more than any sum of the others."""

MAX_TEXT = 200
"""How many characters of a text are read: none makes the process work longer than that."""

MAX_NEARBY = 3
"""How many other searches are offered when a text finds nothing."""

MAX_TRIED = 10
"""How many are tried before."""

MAX_REMEMBERED = 256
"""How many words the index remembers the entries of, once looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What search knows of one thing: key, default place, words by field (see ``entry_words``), facets.

    ``names`` are the other names under which it is known, each whole: with the title,
    those that come first when they are typed exactly.
    """

    key: int
    position: int
    title: str
    name: str
    summary: str
    body: str
    facets: Mapping[str, frozenset[str]]
    updated: date
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a text, values by facet (any of them within a facet), an order."""

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = ""


Reach = tuple[int, int, int]
"""The entries that hold something in their names, in their names or summary, anywhere."""


class Index:
    """The entries of a catalogue, ready to be searched. Never changes: another content is another index."""

    def __init__(self, entries: Iterable[Entry], synonyms: Iterable[Sequence[str]] = ()):
        draft = Draft()
        for entry in entries:
            draft.add(entry)
        draft.put_in_order()
        self.keys = draft.keys
        self.size = len(self.keys)
        self.everything = (1 << self.size) - 1
        self.lexicon = Lexicon(draft.held(), synonyms)
        self._fields = tuple(Postings(self.lexicon.words, lists, self.size) for lists in draft.fields)
        self._values = {
            name: {value: bits_of(numbers, self.size) for value, numbers in sorted(lists.items())}
            for name, lists in draft.values.items()
        }
        self._all_counts = {name: counts_in(self.everything, values) for name, values in self._values.items()}
        self._names = dict(draft.names)
        self.orders = draft.orders()
        self._numbers = {key: number for number, key in enumerate(self.keys)}
        self._remembered: dict[Wanted, Reach] = {}

    def search(self, query: Query) -> "Result":
        """Return what a query finds: every term must be found, and every facet that has values satisfied."""
        text = query.text[:MAX_TEXT]
        terms = self.lexicon.understood(text)
        allowed = {
            name: union(self._values.get(name, {}).get(value, 0) for value in values)
            for name, values in query.facets.items()
            if values
        }
        return Result(self, Query(text, query.facets, query.sort), terms, allowed)

    def number(self, key: int) -> int:
        """Return the number of an entry in the default order."""
        return self._numbers[key]

    def counts(self, name: str, base: int) -> dict[str, int]:
        """Return how many entries of a set hold each value of a facet."""
        return dict(self._all_counts[name]) if base == self.everything else counts_in(base, self._values[name])

    def facets(self) -> Iterable[str]:
        """Return the names of the facets that entries have."""
        return self._values

    def called(self, text: str, terms: Sequence[Term]) -> int:
        """Return the entries whose whole name is what was typed, else what it was understood as."""
        read = " ".join(taken[0] if len(taken) == 1 else word for term in terms for word, taken in term.read)
        numbers = self._names.get(exact_name(text)) or self._names.get(exact_name(read)) or ()
        return union(1 << number for number in numbers)

    def reach(self, term: Term) -> Reach:
        """Return the entries that satisfy a term, in the fields down to each weight."""
        ways = [[self._reach_of(wanted) for wanted in way] for way in term.ways]
        return tuple(union(intersection(way[0][depth], (r[depth] for r in way)) for way in ways) for depth in range(3))

    def _reach_of(self, wanted: Wanted) -> Reach:
        if known := self._remembered.get(wanted):
            return known
        words = self.lexicon.numbers(wanted)
        names, summaries, bodies = (postings.holding(words) for postings in self._fields)
        reach = (names, names | summaries, names | summaries | bodies)
        if len(self._remembered) >= MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[wanted] = reach
        return reach


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
        if order := self._index.orders.get(self._query.sort):
            numbers = order.read(self._found, start, stop)
        else:
            numbers = []
            for bits in self._levels():
                here = bits.bit_count()
                if start < here and stop > 0:
                    numbers += numbers_in(bits, max(start, 0), min(stop, here))
                start, stop = start - here, stop - here
        return [self._index.keys[number] for number in numbers]

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
        bit = 1 << self._index.number(key)
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
