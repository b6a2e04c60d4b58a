"""The words of the decision that is being prepared: who may write them, when, and from which template."""

from dataclasses import dataclass
from datetime import datetime

from projects.engine.decisions import COURT, corrected, digests_of_drafts, from_template, recorded
from projects.engine.door import Refused
from projects.engine.people import Actor
from projects.engine.reading import Known
from projects.engine.recording import act_on
from projects.letters.choosing import key_for, makes_document
from projects.models import DecisionDraft, Dossier, JournalEntry
from projects.procedures.conditions import Refusal
from projects.procedures.types import Move, Procedure
from projects.rights.table import Act

LOCKED = Refusal(
    "words-locked",
    "Le texte est vérifié ou signé : il ne change plus. Faites d'abord renvoyer le dossier à l'instruction.",
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


def may_change(dossier: Dossier) -> bool:
    """Tell whether the words may still change: not once the lawyer attested them, nor while a notification is due."""
    attested = any(makes_document(move) and move.other_than for move in dossier.procedure.moves_from(dossier.stage))
    return not attested and not dossier.decisions.filter(notice=None).exists()


def write_draft(dossier_id: int, words: Wording, actor: Actor, at: datetime) -> DecisionDraft:
    """Keep the words of a decision; :class:`Refused` once they are attested, or where they changed meanwhile."""
    with act_on(dossier_id, Act.WRITE_LETTER, actor, at) as desk:
        if not may_change(desk.dossier):
            raise Refused((LOCKED,))
        draft = DecisionDraft.objects.filter(dossier=desk.dossier).first() or DecisionDraft(
            dossier=desk.dossier, version=0
        )
        if draft.version != words.seen:
            raise Refused((CHANGED,))
        draft.subject, draft.text, draft.written_at = words.subject, words.text, at
        draft.version += 1
        draft.save()
        digest = digests_of_drafts([desk.dossier.pk])[desk.dossier.pk]
        desk.write(JournalEntry.Kind.LETTER, {"version": draft.version, "sha256": digest})
        return draft


def deciding_move(procedure: Procedure, stage: str) -> Move | None:
    """Return the move that would sign the words that are prepared at a stage; None where nothing is signed here."""
    here = [move for move in procedure.moves_from(stage) if makes_document(move)]
    later = [move for move in procedure.moves if makes_document(move)]
    return min(here or later, key=lambda move: not move.other_than, default=None)


def words_for(state: Known, *, afresh: bool = False) -> tuple[str, str, int]:
    """Return the subject, the words and the version of the draft; those of the template where there is none.

    ``afresh``: those of the template, whatever the draft says.
    """
    draft = DecisionDraft.objects.filter(dossier=state.dossier).first()
    seen = draft.version if draft else 0
    if draft and not afresh:
        return draft.subject, draft.text, seen
    move = deciding_move(state.dossier.procedure, state.dossier.stage)
    if move is None:
        return "", "", seen
    return *from_template(state, key_for(move, recorded(state)), corrected(state.dossier, move)), seen


def draft_content(state: Known) -> dict[str, str]:
    """Return what would be frozen, without number nor signature: what a preview shows."""
    dossier, (subject, text, _) = state.dossier, words_for(state)
    mentions = dossier.procedure.mentions
    return {
        "number": "",
        "reference": dossier.reference,
        "body": dossier.body.name if dossier.body_id else "",
        "subject": subject,
        "text": text,
        "signed_on": "",
        "signed_by": "",
        "delegation": "",
        "corrects": "",
        "appeal": mentions.appeal,
        "court": COURT,
        "source": mentions.source,
    }
