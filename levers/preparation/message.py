"""Reading a first message as the guide would: which words harm, what is missing, what is already good. Pure.

It is a help and not a judgement: it knows words, not intentions. A word that is denied
(« nous ne cherchons pas de label ») is not held against anybody, nor « partenariat »
where it is with a third party, or where a lever is named: the guide only reproaches
those who use it before they know what they could do together, and by which means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from levers.preparation.message_expected import EXPECTED, REGION, USEFUL
from levers.preparation.message_words import BOAST, PARTNERSHIP, WORDS
from levers.preparation.signs import Sign
from levers.words import fold

LONGEST = 8_000
"""Characters of a message that is read: more than three pages."""

SHORT, LONG = 40, 500
"""Words under which a message says too little, and above which nobody reads it to the end."""

QUOTES = 3
AROUND = 40
"""How many times the words are quoted, and how many characters of what stands around them."""

DENIED_WITHIN = 90
"""How far back, in characters, a denial may stand."""

SUBJECT = r"(?:nous|je|j'|vous|on|il|elle|ils|elles|notre)(?!\w)"
NEW_CLAUSE = re.compile(
    r"[.;:!?\n]|(?<!\w)(?:mais|cependant|toutefois)(?!\w)"
    rf"|(?:,|(?<!\w)(?:et|donc|car|puis|alors))\s*(?={SUBJECT})"
)
NO_DENIAL = re.compile(
    r"n'hesite\w* pas|pourquoi pas|(?:non|pas) (?:seulement|uniquement|simplement|que)|pas moins"
    r"|sans (?:doute|attendre|delai|tarder|plus attendre|precedent|equivalent)"
)
DENIAL = re.compile(
    r"(?<!\w)(?:pas|sans|aucune?|ni|jamais|non|plutot que|plutot qu'une?)(?!\w)"
    r"|(?<!\w)n(?:e |')[^,]{0,30}(?<!\w)plus(?!\w)"
)
DENIED_AFTER = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:n'est|n'etait|ne sont|ne serait|n'entre|ne fait) (?:pas|plus|nullement)"
)
WITH_OTHERS = re.compile(
    r"(?:\W+\w+){0,4}?\W+avec (?!vous|votre|vos|l'ars|l'agence|les ars|les agences|une ars|une agence|ars)\w"
)
ARTICLE = re.compile(r"(?<!\w)(?:le|la|l'|du|de|d'|dans|en|les|des|au|aux)[ '-]*$")
INTRODUCED = re.compile(r"(?<!\w)(?:en|region|departement)(?: du| de la| de l'| de| d')? ?$")
SMALL_NAME = 5
"""Letters up to which a name is also an everyday word, more often than not."""

SMALL = frozenset(("le la les l de du des d en et sur").split())


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the message as they were written, with a little of what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A point that was looked for, and the words found."""

    sign: Sign
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What is said of a message: words to change, what the guide expects, what would help, what is good."""

    words: tuple[Finding, ...]
    expected: tuple[Finding, ...]
    useful: tuple[Finding, ...]
    good: tuple[Finding, ...]
    length: int
    """How many words it has."""

    @property
    def is_short(self) -> bool:
        """Tell whether it says too little to be understood."""
        return self.length < SHORT

    @property
    def is_long(self) -> bool:
        """Tell whether it is longer than a page."""
        return self.length > LONG

    @property
    def to_change(self) -> int:
        """Return how many mistakes of the guide were seen."""
        return len(self.words) + len(self.expected)


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a message may cite: regions and departments, levers. They are the content's, not ours."""

    places: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()


NOTHING_KNOWN = Known()


class Text:
    """A message, its plain form without case or accents, and the way back from the second to the first."""

    def __init__(self, text: str):
        self.text = text
        parts = [(fold(character), place) for place, character in enumerate(text)]
        self.plain = "".join(part for part, _ in parts)
        self._places = [place for part, place in parts for _ in part]

    def written(self, start: int, end: int) -> str:
        """Return what was written where the plain form has this."""
        return self.text[self._places[start] : self._places[end - 1] + 1] if start < end else ""

    def quote(self, found: re.Match) -> Quote:
        """Return the words found, and what stands around them on the same line."""
        start, end = self._places[found.start()], self._places[found.end() - 1] + 1
        before = self.text[max(0, start - AROUND) : start].rpartition("\n")[2]
        after = self.text[end : end + AROUND].partition("\n")[0]
        cut_before, cut_after = len(before) == AROUND, len(after) == AROUND
        before = "… " + before.partition(" ")[2] if cut_before else before
        after = after.rpartition(" ")[0] + " …" if cut_after else after
        return Quote(before, self.text[start:end], after)


def review(message: str, known: Known = NOTHING_KNOWN) -> Review:
    """Return what the guide would say of a first message."""
    text = Text(message)
    expected, useful, good = [], [], []
    for signs, missing in ((EXPECTED, expected), (USEFUL, useful)):
        for sign in signs:
            quotes = _expected_in(sign, text, known)
            (good if quotes else missing).append(Finding(sign, quotes))
    return Review(
        words=tuple(finding for sign in WORDS if (finding := Finding(sign, _harm_in(sign, text, known))).quotes),
        expected=tuple(expected),
        useful=tuple(useful),
        good=tuple(good),
        length=len(re.findall(r"\w+", message)),
    )


def _harm_in(sign: Sign, text: Text, known: Known) -> tuple[Quote, ...]:
    """Return where the words of a sign stand and are meant."""
    if sign.key == PARTNERSHIP and next(_named(known.levers, text, acronyms=True), None):
        return ()
    found = sign.patterns[0].finditer(text.plain)
    meant = [match for match in found if not _is_excused(sign, text.plain, match)]
    return tuple(text.quote(match) for match in meant[:QUOTES])


def _is_excused(sign: Sign, plain: str, found: re.Match) -> bool:
    if sign.key == PARTNERSHIP and WITH_OTHERS.match(plain, found.end()):
        return True
    return sign.key != BOAST and _is_denied(plain, found)


def _is_denied(plain: str, found: re.Match) -> bool:
    """Tell whether the clause in which the words stand says that it is not so."""
    before = plain[max(0, found.start() - DENIED_WITHIN) : found.start()]
    clause = NEW_CLAUSE.split(before)[-1]
    return bool(DENIAL.search(NO_DENIAL.sub(" ", clause)) or DENIED_AFTER.match(plain, found.end()))


def _expected_in(sign: Sign, text: Text, known: Known) -> tuple[Quote, ...]:
    """Return the first words of each pattern of a sign; nothing unless all of them are there."""
    found = [pattern.search(text.plain) for pattern in sign.patterns]
    if all(found):
        return tuple(text.quote(match) for match in found)
    named = next(_named(known.places, text), None) if sign.key == REGION else None
    return (text.quote(named),) if named else ()


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern | None:
    longest_first = sorted({fold(name).strip() for name in names if name.strip()}, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\-", "[- ]").replace(r"\ ", "[- ]") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None


def _named(names: tuple[str, ...], text: Text, *, acronyms: bool = False) -> Iterator[re.Match]:
    """Yield where one of the names stands as a name.

    « Cher », « Lot » or « la réunion » are also words: a name that is a single word
    counts where it has its capital and, if short, where an article comes before it
    (« dans le Lot », not « Cher Monsieur »). Written small, it counts after « en » or
    « région » (« en occitanie »).
    """
    pattern = _names(names)
    for match in pattern.finditer(text.plain) if pattern else ():
        words = [word for word in re.findall(r"\w+", match.group()) if word not in SMALL]
        if len(words) > 1 or _is_a_name(text, match, acronyms):
            yield match


def _is_a_name(text: Text, match: re.Match, acronyms: bool) -> bool:
    written = text.written(match.start(), match.end())
    last = re.findall(r"\w+", written)[-1]
    if not last[0].isupper():
        return len(last) > SMALL_NAME and bool(INTRODUCED.search(text.plain[: match.start()]))
    if (
        len(last) > SMALL_NAME
        or (acronyms and last.isupper())
        or match.group().split("'")[0] in SMALL
        or " " in written
    ):
        return True
    return bool(ARTICLE.search(text.plain[: match.start()]))
