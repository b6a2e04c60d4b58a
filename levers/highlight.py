"""Where a text holds what was looked for. Pure: it cuts the text, the page writes the marks and escapes."""

from functools import lru_cache

from levers.words import WORD, fold, normal, stems

Piece = tuple[str, frozenset[str]]


def highlighted(text: str, forms: frozenset[str]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a word looked for.

    ``forms`` are those of ``levers/search.py``: a word is marked when search finds it,
    accents, plurals, beginnings and synonyms included. The pieces put together are
    the text, unchanged.
    """
    chunks = text.split(" ")
    concerned = [at for at, chunk in enumerate(chunks) if not forms.isdisjoint(_cut(chunk)[0])]
    found, plain, begin = [], "", 0
    for at in concerned:
        plain += "".join(f"{chunk} " for chunk in chunks[begin:at])
        for piece, its_forms in _cut(chunks[at])[1]:
            if forms.isdisjoint(its_forms):
                plain += piece
                continue
            found += [(plain, False), (piece, True)] if plain else [(piece, True)]
            plain = ""
        begin = at + 1
        plain += " " if begin < len(chunks) else ""
    plain += " ".join(chunks[begin:])
    return [*found, (plain, False)] if plain else found


@lru_cache(maxsize=16_384)
def _cut(chunk: str) -> tuple[frozenset[str], tuple[Piece, ...]]:
    """Return what stands between two spaces in pieces, each with the forms under which it may be looked for.

    « l’innovation, » has four. Their forms together come first: most chunks of a text
    have none that is looked for, and are left at once.
    """
    pieces, end = [], 0
    for match in WORD.finditer(chunk):
        plain = normal(match[0])
        pieces += [(chunk[end : match.start()], frozenset()), (match[0], frozenset((*stems(plain), fold(plain))))]
        end = match.end()
    pieces.append((chunk[end:], frozenset()))
    return frozenset().union(*(forms for _, forms in pieces)), tuple(pieces)
