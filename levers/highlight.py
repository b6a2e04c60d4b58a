"""Where a text holds what was looked for. Pure: it cuts the text, the page writes the marks and escapes."""

from functools import lru_cache

from levers.words import WORD, fold, normal, stems


def highlighted(text: str, forms: frozenset[str]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a word looked for.

    ``forms`` are those of ``levers/search.py``: a word is marked when search finds it,
    accents, plurals, beginnings and synonyms included. The pieces put together are
    the text, unchanged.
    """
    if not forms:
        return [(text, False)]
    pieces, end = [], 0
    for match in WORD.finditer(text):
        if not forms.isdisjoint(_forms(match[0])):
            start = match.start()
            if start > end:
                pieces.append((text[end:start], False))
            end = match.end()
            pieces.append((match[0], True))
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


@lru_cache(maxsize=16_384)
def _forms(word: str) -> tuple[str, ...]:
    """Return every form under which a word as written may have been looked for."""
    plain = normal(word)
    return (*stems(plain), fold(plain))
