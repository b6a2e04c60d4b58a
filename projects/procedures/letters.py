"""What the applicant is told when a dossier moves, by the key that a move names. Pure.

A mail says what happened in a sentence and leads to the portal; it holds nothing that was written there.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A message. ``legal``: it leaves whatever the preferences; ``after_decision``: never without a decision."""

    subject: str
    sentences: tuple[str, ...]
    legal: bool = False
    after_decision: bool = False


LETTERS: Mapping[str, Letter] = {
    "received": Letter(
        "Votre envoi est reçu",
        (
            "Votre envoi est reçu : il est daté, numéroté et conservé tel quel.",
            "Le récépissé est sur la page du dossier.",
        ),
        legal=True,
    ),
    "meeting": Letter("Une date d'échange est proposée", ("L'agence propose une date d'échange.",)),
    "oriented": Letter(
        "Votre demande est orientée",
        ("L'agence vous oriente vers un autre levier ou une autre personne. Ce que vous avez écrit peut y servir.",),
    ),
    "concluded": Letter("L'échange est terminé", ("La conclusion de l'échange est sur la page du dossier.",)),
}
