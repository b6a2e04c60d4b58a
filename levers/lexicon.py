"""What a catalogue knows of words: which it holds, which are slips of the pen, which expressions mean the same.

Pure. A text goes in, terms come out; ``levers/search.py`` then looks for them. The
synonyms are those of the curators: groups of expressions of one or more words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from levers.vocabulary import Vocabulary
from levers.words import EMPTY_WORDS, INTENTION_WORDS, fold, full_words, is_empty, is_intention, raw_words, stems

PREFIX_LENGTH = 3
"""From this length on a word also finds the longer words that it begins."""

SHORT, LONG = 4, 8
"""From four letters on one slip is forgiven, from eight on two."""

MAX_TAKEN = 3
"""How many known words are taken for one that nobody knows."""

MAX_REMEMBERED = 256
"""How many slips are remembered with what was taken for them."""

ALIKE = 0.65
"""How alike a known word must be to be offered instead of one that finds nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word looked for: by any of its forms and, when it was typed, as the beginning of longer ones."""

    forms: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a text asks.

    ``ways`` are the ways to satisfy it, each a list of words all of which must be
    found; ``read`` says, word by word, how what was typed is read.
    """

    typed: str
    ways: tuple[tuple[Wanted, ...], ...]
    read: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def said(self) -> str:
        """Return the term as it was understood, in words for the reader."""
        slips = any((word,) != taken for word, taken in self.read)
        return " ".join(" ou ".join(taken) or word for word, taken in self.read) if slips else self.typed


@dataclass(frozen=True, slots=True)
class _Place:
    """One word of a text, at its place, and the known words that it may stand for."""

    at: int
    typed: str
    options: tuple[str, ...]

    @property
    def is_intention(self) -> bool:
        return bool(self.options) and all(is_intention(word) or is_empty(word) for word in self.options)


class Lexicon:
    """The words of a catalogue, each with the number of entries that hold it, and the synonyms of the curators."""

    def __init__(self, vocabulary: Vocabulary, count: Callable[[str], int], synonyms: Iterable[Sequence[str]] = ()):
        """``count`` tells how many fields of entries hold a word."""
        self._vocabulary, self._held = vocabulary, count
        self.expressions: list[tuple[str, tuple[str, ...], tuple]] = []
        self._starting: dict[str, list[int]] = {}
        self._slips: dict[str, tuple[str, ...]] = {}
        for group in synonyms:
            self._learn(group)
        self._curated = {fold(word): word for _, words, _ in self.expressions for word in words}
        self._curated_forms = {form for word in self._curated.values() for form in stems(word)}

    def _learn(self, group: Sequence[str]) -> None:
        spelled = [(text, tuple(full_words(raw_words(text)))) for text in group]
        ways = tuple(dict.fromkeys(tuple(Wanted(stems(word)) for word in words) for _, words in spelled if words))
        for text, words in spelled:
            if words:
                for form in stems(words[0]):
                    self._starting.setdefault(form, []).append(len(self.expressions))
                self.expressions.append((text, words, ways))

    def words(self, wanted: Wanted) -> set[str]:
        """Return the known words that a wanted word finds."""
        found = {word for form in wanted.forms for word in self._vocabulary.with_form(form)}
        for folded in self._vocabulary.beginning_with(wanted.prefix):
            found.update(self._vocabulary.spellings(folded))
        return found

    def forms(self, wanted: Wanted) -> set[str]:
        """Return what a page may highlight: the forms, and the whole words that a beginning finds."""
        return {*wanted.forms, *self._vocabulary.beginning_with(wanted.prefix)}

    def understood(self, text: str) -> tuple[Term, ...]:
        """Return what a text asks: expressions that curators know first, then the words that say what about.

        Empty words are left out unless the text has nothing else, and intentions as
        soon as something else is asked.
        """
        typed = raw_words(text)
        kept = set(full_words(typed))
        places = [_Place(at, word, self._options(word)) for at, word in enumerate(typed) if word in kept]
        parts: list[Term | _Place] = []
        while places:
            length, term = self._expression(typed, places)
            parts.append(term or places[0])
            places = places[max(length, 1) :]
        objects = [part for part in parts if isinstance(part, Term) or not part.is_intention] or parts
        terms = [part if isinstance(part, Term) else self._word(part) for part in objects]
        return tuple({term.ways: term for term in reversed(terms)}.values())[::-1]

    def _options(self, word: str) -> tuple[str, ...]:
        """Return the known words that a typed word may stand for: itself, unless nobody knows it."""
        known = is_empty(word) or is_intention(word)
        known = known or any(self._vocabulary.with_form(form) or form in self._curated_forms for form in stems(word))
        if known or self._vocabulary.beginning_with(_prefix(word)):
            return (word,)
        folded = fold(word)
        near = self._slips.get(folded)
        if near is None:
            near = self._nearest(folded)
            if len(self._slips) >= MAX_REMEMBERED:
                self._slips.clear()
            self._slips[folded] = near
        return near

    def _expression(self, typed: list[str], places: list[_Place]) -> tuple[int, Term | None]:
        """Return the longest known expression with which these places begin, and how many of them it takes."""
        forms = {form for word in places[0].options for form in stems(word)}
        starts = {number for form in forms for number in self._starting.get(form, ())}
        longest, read, ways = 0, (), {}
        for number in sorted(starts):
            _, words, said = self.expressions[number]
            if not longest <= len(words) <= len(places):
                continue
            taken = tuple(_taken(place.options, word) for place, word in zip(places, words, strict=False))
            if not all(taken):
                continue
            if len(words) > longest:
                longest, read, ways = len(words), taken, {}
            ways |= dict.fromkeys(said)
        if not longest:
            return 0, None
        own = tuple(_wanted(word) for word in read)
        whole = " ".join(typed[places[0].at : places[longest - 1].at + 1])
        pairs = tuple((place.typed, (word,)) for place, word in zip(places, read, strict=False))
        return longest, Term(whole, (own, *(way for way in ways if way != own)), pairs)

    def _word(self, place: _Place) -> Term:
        if place.options == (place.typed,):
            return Term(place.typed, ((_wanted(place.typed),),), ((place.typed, place.options),))
        taken = tuple(word for word in place.options if self._count(fold(word)))[:MAX_TAKEN]
        ways = tuple((Wanted(stems(word)),) for word in taken) or ((_wanted(place.typed),),)
        return Term(place.typed, ways, ((place.typed, taken),))

    def _nearest(self, folded: str) -> tuple[str, ...]:
        """Return the known words nearest to one that nobody knows, those that most entries hold first.

        One slip is forgiven (a letter more, less, changed, or two exchanged), two from
        eight letters on; none in a short word or in one with a digit.
        """
        if len(folded) < SHORT or not folded.isalpha():
            return ()
        allowed = 2 if len(folded) >= LONG else 1
        near: dict[int, list[str]] = {}
        for length in range(len(folded) - allowed, len(folded) + allowed + 1):
            choices = self._by_length.get(length, ())
            for word, distance, _ in process.extract(
                folded, choices, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None
            ):
                near.setdefault(distance, []).append(word)
        nearest = sorted(near[min(near)], key=lambda word: (-self._count(word), word)) if near else ()
        return tuple(map(self._spelled, nearest))

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        others = sorted(self._curated.keys() | EMPTY_WORDS | INTENTION_WORDS)
        for word in dict.fromkeys((*self._vocabulary.folded, *others)):
            found.setdefault(len(word), []).append(word)
        return found

    def _count(self, folded: str) -> int:
        return sum(map(self._held, self._vocabulary.spellings(folded)))

    def _spelled(self, folded: str) -> str:
        """Return a word with its accents, as most entries write it."""
        spellings = self._vocabulary.spellings(folded)
        if len(spellings) > 1:
            return max(spellings, key=lambda word: (self._held(word), word))
        return spellings[0] if spellings else self._curated.get(folded, folded)

    def alike(self, typed: str) -> list[str]:
        """Return the words and expressions that resemble one that finds nothing, the most alike first."""
        folded, forms = fold(typed), frozenset(form for word in raw_words(typed) for form in stems(word))
        score = OSA.normalized_similarity
        known = self._vocabulary.folded
        found = process.extract(folded, known, scorer=score, processor=None, score_cutoff=ALIKE, limit=None)
        near = [(-likeness, self._spelled(word)) for word, likeness, _ in found]
        for text, words, _ in self.expressions:
            shared = any(form in forms for word in words for form in stems(word))
            likeness = 1 if shared else score(folded, fold(text))
            if likeness >= ALIKE and fold(text) != folded:
                near.append((-likeness, text))
        return list(dict.fromkeys(text for _, text in sorted(near)))


def _prefix(word: str) -> str:
    folded = fold(word)
    return folded if len(folded) >= PREFIX_LENGTH and not folded.isdecimal() else ""


def _wanted(word: str) -> Wanted:
    return Wanted(stems(word), _prefix(word))


def _taken(options: tuple[str, ...], word: str) -> str:
    """Return the first of the words that a place may stand for that is a given one, or nothing."""
    forms = stems(word)
    return next((option for option in options if any(form in forms for form in stems(option))), "")
