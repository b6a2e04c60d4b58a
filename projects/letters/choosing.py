"""Which letter a move calls for, and which template serves among those that could. Pure."""

from collections.abc import Iterable, Mapping

from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import Party, Value

KEYS: Mapping[str, str] = {
    "grant": "Accord",
    "refuse": "Refus",
    "inadmissible": "Irrecevabilité",
    "acknowledgement": "Accusé de réception",
    "agreement": "Convention ou contrat",
    "amendment": "Avenant",
    "continuation": "Avenant annuel",
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


AGREEMENT, AMENDMENT, ACKNOWLEDGEMENT = "agreement", "amendment", "acknowledgement"
CONTINUATION = "continuation"
"""The amendment that opens another year of an aid."""

DECISION = "decision"
"""The sort of everything that is a decision, whatever its template: a dossier has one draft a sort."""

SORTS: Mapping[str, str] = {
    DECISION: "Décision",
    AGREEMENT: "Convention",
    AMENDMENT: "Avenant",
    CONTINUATION: "Avenant annuel",
}
"""Of what words are prepared."""

SETTLED = frozenset({AGREEMENT, AMENDMENT, CONTINUATION})
"""What two sides agree on: a dispute over it is no appeal against a decision."""

DOCUMENTS = SETTLED | {ACKNOWLEDGEMENT}
"""What is numbered and frozen as a decision is, and is none."""

UNSIGNED = frozenset({ACKNOWLEDGEMENT})
"""What an officer sends: it decides nothing, nobody signs it, and it takes no number of the year."""


def makes_document(move: Move) -> bool:
    """Tell whether a move makes a document of the portal: what the agency's direction signs here, or an officer sends.

    Or what the body that the move names signs. What the ministers or another body decided elsewhere is recorded, not
    signed again.
    """
    by_the_agency = (move.decides or bool(move.wording)) and Party.DIRECTOR in move.by
    return move.wording in UNSIGNED or move.signs_for is not None or by_the_agency


def sort_of(move: Move) -> str:
    """Return which draft the words of a move come from."""
    return move.wording or DECISION


def is_about_words(move: Move) -> bool:
    """Tell whether a move attests or signs the words of a decision: they must be those that the person saw."""
    if move.wording in UNSIGNED:
        return False
    return makes_document(move) or bool(move.wording) or (bool(move.other_than) and not move.after_decision)


def is_handed_over(procedure: Procedure, stage: str, sort: str) -> bool:
    """Tell whether, at a stage, words of a sort are out to be signed: they change no more until they are taken back."""
    moves = [move for move in procedure.moves if move.wording == sort]
    return any(move.sends for move in moves) and any(stage in move.from_stages and not move.sends for move in moves)


def key_for(move: Move, records: Mapping[str, Value]) -> str:
    """Return which template a move calls for: by its message, or by what was proposed where it is signed first."""
    if move.wording:
        return move.wording
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
