"""One meaning of a search: text, facets, counts and order, for page, feed and API alike.

Pure: entries in, an index out; a query in, a result out. No database feature is
used, so both engines give the same results in the same order. For each word and
each value of a facet the index knows the entries that hold it, as the bits of one
integer (``docs/decisions/0005-search-in-the-process.md``). When a few entries change,
the next index is made from this one in the time that the change takes.

``tests/levers/test_search.py`` compares it with a slow loop that says the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from levers.lexicon import Lexicon, Term, Wanted
from levers.postings import Order, Postings, Reach, counts_in, intersection, union
from levers.results import Query, Result
from levers.roll import Roll
from levers.vocabulary import Vocabulary
from levers.words import exact_name

MAX_TEXT = 200
"""How many characters of a text are read: none makes the process work longer than that."""

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

    def search(self, query: Query) -> Result:
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
