"""French words as search understands them: folded, stemmed both ways, said without meaning. Pure.

Two traps decide the shape of this file (``docs/decisions/0005-search-in-the-process.md``).
Stemming first and removing accents afterwards loses one accented word in five when it
is typed without accents, so both orders are kept, for what is indexed and for what is
asked. And stemmers take some words for others, so a word with a digit is left whole
and a few words of the trade have their own form.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock

import snowballstemmer

EMPTY_WORDS = frozenset(
    (
        "a ai au aux avec c ce ces cet cette d dans de des du elle elles en es est et etes etre eux il ils j je l la "
        "le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas pour qu que quel quelle "
        "quelles quels qui s sa se ses si son sont suis sur t ta te tes toi ton tu un une vos votre vous y"
    ).split()
)
"""Words that never exclude anything, unless nothing else was typed."""

INTENTION_WORDS = frozenset(
    (
        "aide aider aidez aides argent avoir besoin besoins budget cherche cherchent chercher cherchez cherchons "
        "comment cree creer creez creons demande demander developper faire faut financement financements financer "
        "finance financons lance lancer lancons mener mettre monter montons obtenir payer peut peux pouvons projet "
        "projets realiser recevoir rechercher recherchons souhaite souhaiter souhaitons subventionner trouver trouvez "
        "veut veux voudrais voudrions voulons"
    ).split()
)
"""Words that say what one wants to do, not what about: they count only when nothing else is asked."""

OWN_FORMS = {"aidant": "aidant", "aidants": "aidant", "aidante": "aidant", "aidantes": "aidant"}
"""Folded words that the stemmer would take for others: to it, « aidant » is « aide »."""

WORD = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # an acronym with its points: A.R.S.
    r"|[^\W_ʼ]+(?:[\u0300-\u036f]+[^\W_ʼ]*)*"  # letters and digits, whether accents are apart or not
)
"""A word in a text as people write it; every apostrophe ends one."""

PLAIN = re.compile(r"[a-z0-9]+")
"""A word of a text without case or accents."""

COMBINING = re.compile("[\u0300-\u036f]+")
"""Accents on their own, once letters are taken apart."""

_STEMMER = snowballstemmer.stemmer("french")
_ONE_AT_A_TIME = Lock()
"""A stemmer keeps the word it works on in itself, and requests run in several threads."""


def normal(word: str) -> str:
    """Return a word in lower case, its accents kept, each letter written in one way."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKC", word).casefold()
    return unicodedata.normalize("NFC", plain).replace(".", "")


def fold(text: str) -> str:
    """Return a text without case or accents: « Été, ŒUVRE » and « ete, oeuvre » are the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("œ", "oe").replace("æ", "ae")
    return COMBINING.sub("", decomposed.replace("’", "'"))


def raw_words(text: str) -> list[str]:
    """Return the words of a text in lower case with their accents; « l’hôpital » gives « l » and « hôpital »."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return [normal(word) for word in WORD.findall(text)]


def entry_words(texts: Iterable[str]) -> str:
    """Return the distinct words of some texts, with their accents, as one line: what an entry keeps of a field."""
    return " ".join(dict.fromkeys(word for text in texts for word in raw_words(text)))


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[str, ...]:
    """Return the forms under which a word in lower case is known, all of them without accents.

    Stemmed then folded, folded then stemmed; and for the plurals that the stemmer
    leaves as they are (« emplois », « menus »), those of the singular. Two words are
    the same for search when they share a form.
    """
    folded = fold(word)
    if folded in OWN_FORMS:
        return (OWN_FORMS[folded],)
    if not folded.isalpha():
        return (folded,)
    with _ONE_AT_A_TIME:
        plain = _STEMMER.stemWord(folded)
        accented = plain if folded == word else fold(_STEMMER.stemWord(word))
    found = (plain,) if accented == plain else (plain, accented)
    if len(plain) > 3 and folded.endswith(("as", "is", "os", "us")) and plain == folded:
        found += tuple(form for form in stems(word[:-1]) if form not in found)
    return found


def is_empty(word: str) -> bool:
    """Tell whether a word carries no meaning of its own."""
    return fold(word) in EMPTY_WORDS


def is_intention(word: str) -> bool:
    """Tell whether a word says what one wants to do rather than what about."""
    return fold(word) in INTENTION_WORDS


def full_words(words: Sequence[str]) -> list[str]:
    """Return the words that carry a meaning; all of them when none does."""
    return [word for word in words if not is_empty(word)] or list(words)


def exact_name(text: str) -> str:
    """Return what is the same for two names that are the same: their words without case, accents or empty words."""
    found = PLAIN.findall(fold(text).replace(".", ""))
    return " ".join([word for word in found if word not in EMPTY_WORDS] or found)
