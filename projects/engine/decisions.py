"""A document at the moment of its signature: its number, what is frozen; then its notification, once.

All of it under the lock of the dossier, in the transaction of the move: a signature that fails gives its number back.
Decisions, agreements, amendments and acknowledgements are made here alike.
"""

from dataclasses import dataclass

from django.utils import timezone

from actors.models import Body
from projects.engine.people import Actor
from projects.engine.reading import Known, digest_of_content
from projects.engine.signatories import signatories, signatory_of
from projects.engine.terms import parts_of, signature_of_carrier
from projects.engine.wording import agreement_of, recorded, words_of
from projects.letters.choosing import ACKNOWLEDGEMENT, AGREEMENT, SETTLED, UNSIGNED, key_for, makes_document, sort_of
from projects.models import Decision, DecisionCounter, DecisionDraft, DecisionNotice, Dossier, JournalEntry
from projects.procedures.types import Move
from projects.procedures.vocabulary import AGENCY_STAFF, PARTY_LABELS, Party
from projects.rights.mandates import Mandate

COURT = "Tribunal administratif compétent : à vérifier auprès de l'agence."


@dataclass(frozen=True, slots=True)
class Signed:
    """A document that is about to be written: its number and what is frozen. Without ``rank``, it is no signed one."""

    year: int
    rank: int | None
    number: str
    key: str
    sort: str
    content: dict
    body: Body
    corrects: Decision | None

    @property
    def trace(self) -> dict[str, str]:
        """Return what the journal keeps of it."""
        return {"number": self.number, "sha256": digest_of_content(self.content)}


def sign(state: Known, move: Move, actor: Actor, party: Party, mandate: Mandate | None) -> Signed | None:
    """Take the next number and gather what the signature freezes; nothing for a move that makes no document here."""
    dossier = state.dossier
    who = AGENCY_STAFF if move.wording in UNSIGNED else signatories(move)
    body = signatory_of(dossier, move) if makes_document(move) and party in who else None
    if body is None:
        return None
    year = timezone.localtime(state.facts.at).year
    corrects = corrected(dossier, move)
    key = key_for(move, recorded(state))
    rank, number = _number(dossier, move, year, body)
    content = content_of(state, move, corrects) | {
        "number": number,
        "key": key,
        "signed_on": timezone.localtime(state.facts.at).date().isoformat(),
        "signed_by": str(actor.user.full_name or "") if actor.user else "",
        "delegation": mandate.reference if mandate else "",
    }
    return Signed(year, rank, number, key, sort_of(move), content, body, corrects)


def content_of(state: Known, move: Move, corrects: Decision | None = None) -> dict:
    """Return what a signature freezes, besides the number and the signature itself: what a preview shows too."""
    dossier = state.dossier
    subject, text = words_of(state, move, corrects)
    mentions, settled = dossier.procedure.mentions, move.wording in SETTLED
    parts, body = parts_of(state, move), signatory_of(dossier, move)
    return {
        "number": "",
        "key": key_for(move, recorded(state)),
        "reference": dossier.reference,
        "procedure": dossier.procedure.title,
        "project": dossier.project.title,
        "organisation": dossier.organisation.name if dossier.organisation_id else "",
        "body": body.name if body else "",
        "subject": subject,
        "text": text,
        "signed_on": "",
        "signed_by": "",
        "delegation": "",
        "corrects": corrects.number if corrects else "",
        "appeal": "" if settled else mentions.appeal,
        "court": "" if settled else COURT,
        "source": move.source if move.wording else mentions.source,
        **({"parts": parts} if parts else {}),
        **({"carrier": signature_of_carrier(state)} if move.wording == AGREEMENT else {}),
        **({"signed_for": PARTY_LABELS[move.signs_for]} if move.signs_for else {}),
        **({"silence": mentions.silence} if move.wording == ACKNOWLEDGEMENT else {}),
    }


def _number(dossier: Dossier, move: Move, year: int, body: Body) -> tuple[int | None, str]:
    """Return the rank and the number of a document: the next one of the body in the year, once somebody signs it."""
    if move.wording in UNSIGNED:
        return None, f"{dossier.reference}-AR-{dossier.decisions.filter(key=move.wording).count() + 1}"
    rank = next_rank(body.pk, year)
    return rank, f"{body.code.upper()}-{year}-{rank:04d}"


def next_rank(body_id: int, year: int) -> int:
    """Take the next rank of a body in a year, and keep others waiting until the transaction ends: no gap, no double."""
    DecisionCounter.objects.get_or_create(body_id=body_id, year=year)
    counter = DecisionCounter.objects.select_for_update().get(body_id=body_id, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def keep(signed: Signed | None, state: Known, entry: JournalEntry) -> None:
    """Write the document with the act that signed it; the draft has served."""
    if signed is None:
        return
    dossier = state.dossier
    Decision.objects.create(
        dossier=dossier, entry=entry, body=signed.body, year=signed.year, rank=signed.rank, number=signed.number,
        key=signed.key, corrects=signed.corrects, content=signed.content, sha256=digest_of_content(signed.content),
        signed_at=entry.at,
    )  # fmt: skip
    dossier.drafts.filter(sort=signed.sort).delete()


def hand_over(state: Known, move: Move) -> None:
    """Fix the words that are sent to be signed: a template that changes later no longer changes them."""
    dossier, sort = state.dossier, sort_of(move)
    if not move.sends or dossier.drafts.filter(sort=sort).exists():
        return
    subject, text = words_of(state, move)
    DecisionDraft.objects.create(dossier=dossier, sort=sort, subject=subject, text=text, written_at=state.facts.at)


def notify(dossier: Dossier, move: Move, entry: JournalEntry) -> Decision | None:
    """Mark as told the document that the message of this act carries, and return it; None where there is none."""
    if not move.letter or not (move.after_decision or move.wording in UNSIGNED):
        return None
    waiting = dossier.decisions.filter(notice=None).order_by("-signed_at", "-pk").first()
    if waiting is not None:
        DecisionNotice.objects.create(decision=waiting, entry=entry)
    return waiting


def corrected(dossier: Dossier, move: Move) -> Decision | None:
    """Return the document that another one takes the place of: the last decision notified, or the agreement in force.

    A correction rights a decision; a second agreement takes the place of the first, which stays readable.
    """
    if move.wording == AGREEMENT:
        return agreement_of(dossier)
    if move.letter != "corrected":
        return None
    return dossier.decisions.notified().decided().order_by("-signed_at", "-pk").first()
