"""What a preparation is made of: a point to check, why, where it is said, where to find what is missing. Pure."""

from dataclasses import dataclass

GUIDE = "apist-guide-2020"
"""The founding document that gives the six conditions, by its slug among the sources of the portal."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where something is read: a source of the portal by its slug, or a public page by its title and address.

    ``sure`` is False where the founding documents are silent: the page then says « à vérifier ».
    """

    locator: str
    source: str = GUIDE
    title: str = ""
    url: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the portal where what is missing can be found."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a preparation: what to have, what it means, why, where it is said, where to find it."""

    key: str
    label: str
    meaning: str
    why: str
    said: Said
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the six conditions: a short page, then its points."""

    slug: str
    title: str
    short: str
    intro: str
    said: Said
    items: tuple[Item, ...]


DIRECTORY = Place("L'annuaire : à qui parler, région par région", "/annuaire/")
POLICIES = Place("Les textes et stratégies, datés", "/textes-et-strategies/")
EXPERIMENTS = Place("Les expérimentations en cours et leurs porteurs", "/experimentations/")
CALLS = Place("Les appels, ouverts et à venir", "/appels/")
DIAGNOSTIC = Place("Suis-je concerné ? Les leviers possibles en quelques questions", "/diagnostic/")
LEVERS = Place("Les fiches des leviers", "/leviers/")
BUYING = Place("Commande publique : quelle procédure ?", "/commande-publique/")
MESSAGE = Place("Relire mon premier message", "/preparer/message/")
DIGITAL = Place("La liste des règles du numérique", "/preparer/numerique/")
GROUP = Place("Former un groupe", "/preparer/former-un-groupe/")
