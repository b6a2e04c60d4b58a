"""The one-page note of a dossier, for whoever signs: what is asked, proposed, said, left to spend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from projects.depositing.history import told
from projects.engine.reading import Known
from projects.models import Dossier, Envelope, JournalEntry, MoneyLine
from projects.procedures.vocabulary import MoneyKind
from projects.rights.mandates import at_stake

OPINIONS = 6
"""Sheets and opinions shown: the page of the dossier has them all."""


@dataclass(frozen=True, slots=True)
class EnvelopeLeft:
    """An envelope of the year, and what is left of it before this decision."""

    amount: Decimal
    left: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the note says, each part in words."""

    asked: Decimal
    amount: Decimal | None
    proposal: object | None
    check: object | None
    sheets: tuple[object, ...]
    envelope: EnvelopeLeft | None
    is_decided: bool
    """It was decided already: an agreement or an amendment is what waits, and the envelope counts the decision."""


def note_of(state: Known, names: Mapping[UUID, str], at: datetime) -> Note:
    """Return the note of a dossier; ``names`` are those of who acted, by pseudonym (four queries)."""
    dossier, procedure = state.dossier, state.dossier.procedure
    moves = [entry for entry in state.entries if entry.kind == JournalEntry.Kind.MOVE and entry.move]

    def last(key: str):
        made = [entry for entry in moves if entry.move == key]
        return next(iter(told(procedure, made[-1:], names, for_applicant=False)), None)

    before = [entry for entry in moves if entry.move not in ("propose", "check", "sign") and entry.party in AGENCY_SIDE]
    lines = told(procedure, before, names, for_applicant=False)
    sheets = [line for line in lines if line.details]
    asked = dossier.money.of_kind(MoneyKind.ASKED).aggregate(total=Sum("amount"))["total"]
    amount = state.facts.given.get("amended_amount") or at_stake(procedure, state.facts)
    return Note(
        asked or Decimal(0), amount, last("propose"), last("check"),
        tuple(sheets[:OPINIONS]), envelope_of(dossier, timezone.localtime(at).date()),
        last("sign") is not None,
    )  # fmt: skip


AGENCY_SIDE = frozenset(
    {
        "officer",
        "head",
        "legal",
        "director",
        "delegate",
        "rapporteur",
        "dgos",
        "cnsa",
        "department",
        "insurance",
        "grades",
    }
)


def envelope_of(dossier: Dossier, day) -> EnvelopeLeft | None:
    """Return the envelope that would pay a dossier this year: of its call, else of its lever (two queries)."""
    rows = Envelope.objects.in_force(day).filter(body=dossier.body_id, year=day.year)
    of_call = {"call": dossier.call_id} if dossier.call_id else {"lever": dossier.lever_id}
    envelope = rows.filter(**of_call).first() if dossier.call_id or dossier.lever_id else None
    if envelope is None:
        return None
    same = {f"dossier__{name}": number for name, number in of_call.items()}
    granted = MoneyLine.objects.of_kind(MoneyKind.GRANTED).filter(year=day.year, dossier__body=dossier.body_id, **same)
    spent = granted.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return EnvelopeLeft(envelope.amount, envelope.amount - spent, envelope.source)
