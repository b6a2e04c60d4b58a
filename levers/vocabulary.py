"""The words of a catalogue, found by their forms or by how they begin. Pure; a change of words is a copy."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from levers.words import fold, stems

LAST = "\U0010ffff"


class Vocabulary:
    """Words as entries spell them; that most are their own letters without accents is not written down for each."""

    def __init__(self, words: Iterable[str] = ()):
        self._by_form: dict[str, str | tuple[str, ...]] = {}
        spelled: dict[str, tuple[str, ...]] = {}
        for word in words:
            folded = self._learn_forms(word)
            spelled[folded] = (*spelled.get(folded, ()), word)
        self.folded = sorted(spelled)
        self._spelled = {folded: words for folded, words in spelled.items() if words != (folded,)}

    def _learn_forms(self, word: str) -> str:
        """Take the forms of a word in and return its letters."""
        for form in stems(word):
            known = self._by_form.get(form)
            self._by_form[form] = word if known is None else (*_listed(known), word)
        folded = fold(word)
        return word if folded == word else folded

    def changed(self, added: Iterable[str], lost: Iterable[str]) -> "Vocabulary":
        """Return the same with some words more and others less."""
        after = Vocabulary()
        after._spelled, after._by_form, after.folded = dict(self._spelled), dict(self._by_form), list(self.folded)
        for word in lost:
            after._forget(word)
        for word in added:
            folded = after._learn_forms(word)
            spellings = (*after.spellings(folded), word)
            if len(spellings) == 1:
                insort(after.folded, folded)
            if spellings != (folded,):
                after._spelled[folded] = spellings
        return after

    def _forget(self, word: str) -> None:
        for form in stems(word):
            left = tuple(other for other in _listed(self._by_form[form]) if other != word)
            if left:
                self._by_form[form] = left if len(left) > 1 else left[0]
            else:
                del self._by_form[form]
        folded = fold(word)
        left = tuple(other for other in self.spellings(folded) if other != word)
        self._spelled.pop(folded, None)
        if not left:
            del self.folded[bisect_left(self.folded, folded)]
        elif left != (folded,):
            self._spelled[folded] = left

    def with_form(self, form: str) -> tuple[str, ...]:
        """Return the words that have a form."""
        return _listed(self._by_form.get(form, ()))

    def spellings(self, folded: str) -> tuple[str, ...]:
        """Return the words that are these letters once their accents are left out."""
        if known := self._spelled.get(folded):
            return known
        at = bisect_left(self.folded, folded)
        return (folded,) if at < len(self.folded) and self.folded[at] == folded else ()

    def beginning_with(self, prefix: str) -> list[str]:
        """Return the letters of the words that begin so; nothing for an empty beginning."""
        if not prefix:
            return []
        return self.folded[bisect_left(self.folded, prefix) : bisect_left(self.folded, prefix + LAST)]


def _listed(words: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a form: one alone is kept without its list, thousands of times."""
    return (words,) if isinstance(words, str) else words
