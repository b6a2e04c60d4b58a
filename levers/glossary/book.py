"""What the pages and the JSON read of the words, kept as long as the content does not change."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from apist.kept import Kept
from levers.glossary.explain import Meaning, Words, spellings, words_of
from levers.models import Term
from levers.words import exact_name, fold, full_words, raw_words, stems

ANY_DAY = date.min
SHORTEST_BEGINNING = 3
"""From how many letters a word that is being typed finds those that begin with it."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A word of the glossary, and what search compares it with."""

    term: Term
    known: frozenset[str]
    """The forms under which its words are the same for search."""
    words: frozenset[str]

    @property
    def letter(self) -> str:
        """Return the letter under which one looks for it."""
        return fold(self.term.acronym)[0].upper()

    @property
    def aliases(self) -> list[str]:
        """Return the other ways of writing it."""
        return [line.strip() for line in self.term.aliases.split("\n") if line.strip()]

    def answers(self, word: str) -> bool:
        """Tell whether a word of a question is one of its own, or begins one."""
        if not self.known.isdisjoint(stems(word)):
            return True
        start = fold(word)
        return len(start) >= SHORTEST_BEGINNING and any(own.startswith(start) for own in self.words)


@dataclass(frozen=True, eq=False)
class Glossary:
    """Every word, by letter then by acronym, whatever the base sorts by."""

    token: int
    entries: tuple[Entry, ...]
    since: date = ANY_DAY
    until: date | None = None

    @cached_property
    def words(self) -> Words:
        """Return the acronyms to develop in pages: none that has two meanings, none that curators set aside."""
        return words_of(meanings(entry.term for entry in self.entries))

    def search(self, text: str) -> list[Entry]:
        """Return the words of which every word of a question is one; all of them for an empty question."""
        asked = full_words(raw_words(text))
        if not asked:
            return [] if text.strip() else list(self.entries)
        return [entry for entry in self.entries if all(entry.answers(word) for word in asked)]


def meanings(terms: Iterable[Term]) -> dict[str, Meaning]:
    """Return what each spelling stands for in pages; several terms under one spelling leave it undeveloped."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for spelling in dict.fromkeys(spellings(term.acronym, map(str.strip, term.aliases.split("\n")))):
            found[spelling].append(term)
    kept = {}
    for spelling, owners in found.items():
        developed = len(owners) == 1 and owners[0].explained
        if not developed and spelling.islower():
            continue  # a plain word that hides no acronym: looking for it everywhere would only take time
        kept[spelling] = Meaning(owners[0].slug, owners[0].meaning if developed else "")
    return kept


def entry_of(term: Term) -> Entry:
    """Return a term with the words by which it is found."""
    texts = (term.acronym, term.aliases, term.meaning, term.field, term.text)
    words = {word for text in texts for word in raw_words(text)}
    known = {form for word in words for form in stems(word)}
    return Entry(term, frozenset(known), frozenset(map(fold, words)))


def read_glossary(at: date = ANY_DAY, token: int = 0, last: Glossary | None = None) -> Glossary:
    """Read the words: one statement."""
    terms = sorted(Term.objects.select_related("source"), key=lambda term: (fold(term.acronym), term.slug))
    return Glossary(token=token, entries=tuple(entry_of(term) for term in terms))


_KEPT: Kept[Glossary] = Kept(read_glossary)


def current_glossary(token: int) -> Glossary:
    """Return the words as they were when ``token`` was read, or newer."""
    return _KEPT.get(ANY_DAY, token)


def forget_glossary() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()


def by_letter(entries: Sequence[Entry]) -> list[tuple[str, list[list[Entry]]]]:
    """Return words under their letter, those that are written alike together."""
    return [
        (letter, [list(alike) for _, alike in groupby(under, key=lambda entry: exact_name(entry.term.acronym))])
        for letter, under in groupby(entries, key=lambda entry: entry.letter)
    ]
