"""The words of the document that is being prepared: who may write them, when, and from which template."""

from dataclasses import dataclass
from datetime import datetime

from projects.engine.decisions import content_of, corrected
from projects.engine.door import Refused
from projects.engine.people import Actor
from projects.engine.reading import Known, known
from projects.engine.recording import act_on
from projects.engine.wording import digest_of_words, from_template, recorded
from projects.letters.choosing import AGREEMENT, DECISION, is_handed_over, key_for, makes_document, sort_of
from projects.models import DecisionDraft, Dossier, JournalEntry
from projects.procedures.conditions import Refusal
from projects.procedures.types import Move, Procedure
from projects.rights.table import Act

LOCKED = Refusal(
    "words-locked",
    "Le texte est vérifié ou signé : il ne change plus. Faites d'abord renvoyer le dossier à l'instruction.",
)
SENT = Refusal(
    "words-sent", "Le texte est parti à la signature : il ne change plus. Reprenez d'abord la convention envoyée."
)
CHANGED = Refusal(
    "words-changed", "Quelqu'un a modifié le texte pendant que vous l'écriviez. Comparez, puis enregistrez."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wrote. ``seen``: the version that was on the page, 0 where there was none."""

    subject: str
    text: str
    seen: int


def fixed_because(dossier: Dossier, sort: str) -> Refusal | None:
    """Return why the words of a document may no longer change; None while they may.

    A decision: once the lawyer attested it, or while its notification is due. An agreement: while it is out to be
    signed.
    """
    if is_handed_over(dossier.procedure, dossier.stage, sort):
        return SENT
    if sort != DECISION:
        return None
    attested = any(makes_document(move) and move.other_than for move in dossier.procedure.moves_from(dossier.stage))
    return LOCKED if attested or dossier.decisions.filter(notice=None).exists() else None


def may_change(dossier: Dossier, sort: str = DECISION) -> bool:
    """Tell whether the words of a document may still change."""
    return fixed_because(dossier, sort) is None


def write_draft(dossier_id: int, words: Wording, actor: Actor, at: datetime, sort: str = DECISION) -> DecisionDraft:
    """Keep the words of a document; :class:`Refused` once they are fixed, or where they changed meanwhile."""
    with act_on(dossier_id, Act.WRITE_LETTER, actor, at) as desk:
        if reason := fixed_because(desk.dossier, sort):
            raise Refused((reason,))
        draft = desk.dossier.drafts.filter(sort=sort).first()
        draft = draft or DecisionDraft(dossier=desk.dossier, sort=sort, version=0)
        if draft.version != words.seen:
            raise Refused((CHANGED,))
        draft.subject, draft.text, draft.written_at = words.subject, words.text, at
        draft.version += 1
        draft.save()
        data = {"version": draft.version, "sha256": digest_of_words(draft)}
        desk.write(JournalEntry.Kind.LETTER, data if sort == DECISION else data | {"sort": sort})
        return draft


def deciding_move(procedure: Procedure, stage: str, sort: str = DECISION) -> Move | None:
    """Return the move that would sign the words that are prepared at a stage; None where nothing is signed here."""
    every = [move for move in procedure.moves if makes_document(move) and sort_of(move) == sort]
    here = [move for move in every if stage in move.from_stages]
    return min(here or every, key=lambda move: not move.other_than, default=None)


def state_for(dossier: Dossier, at: datetime, sort: str = DECISION) -> Known:
    """Return what is known of a dossier, with what an amendment that waits would give."""
    move = deciding_move(dossier.procedure, dossier.stage, sort)
    return known(dossier, at, move=move.key) if move and move.amends else known(dossier, at)


def words_for(state: Known, sort: str = DECISION, *, afresh: bool = False) -> tuple[str, str, int]:
    """Return the subject, the words and the version of the draft; those of the template where there is none.

    ``afresh``: those of the template, whatever the draft says.
    """
    draft = state.dossier.drafts.filter(sort=sort).first()
    seen = draft.version if draft else 0
    if draft and not afresh:
        return draft.subject, draft.text, seen
    move = deciding_move(state.dossier.procedure, state.dossier.stage, sort)
    if move is None:
        return "", "", seen
    return *from_template(state, key_for(move, recorded(state)), corrected(state.dossier, move)), seen


def draft_content(state: Known, sort: str = DECISION) -> dict:
    """Return what would be frozen, without number nor signature: what a preview shows."""
    dossier = state.dossier
    move = deciding_move(dossier.procedure, dossier.stage, sort)
    if move is None:
        return {}
    return content_of(state, move, corrected(dossier, move))


def sent_agreement(state: Known) -> dict | None:
    """Return the words of the agreement that is out to be signed, for whoever signs them; None where none is."""
    dossier = state.dossier
    return draft_content(state, AGREEMENT) if is_handed_over(dossier.procedure, dossier.stage, AGREEMENT) else None
