"""A decision at the moment of the signature: its words, its number, what is frozen; then its notification, once.

All of it under the lock of the dossier, in the transaction of the move: a signature that fails gives its number back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from levers.models import Lever
from projects.engine.people import Actor
from projects.engine.reading import Known, digest_of_content
from projects.letters.choosing import best_of, key_for, makes_document
from projects.letters.defaults import DEFAULTS
from projects.letters.substitution import fill
from projects.models import (
    Decision,
    DecisionCounter,
    DecisionDraft,
    DecisionNotice,
    Dossier,
    JournalEntry,
    LetterTemplate,
)
from projects.procedures.shared_moves import ORIENTATION_LEVER
from projects.procedures.types import Move
from projects.procedures.vocabulary import DECIDERS, Party, Value
from projects.rights.mandates import Mandate

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
COURT = "Tribunal administratif compétent : à vérifier auprès de l'agence."


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision that is about to be written: its number and what is frozen."""

    year: int
    rank: int
    number: str
    key: str
    content: dict
    corrects: Decision | None

    @property
    def trace(self) -> dict[str, str]:
        """Return what the journal keeps of it."""
        return {"number": self.number, "sha256": digest_of_content(self.content)}


def sign(state: Known, move: Move, actor: Actor, party: Party, mandate: Mandate | None) -> Signed | None:
    """Take the next number and gather what the signature freezes; nothing for a move that signs nothing here."""
    dossier = state.dossier
    if not makes_document(move) or party not in DECIDERS or dossier.body_id is None:
        return None
    day = timezone.localtime(state.facts.at).date()
    corrects = corrected(dossier, move)
    key = key_for(move, recorded(state))
    subject, text = words_of(state, move, corrects)
    rank = next_rank(dossier.body_id, day.year)
    number = f"{dossier.body.code.upper()}-{day.year}-{rank:04d}"
    mentions = dossier.procedure.mentions
    content = {
        "number": number,
        "key": key,
        "reference": dossier.reference,
        "procedure": dossier.procedure.title,
        "project": dossier.project.title,
        "organisation": dossier.organisation.name if dossier.organisation_id else "",
        "body": dossier.body.name,
        "subject": subject,
        "text": text,
        "signed_on": day.isoformat(),
        "signed_by": str(actor.user.full_name or "") if actor.user else "",
        "delegation": mandate.reference if mandate else "",
        "corrects": corrects.number if corrects else "",
        "appeal": mentions.appeal,
        "court": COURT,
        "source": mentions.source,
    }
    return Signed(day.year, rank, number, key, content, corrects)


def next_rank(body_id: int, year: int) -> int:
    """Take the next rank of a body in a year, and keep others waiting until the transaction ends: no gap, no double."""
    DecisionCounter.objects.get_or_create(body_id=body_id, year=year)
    counter = DecisionCounter.objects.select_for_update().get(body_id=body_id, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def keep(signed: Signed | None, state: Known, entry: JournalEntry) -> None:
    """Write the decision with the act that signed it; the draft has served."""
    if signed is None:
        return
    dossier = state.dossier
    Decision.objects.create(
        dossier=dossier, entry=entry, body=dossier.body, year=signed.year, rank=signed.rank, number=signed.number,
        key=signed.key, corrects=signed.corrects, content=signed.content, sha256=digest_of_content(signed.content),
        signed_at=entry.at,
    )  # fmt: skip
    DecisionDraft.objects.filter(dossier=dossier).delete()


def notify(dossier: Dossier, move: Move, entry: JournalEntry) -> Decision | None:
    """Mark as told the decision that the message of this act carries, and return it; None where there is none."""
    if not (move.letter and move.after_decision):
        return None
    waiting = dossier.decisions.filter(notice=None).order_by("-signed_at", "-pk").first()
    if waiting is not None:
        DecisionNotice.objects.create(decision=waiting, entry=entry)
    return waiting


def corrected(dossier: Dossier, move: Move) -> Decision | None:
    """Return the decision that a correction is about: the last one that was notified."""
    if move.letter != "corrected":
        return None
    return dossier.decisions.notified().order_by("-signed_at", "-pk").first()


def words_of(state: Known, move: Move, corrects: Decision | None = None) -> tuple[str, str]:
    """Return the subject and the words of a decision: those of its draft, else of the template that serves."""
    draft = DecisionDraft.objects.filter(dossier=state.dossier).first()
    if draft is not None:
        return draft.subject, draft.text
    return from_template(state, key_for(move, recorded(state)), corrects)


def from_template(state: Known, key: str, corrects: Decision | None = None) -> tuple[str, str]:
    """Return the subject and the words that the template of a letter gives on a dossier."""
    template = template_for(state.dossier, key, timezone.localtime(state.facts.at).date())
    values = values_of(state, corrects)
    return " ".join(fill(template.subject, values).split())[:200], fill(template.text, values)


def template_for(dossier: Dossier, key: str, on: date):
    """Return the template that serves on a day: the nearest of the curators', else of the repository."""
    rows = list(LetterTemplate.objects.in_force(on).filter(key=key))
    nearest = best_of(rows, dossier.procedure_key, dossier.body_id)
    given = [one for one in DEFAULTS if one.key == key]
    return nearest or best_of(given, dossier.procedure_key, None)


def recorded(state: Known) -> Mapping[str, Value]:
    """Return what acts recorded, those of this move included; what a later answer no longer calls for is left out."""
    known = {**state.facts.records, **state.facts.given}
    asked = {one.key for move in state.dossier.procedure.moves for one in move.fields if one.is_asked(known)}
    return {key: value for key, value in known.items() if key in asked}


def values_of(state: Known, corrects: Decision | None = None) -> dict[str, str]:
    """Return the values of the variables of a template on a dossier, as words."""
    dossier, said = state.dossier, recorded(state)
    organisation = dossier.organisation
    received = timezone.localtime(dossier.deposited_at).date() if dossier.deposited_at else None
    ends = said.get("corrected_ends_on") or said.get("exercise_ends_on") or said.get("ends_on")
    amount = said.get("corrected_amount") or said.get("amount_granted")
    return {
        "reference": dossier.reference,
        "projet": dossier.project.title,
        "organisme": organisation.name if organisation else _owner(dossier),
        "siret": organisation.siret if organisation else "",
        "demarche": dossier.procedure.title,
        "levier": dossier.lever.title if dossier.lever_id else "",
        "appel": dossier.call.title if dossier.call_id else "",
        "agence": dossier.body.name if dossier.body_id else "",
        "date_depot": in_words(received),
        "service": str(said.get("service") or ""),
        "service_contact": str(said.get("service_contact") or ""),
        "montant": in_words(amount),
        "montant_annuel": in_words(said.get("amount_per_year")),
        "fin_exercice": in_words(ends),
        "duree_mois": in_words(said.get("months_authorised")),
        "motifs": _motives(state, said),
        "autre_levier": _lever(said),
        "decision_rectifiee": corrects.number if corrects else "",
        "rectification": str(said.get("correction_words") or ""),
    }


def _motives(state: Known, said: Mapping[str, Value]) -> str:
    """Return the reasons: those given with the act itself first, then the last ones that were recorded."""
    names = ("correction_reason", "reason", "granted_words", "motives")
    for given in (state.facts.given, said):
        for name in names if given is state.facts.given else ("motives", "reason", "granted_words"):
            if given.get(name):
                return str(given[name])
    return ""


def _lever(said: Mapping[str, Value]) -> str:
    """Return the title of the lever that is proposed instead; empty where the catalogue has none of that name."""
    slug = said.get(ORIENTATION_LEVER)
    return (Lever.objects.published().filter(slug=slug).values_list("title", flat=True).first() or "") if slug else ""


def _owner(dossier: Dossier) -> str:
    owner = dossier.project.owner
    return owner.full_name if owner else ""


def in_words(value: Value) -> str:
    """Return a day, an amount or a number as a letter writes it; empty where there is none."""
    if isinstance(value, date):
        first = "1er" if value.day == 1 else str(value.day)
        return f"{first} {MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"
    return "" if value is None else str(value)


def digest_of_draft(dossier: Dossier) -> str:
    """Return the digest of the words that a signature would take, as a page shows them."""
    return digests_of_drafts([dossier.pk])[dossier.pk]


def digests_of_drafts(dossiers: Iterable[int]) -> dict[int, str]:
    """Return the same for many dossiers, by number (one query); without a draft, the template will serve."""
    wanted = list(dossiers)
    drafts = {one.dossier_id: one for one in DecisionDraft.objects.filter(dossier__in=wanted)}
    return {
        pk: digest_of_content({"subject": drafts[pk].subject, "text": drafts[pk].text} if pk in drafts else {})
        for pk in wanted
    }
