"""Which letter a move calls for, and which template serves among those that could. Pure."""

from collections.abc import Iterable, Mapping

from projects.procedures.types import Move
from projects.procedures.vocabulary import Party, Value

KEYS: Mapping[str, str] = {
    "grant": "Accord",
    "refuse": "Refus",
    "inadmissible": "Irrecevabilité",
    "acknowledgement": "Accusé de réception",
    "agreement": "Convention ou contrat",
    "correction": "Rectification d'une décision",
    "decision": "Autre décision",
}
"""What a template is for."""

OF_LETTERS = {
    "granted": "grant",
    "refused": "refuse",
    "inadmissible": "inadmissible",
    "signed": "agreement",
    "corrected": "correction",
}
"""Which template goes with the message that a move sends."""


def makes_document(move: Move) -> bool:
    """Tell whether a move signs a document of the portal: a decision that the agency's direction takes here.

    What the ministers or another body decided elsewhere is recorded, not signed again.
    """
    return move.decides and Party.DIRECTOR in move.by


def is_about_words(move: Move) -> bool:
    """Tell whether a move attests or signs the words of a decision: they must be those that the person saw."""
    return makes_document(move) or (bool(move.other_than) and not move.after_decision)


def key_for(move: Move, records: Mapping[str, Value]) -> str:
    """Return which template a move calls for: by its message, or by what was proposed where it is signed first."""
    if move.letter:
        return OF_LETTERS.get(move.letter, "decision")
    outcome = str(records.get("outcome") or "")
    return outcome if outcome in KEYS else "decision"


def best_of(templates: Iterable, procedure_key: str, body_id: int | None):
    """Return the template that is nearest: of the body and procedure, of the body, of the procedure, of all.

    A template has ``procedure_key`` and ``body_id``, both empty where it serves everywhere.
    """
    fitting = [one for one in templates if one.procedure_key in ("", procedure_key) and one.body_id in (None, body_id)]
    return max(fitting, key=lambda one: (one.body_id is not None, bool(one.procedure_key)), default=None)
