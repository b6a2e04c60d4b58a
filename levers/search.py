"""One meaning of a search: text, facets, counts and order, for page, feed and API alike.

Pure: entries in, an index out; a query in, a result out. No database feature is
used, so both engines give the same results in the same order. For each word and
each value of a facet the index knows the entries that hold it, as the bits of one
integer (``docs/decisions/0005-search-in-the-process.md``). When a few entries change,
the next index is made from this one in the time that the change takes.

``tests/levers/test_search.py`` compares it with a slow loop that says the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from levers.lexicon import Lexicon, Term, Wanted
from levers.postings import Order, Postings, Reach, counts_in, intersection, union
from levers.roll import Roll
from levers.vocabulary import Vocabulary
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


Labels = Mapping[str, Mapping[str, str]]
"""For each facet, the words that belong to each of its values: they find, in their body, the entries that hold it."""


class Index:
    """The entries of a catalogue, ready to be searched. Never changes: another content is another index."""

    def __init__(self, entries: Iterable[Entry], synonyms: Iterable[Sequence[str]] = (), labels: Labels | None = None):
        roll, _, marks = Roll().changed((), entries)
        self._settle(roll, Postings.of(marks, roll.size), labels or {})
        self._understand(Vocabulary(self._known()), synonyms)

    def changed(
        self, gone: Iterable[int], entries: Iterable[Entry], synonyms: Iterable[Sequence[str]], labels: Labels
    ) -> "Index":
        """Return what a new index of the changed entries would be, in the time that the change takes.

        ``gone`` are the keys of the entries that left or that others replace.
        """
        after = Index.__new__(Index)
        roll, left, marks = self._roll.changed(gone, entries)
        after._settle(roll, self._postings.changed(left, marks, roll.size), labels)
        before, now = self._known(), after._known()
        after._understand(self._vocabulary.changed(now - before, before - now), synonyms)
        return after

    def _settle(self, roll: Roll, postings: Postings, labels: Labels) -> None:
        self._roll, self._postings = roll, postings
        self.everything = roll.everything
        self._all_counts = {name: counts_in(self.everything, values) for name, values in roll.values.items()}
        self._labels: dict[str, list[tuple[str, str]]] = {}
        for name, words_of in labels.items():
            for value in roll.values.get(name, {}):
                for word in words_of.get(value, "").split():
                    self._labels.setdefault(word, []).append((name, value))

    def _understand(self, vocabulary: Vocabulary, synonyms: Iterable[Sequence[str]]) -> None:
        self._vocabulary = vocabulary
        self.lexicon = Lexicon(vocabulary, self._held, synonyms)
        self._remembered: dict[Wanted, Reach] = {}

    def _known(self) -> set[str]:
        return {*self._postings.words(), *self._labels}

    def _held(self, word: str) -> int:
        """Return how many entries hold a word."""
        return self._holding([word])[2].bit_count()

    def search(self, query: Query) -> "Result":
        """Return what a query finds: every term must be found, and every facet that has values satisfied."""
        text = query.text[:MAX_TEXT]
        terms = self.lexicon.understood(text)
        allowed = {
            name: union(self._roll.values.get(name, {}).get(value, 0) for value in values)
            for name, values in query.facets.items()
            if values
        }
        return Result(self, Query(text, query.facets, query.sort), terms, allowed)

    def bit(self, key: int) -> int:
        """Return an entry as a set of one."""
        return 1 << self._roll.numbers[key]

    def keys(self, numbers: Iterable[int]) -> list[int]:
        """Return the keys of entries given by number."""
        return [self._roll.keys[number] for number in numbers]

    def order(self, sort: str) -> Order:
        """Return an order by its name; the default one where there is none of this name."""
        return self._roll.orders.get(sort) or self._roll.orders[""]

    def counts(self, name: str, base: int) -> dict[str, int]:
        """Return how many entries of a set hold each value of a facet."""
        return dict(self._all_counts[name]) if base == self.everything else counts_in(base, self._roll.values[name])

    def facets(self) -> Iterable[str]:
        """Return the names of the facets that entries have."""
        return self._roll.values

    def called(self, text: str, terms: Sequence[Term]) -> int:
        """Return the entries whose whole name is what was typed, else what it was understood as."""
        read = " ".join(taken[0] if len(taken) == 1 else word for term in terms for word, taken in term.read)
        numbers = self._roll.names.get(exact_name(text)) or self._roll.names.get(exact_name(read)) or ()
        return union(1 << number for number in numbers)

    def reach(self, term: Term) -> Reach:
        """Return the entries that satisfy a term, in the fields down to each weight."""
        ways = [[self._reach_of(wanted) for wanted in way] for way in term.ways]
        return tuple(union(intersection(way[0][depth], (r[depth] for r in way)) for way in ways) for depth in range(3))

    def _reach_of(self, wanted: Wanted) -> Reach:
        if known := self._remembered.get(wanted):
            return known
        if len(self._remembered) >= MAX_REMEMBERED:
            self._remembered.clear()
        reach = self._remembered[wanted] = self._holding(self.lexicon.words(wanted))
        return reach

    def _holding(self, words: Collection[str]) -> Reach:
        """Return the entries that hold any of the words, themselves or through a value of a facet."""
        names, summaries, anywhere = self._postings.reach(words)
        for word in words:
            for name, value in self._labels.get(word, ()):
                anywhere |= self._roll.values[name][value]
        return names, summaries, anywhere


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
