"""The article before the name of an administration or of an organisation: « de l'Agence… », « du Groupement… ». Pure.

The first word of a name says its gender; a name that begins with none of these words (a proper name, a person) takes
no article, only the elision of « de ».
"""

import re

from levers.words import fold

FEMININE = frozenset(
    "agence ars association assurance caisse clinique cnam cnsa collectivité communauté commune coopérative cpam cpts "
    "dgos direction drees école équipe fédération fondation has haute maison métropole mission msp mutualité mutuelle "
    "pharmacie plateforme polyclinique région résidence société union unité université urps ville".split()
)
MASCULINE = frozenset(
    "cabinet centre ch chu collectif comité conseil département ehpad esat établissement foyer gcs ght gip grades "
    "groupe groupement had hôpital hospitalisation institut laboratoire ministère office organisme pôle réseau service "
    "sessad ssiad syndicat".split()
)
PLURAL = frozenset("hospices hôpitaux services".split())
VOWELS = "aàâeéèêëiîïoôœuùû"
MUTE_H = frozenset("had hôpital hospitalisation".split())
"""Words in h before which « le » and « la » lose their vowel."""

CONTRACTED = {"de": ("du ", "des "), "à": ("au ", "aux ")}
"""What « de le », « de les »… become."""

ARTICLE = re.compile(r"^(?:(?:la|le|les) |l['’])", re.IGNORECASE)

CALLS = re.compile(r"(?:^|[\s(])(de|à|par|entre|et|avec|devant|pour|chez)[ \u00a0]$", re.IGNORECASE)
"""What, right before a name in a sentence, calls for its article."""
BEGINS = re.compile(r"(?:^|\n)(?:- )?$")
GOES_ON = re.compile(r" [a-zà-öø-ÿ]")
"""What follows a name that is the subject of its sentence, and no heading."""


def article_of(name: str) -> str:
    """Return « l' », « la », « le » or « les » with what parts it from the name; empty where the name takes none."""
    word = re.split(r"[\s,.()’']", name.strip(), maxsplit=1)[0].lower()
    if word in PLURAL:
        return "les "
    if word not in FEMININE | MASCULINE:
        return ""
    if word[0] in VOWELS or word in MUTE_H:
        return "l'"
    return "la " if word in FEMININE else "le "


def the(name: str) -> str:
    """Return « l'Agence régionale de santé Guadeloupe »."""
    return f"{article_of(name)}{name}"


def opening(name: str) -> str:
    """Return the same at the beginning of a sentence."""
    return _capital(the(name))


def of(name: str) -> str:
    """Return « de l'Agence… », « du Groupement… », « des Hospices… », « d'Alice »."""
    return after("de", name)


def after(preposition: str, name: str) -> str:
    """Return a name after « de », « à », « par »…, contracted and elided as it should, the preposition's case kept."""
    article, word = article_of(name), preposition.lower()
    if article in ("le ", "les ") and word in CONTRACTED:
        said = f"{CONTRACTED[word][article == 'les ']}{name}"
    elif word == "de" and not article and name.startswith(tuple(VOWELS + VOWELS.upper())):
        said = f"d'{name}"
    else:
        said = f"{word} {article}{name}"
    return said if preposition[:1].islower() else _capital(said)


def sorting(name: str) -> str:
    """Return a name as an alphabetical list ranks it: without its own article, its accents and its capitals."""
    return fold(ARTICLE.sub("", name))


def placed(before: str, name: str, then: str) -> tuple[str, str]:
    """Return what is written before a name, and the name with its article where the sentence calls for one.

    ``before`` and ``then``: the words of the template on both sides, since the last variable and until the next.
    """
    if found := CALLS.search(before):
        return before[: found.start(1)], after(found[1], name)
    if BEGINS.search(before) and GOES_ON.match(then):
        return before, opening(name)
    return before, name


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
