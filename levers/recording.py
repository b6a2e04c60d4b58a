"""What may be kept of a search that found nothing, and for how long. Pure.

Curators need the words; nobody needs to know who typed them. So a text is reduced to
its significant words, and one that could name somebody is not kept at all. In doubt
nothing is kept: a count that is a little low harms nobody.
"""

import re
import unicodedata
from datetime import date

from levers.words import fold, full_words, is_intention, raw_words

WORDS_KEPT, LENGTH_KEPT = 8, 80
MONTHS_KEPT = 12
ROWS_A_MONTH = 1_000
"""Distinct texts in a month: nobody fills the base, and curators read no more anyway."""

ADDRESSES = re.compile(r"@|://|\bwww\.")
LONG_NUMBER = re.compile(r"\d(?:[\W_]*\d){4}")
"""Five digits, whatever stands between them: telephone, social security, SIRET, postcode, date of birth."""
TITLES = frozenset("mr mme mlle monsieur madame mademoiselle dr docteur pr professeur".split())
TITLE = re.compile(r"\bm\.\s*\w")
"""« M. Untel »; « m » alone is what is left of « m'installer »."""


def looks_personal(text: str) -> bool:
    """Tell whether a text could say who somebody is: an address, a long number, a name after its title."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if ADDRESSES.search(plain) or LONG_NUMBER.search(plain) or TITLE.search(plain):
        return True
    return any(fold(word) in TITLES for word in raw_words(plain))


def words_kept(text: str) -> str:
    """Return the significant words of a text, folded, each once: eight at most, eighty characters at most."""
    full = full_words(raw_words(text))
    significant = [word for word in full if not is_intention(word)] or full
    kept = ""
    for word in list(dict.fromkeys(map(fold, significant)))[:WORDS_KEPT]:
        longer = f"{kept} {word}".strip()
        if len(longer) <= LENGTH_KEPT:
            kept = longer
    return kept


def first_month_kept(today: date) -> date:
    """Return the first day of the oldest month that is not forgotten: this one and the eleven before it stay."""
    months = today.year * 12 + today.month - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)
