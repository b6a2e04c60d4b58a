"""How a document is called, and the words that go with it: a decision, an agreement, an amendment, a receipt. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from projects.letters.choosing import ACKNOWLEDGEMENT, AGREEMENT, AMENDMENT, CONTINUATION


@dataclass(frozen=True, slots=True)
class Name:
    """A document in words. ``of``: after « lire » or « télécharger »; ``signed``: how its signature begins."""

    title: str
    the: str
    replaces: str
    signed: str
    appeal: str
    is_feminine: bool = True


DECISION_NAME = Name(
    "Décision", "la décision", "Cette décision rectifie la décision n°", "Signée sur le portail", "Comment contester"
)
NAMES: Mapping[str, Name] = {
    AGREEMENT: Name(
        "Convention",
        "la convention",
        "Cette convention remplace la convention n°",
        "Signée pour l'agence sur le portail",
        "En cas de désaccord",
    ),
    AMENDMENT: Name(
        "Avenant",
        "l'avenant",
        "Cet avenant remplace l'avenant n°",
        "Signé pour l'agence sur le portail",
        "En cas de désaccord",
        is_feminine=False,
    ),
    CONTINUATION: Name(
        "Avenant annuel",
        "l'avenant annuel",
        "Cet avenant remplace l'avenant n°",
        "Signé pour l'agence sur le portail",
        "En cas de désaccord",
        is_feminine=False,
    ),
    ACKNOWLEDGEMENT: Name(
        "Accusé de réception",
        "l'accusé de réception",
        "Cet accusé remplace l'accusé n°",
        "Envoyé sur le portail",
        "Si l'agence refuse, ou ne répond pas",
        is_feminine=False,
    ),
}


def name_of(key: str) -> Name:
    """Return how a document is called, by what its template is for; a decision unless told otherwise."""
    return NAMES.get(key, DECISION_NAME)
