"""The one door: what moves a dossier from a stage to another. Nothing else writes a stage.

In one transaction, in this order: the row is locked; the same request made before is answered as it was; the
person's right, what they saw, and the conditions are checked; the journal entry is written, then the stage, then
what the move's attributes ask for (snapshot, request, participation), then the mails as rows. What leaves the house
leaves after the commit, through the worker. A refusal is written in the journal too, and raised afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction

from apist.engines import is_lock_timeout, limit_lock_waits
from projects.content.answers import Raw, plain, typed
from projects.engine.amending import unfit
from projects.engine.chain import canonical
from projects.engine.deadlines import counted_from, due_at
from projects.engine.decisions import Signed, hand_over, keep, sign
from projects.engine.effects import Frozen, bodies_for, circumstances_of, follow
from projects.engine.enclosing import Enclosed, Moving, enclose, not_to_carry
from projects.engine.journal import Entry, append
from projects.engine.lapses import may_leave, refusals_of, righted_by
from projects.engine.mandates import mandate_for
from projects.engine.people import Actor
from projects.engine.reading import FIELDS, Known, digest_of_content, frozen_content, known, known_after, legally_due
from projects.engine.received import LATE, RECEIVED, RIGHTS, SENDER, Received
from projects.engine.returning import as_it_was_dated, stage_reached
from projects.engine.wording import digest_of_draft
from projects.letters.choosing import is_about_words
from projects.models import Dossier, JournalEntry
from projects.procedures.conditions import Refusal
from projects.procedures.types import Move
from projects.procedures.vocabulary import BY_WAY, FINAL, PARTY_LABELS, Kind, Macro, Party, Value
from projects.rights.mandates import Mandate
from projects.rights.predicates import entering_party, first_of, parties
from projects.rights.table import APPLICANT_SIDE

LOCK_WAIT = 10
"""Seconds during which one waits for somebody else's act on the same dossier."""

WRITTEN = frozenset({Kind.TEXT, Kind.LONG, Kind.EMAIL, Kind.URL})
"""Kinds of fields that hold what somebody wrote: kept beside the journal, erasable."""


POINTS = "points"
"""Under which name the journal keeps what was asked, point by point."""


@dataclass(frozen=True, slots=True)
class Request:
    """A move that somebody asks for.

    ``seen``: the version of the dossier on the page; ``content_seen``: the digest of what a deposit would freeze, as
    the page showed it; ``key``: drawn with the page, so that a double click is one act. ``given``: the fields.
    ``enclosed``: the document that the move takes.
    ``received``: an agent records that the applicant made it by another way than the portal.
    """

    move: str
    seen: int
    key: UUID
    given: Mapping[str, Raw] = field(default_factory=dict)
    points: tuple[Mapping[str, str], ...] = ()
    content_seen: str = ""
    enclosed: Enclosed | None = None
    received: Received | None = None


class NotAllowed(Exception):
    """The person may not make this move, or not see the dossier at all."""


class Refused(Exception):
    """The move may not be made now; ``reasons`` are for the person."""

    def __init__(self, reasons: tuple[Refusal, ...]):
        super().__init__("; ".join(reason.words for reason in reasons))
        self.reasons = reasons


class Stale(Exception):
    """Somebody moved the dossier meanwhile, or changed what was about to be deposited. ``last``: the act that did.

    ``busy``: somebody is acting on it at this very moment; the same request may be made again.
    """

    def __init__(self, last: JournalEntry | None, *, content: bool = False, busy: bool = False):
        super().__init__("the dossier is no longer as it was seen")
        self.last = last
        self.content = content
        self.busy = busy


@dataclass(frozen=True, slots=True)
class Kept:
    """What a move keeps besides its fields: a frozen deposit, a signed decision, the delegation of whoever signs."""

    frozen: Frozen | None = None
    signed: Signed | None = None
    mandate: Mandate | None = None

    @property
    def trace(self) -> dict[str, object]:
        """Return what the journal keeps of them: digests, numbers, references."""
        data: dict[str, object] = {}
        if self.frozen:
            data["content"] = digest_of_content(self.frozen.content)
            data["circumstances"] = digest_of_content(self.frozen.circumstances)
        if self.signed:
            data["decision"] = self.signed.trace
        if self.mandate:
            data["delegation"] = {"number": self.mandate.number, "reference": self.mandate.reference}
        return data


def advance(dossier_id: int, request: Request, actor: Actor, at: datetime) -> JournalEntry:
    """Move a dossier and return the journal entry of the move.

    Raises :class:`NotAllowed`, :class:`Stale` or :class:`Refused`, having changed nothing but the journal. Must not
    be called inside a transaction that the exception would undo.
    """
    try:
        with transaction.atomic():
            limit_lock_waits(connection, LOCK_WAIT)
            outcome = _advance(locked(dossier_id), request, actor, at)
    except OperationalError as error:
        if is_lock_timeout(error):
            raise Stale(None, busy=True) from error
        raise
    if isinstance(outcome, JournalEntry):
        return outcome
    raise outcome


def locked(dossier_id: int) -> Dossier:
    """Return a dossier, locked until the end of the transaction, with what rules ask of it."""
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "project__owner", "organisation", "call", "body").get(pk=dossier_id)


def _advance(dossier: Dossier, request: Request, actor: Actor, at: datetime) -> JournalEntry | Exception:
    if dossier.erased_at is not None:
        return NotAllowed()
    before = dossier.journal.filter(request_key=request.key).first()
    if before is not None and (before.actor, before.move) == (actor.pseudonym, request.move):
        return before
    held = parties(actor.holdings, dossier) if actor.user else frozenset({Party.SYSTEM})
    if not held:
        return NotAllowed()
    if before is not None:
        return Stale(before)
    try:
        move = dossier.procedure.move(request.move)
    except KeyError:
        return NotAllowed()
    party = first_of(held & move.by)
    if request.received:
        party = entering_party(move, actor.holdings, dossier)
    if party is None:
        return _refuse(dossier, move, actor, at, first_of(held), NotAllowed())
    if request.seen != dossier.version or not may_leave(dossier, move, request.received):
        return Stale(dossier.journal.exclude(stage_version=None).order_by("-seq").first())
    given = _given(move, request.given)
    state = known(dossier, at, given, move=move.key, by=actor.pseudonym)
    entered = _entered(dossier, move, request.received, given)
    # Read once: what is compared, written in the journal and frozen is the same, whatever others write meanwhile.
    sender = request.received.sender if request.received else ""
    frozen = Frozen(frozen_content(state), circumstances_of(dossier, actor, entered, sender)) if move.freezes else None
    now = _digest_now(state, move, frozen)
    if now and request.content_seen not in ("", now):
        return Stale(dossier.journal.order_by("-seq").first(), content=True)
    mandate, uncovered = mandate_for(dossier, state.facts, party, actor.user)
    reasons = (
        *_unanswered(move, given),
        *_undocumented(move, request),
        *not_to_carry(dossier, request.enclosed),
        *refusals_of(move, state, request.received),
        *_unreceived(move, dossier),
        *uncovered,
    )
    reasons = reasons or unfit(dossier, move, state.entries, state.facts)
    if reasons:
        return _refuse(dossier, move, actor, at, party, Refused(reasons))
    kept = Kept(frozen, sign(state, move, actor, party, mandate), mandate)
    return _move(state, move, request, actor, party, kept)


def _digest_now(state: Known, move: Move, frozen: Frozen | None) -> str:
    """Return the digest of what the page showed and the move is about, as it is now; empty where it is about none."""
    if frozen:
        return digest_of_content(frozen.content)
    return digest_of_draft(state.dossier, move, state.entries) if is_about_words(move) else ""


def _given(move: Move, sent: Mapping[str, Raw]) -> dict[str, Value]:
    """Return the fields of a move that are rightly filled, among those that the others call for."""
    values = {one.key: value for one in move.asked if (value := typed(one, sent.get(one.key))) is not None}
    return {one.key: values[one.key] for one in move.asked if one.key in values and one.is_asked(values)}


def _entered(dossier: Dossier, move: Move, received: Received | None, given: Mapping[str, Value]) -> str:
    """Note on the dossier that an agent enters what came by another way, and return it in words; empty else."""
    if received:
        dossier.entered_on, dossier.entered_way = received.on, received.way
        return f"Saisi par l'agence, reçu {BY_WAY[received.way]} le {received.on:%d/%m/%Y}"
    if not move.counted_from:
        return ""
    dossier.received_on = given.get(move.counted_from)
    return dossier.entered_words


def _unanswered(move: Move, given: Mapping[str, Value]) -> tuple[Refusal, ...]:
    """Return the fields of a move that are missing or not valid."""
    return tuple(
        Refusal(one.key, f"« {one.label} » : à remplir.")
        for one in move.asked
        if one.required and one.is_asked(given) and one.key not in given
    )


def _undocumented(move: Move, request: Request) -> tuple[Refusal, ...]:
    """Refuse a record without the document that proves it."""
    if move.document is None or not move.document.required or request.enclosed is not None:
        return ()
    return (Refusal("no-document", f"« {move.document.label} » : joignez le document."),)


def _unreceived(move: Move, dossier: Dossier) -> tuple[Refusal, ...]:
    """Refuse to hand a dossier to an administration that has no seat here: nobody would ever act on it."""
    if move.hands_to is None or bodies_for(dossier, move.hands_to).exists():
        return ()
    return (Refusal("no-recipient", f"{PARTY_LABELS[move.hands_to]} : personne ne reçoit ce dossier sur le portail."),)


def _refuse(dossier, move: Move, actor: Actor, at: datetime, party: Party, error: Exception) -> Exception:
    reasons = [reason.key for reason in error.reasons] if isinstance(error, Refused) else ["not-allowed"]
    act = Entry(
        JournalEntry.Kind.REFUSED, at, party, actor.pseudonym, move.key, dossier.stage, dossier.stage,
        data={"reasons": reasons},
    )  # fmt: skip
    append(dossier, act)
    return error


def _move(state: Known, move: Move, request: Request, actor: Actor, party: Party, kept: "Kept") -> JournalEntry:
    dossier, at = state.dossier, state.facts.at
    stage = stage_reached(dossier.procedure, move, state.entries)
    kinds = {one.key: one.kind for one in move.fields}
    said = {key: plain(value) for key, value in state.facts.given.items()}
    data: dict[str, object] = {FIELDS: {key: value for key, value in said.items() if kinds[key] not in WRITTEN}}
    data |= kept.trace
    received = request.received
    texts = {key: str(value) for key, value in said.items() if kinds[key] in WRITTEN}
    if move.opens_request:
        texts[POINTS] = canonical([dict(point) for point in request.points])
    if received:
        data[RECEIVED], texts[SENDER] = received.trace, received.sender
    if lapse := received and righted_by(dossier, move, state.entries):
        data[RIGHTS], texts[LATE] = lapse.entry.seq, received.late_because
    act = Entry(
        JournalEntry.Kind.MOVE, at, party, actor.pseudonym, move.key, dossier.stage, stage.key, dossier.version + 1,
        move.clock or "", data, texts, request.key,
    )  # fmt: skip
    entry = append(dossier, act)
    if stage.key != dossier.stage or move.due_from or lapse:  # an act that leaves the stage does not restart its delay
        day = received.on if received else state.facts.given.get(move.counted_from)
        dated = as_it_was_dated(dossier.procedure, move, stage, state.entries)
        due = due_at(stage, dated, known_after(move, state.facts), counted_from(day, at))
        if lapse or (stage.key, due) != (dossier.stage, dossier.due_at):  # a report that moves no end is no beginning
            dossier.staged_at = at
        dossier.due_at = due
    dossier.stage, dossier.version = stage.key, dossier.version + 1
    dossier.macro, dossier.turn = stage.macro, stage.turn
    if move.freezes and not move.external and dossier.deposited_at is None:
        dossier.deposited_at = at
    if Macro(stage.macro) not in FINAL:
        dossier.ended_at = None
    elif dossier.ended_at is None:  # righting a decision does not end the dossier once more
        dossier.ended_at = at
    dossier.legal_due_at = legally_due(dossier, [*state.entries, entry])
    written = ["stage", "version", "macro", "turn", "staged_at", "due_at", "deposited_at", "ended_at", "received_on"]
    dossier.save(update_fields=[*written, "legal_due_at", "entered_on", "entered_way"])
    keep(kept.signed, state, entry)
    hand_over(state, move)
    follow(state, move, request.points, kept.frozen, entry, actor)
    if move.document and request.enclosed:
        shown = request.enclosed.shown or bool(request.received) or party in APPLICANT_SIDE
        enclose(Moving(dossier, party, actor, at), replace(request.enclosed, shown=shown), entry)
    return entry
