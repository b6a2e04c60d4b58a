"""The signing folder: what waits for somebody's signature or check, with what one must know before; few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from projects.deciding.waiting import SIGNING, is_quick, places, signing_move
from projects.engine.amended import prepared
from projects.engine.mandates import mandates_of
from projects.engine.people import Actor
from projects.engine.reading import own_moves, records
from projects.engine.wording import digests_of_drafts
from projects.models import Dossier, JournalEntry
from projects.models.lateness import late_since
from projects.procedures.agreement_moves import AMENDMENT_READY
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.conditions import OTHER_PERSON, Refusal
from projects.procedures.types import Facts, Move
from projects.procedures.vocabulary import Party
from projects.rights.mandates import at_stake, chosen
from projects.rights.predicates import first_of, parties


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier in the folder: what would be done, what is proposed, and why it may not be done by this person."""

    dossier: Dossier
    move: Move
    amount: Decimal | None
    outcome: str
    refusals: tuple[Refusal, ...]
    digest: str
    is_late: bool = False

    @property
    def is_quick(self) -> bool:
        """Tell whether it can be signed from the folder, among others."""
        return is_quick(self.move) and not self.refusals


def folder_of(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that wait for a check or a signature at one of a person's places, the most urgent first."""
    wanted = Q(pk__in=[])
    for key, version, stage in places(PROCEDURES):
        wanted |= Q(procedure_key=key, procedure_version=version, stage=stage)
    mine = Dossier.objects.visible_to(actor.holdings, SIGNING).filter(wanted, erased_at=None)
    return (
        mine.with_names()
        .select_related("project__owner")
        .prefetch_related("participations", "recusals")
        .order_by("due_at", "staged_at", "pk")
    )


def waiting_in(dossiers: Iterable[Dossier], actor: Actor, at: datetime) -> list[Waiting]:
    """Return what a folder shows of some dossiers, those for which the person would do nothing left out."""
    rows = list(dossiers)
    numbers = [one.pk for one in rows]
    journals = defaultdict(list)
    entries = JournalEntry.objects.filter(dossier__in=numbers).order_by("dossier", "seq").prefetch_related("texts")
    for entry in entries:
        journals[entry.dossier_id].append(entry)
    mandates = mandates_of(actor.user, {one.body_id for one in rows}, at)
    moves = {one.pk: signing_move(one.procedure, one.stage, parties(actor.holdings, one) & SIGNING) for one in rows}
    digests = digests_of_drafts({pk: move for pk, move in moves.items() if move}, journals)
    found = []
    for one in rows:
        move = moves[one.pk]
        if move is None:
            continue
        held = parties(actor.holdings, one) & SIGNING
        waiting = prepared(journals[one.pk]) if move.amends else None
        known = records(one.procedure, journals[one.pk])
        facts = Facts(at, records=known, given=waiting.values if waiting else {})
        amount = at_stake(one.procedure, facts)
        refused: tuple[Refusal, ...] = ()
        if set(move.other_than) & set(own_moves(journals[one.pk], actor.pseudonym)):
            refused = (OTHER_PERSON,)
        if first_of(held & move.by) is Party.DELEGATE:
            on = timezone.localtime(at).date()
            refused += chosen(mandates.get(one.body_id, ()), one.lever_id, amount, on)[1]
        if move.amends and waiting is None:
            refused += (Refusal(AMENDMENT_READY.key, AMENDMENT_READY.refusal),)
        shown = facts.given.get("amended_amount") or amount
        late = late_since(one.ended_at, at, one.due_at, one.legal_due_at) is not None
        found.append(Waiting(one, move, shown, _outcome(one, facts), refused, digests[one.pk], late))
    return found


def _outcome(dossier: Dossier, facts: Facts) -> str:
    """Return what is proposed, in the words of the procedure; empty where nothing was."""
    value = facts.records.get("outcome")
    fields = [one for move in dossier.procedure.moves for one in move.fields if one.key == "outcome"]
    return next((choice.label for one in fields for choice in one.choices if choice.value == value), "")
