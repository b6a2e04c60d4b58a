"""A date that the portal let pass although something had come in time: an agent records it late, and says why.

Nothing is overwritten: the portal's act stays in the journal. The act that rights it names it, leads where the
applicant's move would have led from the stage that was left, and everything counts from the day of receipt again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from projects.engine.clock import FRANCE
from projects.engine.deadlines import counted_from, due_at
from projects.engine.reading import Known, records
from projects.engine.received import Received, day_of_receipt, not_before, wrong_day
from projects.engine.unsent import UNSENT, has_unsent
from projects.models import Dossier, JournalEntry
from projects.procedures.conditions import Refusal, on_receipt, refusals
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import Party, Turn
from projects.rights.predicates import is_of_the_applicant

TOO_LATE = "L'échéance était le {} : ce qui est arrivé ensuite ne corrige pas le passage automatique."
WHY = Refusal("late-because", "Dites pourquoi l'envoi est saisi après l'échéance : le porteur le lit.")


@dataclass(frozen=True, slots=True)
class Lapse:
    """The portal's act, the stage that it left, until when something could come, and what was done before it."""

    entry: JournalEntry
    stage: Stage
    due_at: datetime | None
    before: tuple[JournalEntry, ...]


def lapse_of(procedure: Procedure, entries: Iterable[JournalEntry]) -> Lapse | None:
    """Return the last move where the portal made it as a date of the applicant's passed; None after any other move."""
    known = list(entries)
    moves = [one for one in known if one.kind == JournalEntry.Kind.MOVE]
    last = moves[-1] if moves else None
    if last is None or last.party != Party.SYSTEM or not last.move:
        return None
    stage = procedure.stage(last.from_stage)
    if stage.turn != Turn.APPLICANT:
        return None
    before = tuple(one for one in known if one.seq < last.seq)
    return Lapse(last, stage, _due(procedure, stage, before), before)


def righted_by(dossier: Dossier, move: Move, entries: Sequence[JournalEntry]) -> Lapse | None:
    """Return the lapse that recording a move rights: it leaves no more from here, and left from the stage before."""
    if dossier.stage in move.from_stages or not is_of_the_applicant(move):
        return None
    lapse = lapse_of(dossier.procedure, entries)
    return lapse if lapse and lapse.stage.key in move.from_stages else None


def moves_righting(dossier: Dossier, entries: Sequence[JournalEntry]) -> list[Move]:
    """Return the applicant's moves that may be recorded late, since the portal let their date pass."""
    lapse = lapse_of(dossier.procedure, entries)
    moves = dossier.procedure.moves_from(lapse.stage.key) if lapse else ()
    return [one for one in moves if is_of_the_applicant(one) and dossier.stage not in one.from_stages]


def may_leave(dossier: Dossier, move: Move, received: Received | None) -> bool:
    """Tell whether a move may be made from where a dossier stands (one query where it came by another way)."""
    if dossier.stage in move.from_stages:
        return True
    return received is not None and righted_by(dossier, move, _entries(dossier)) is not None


def refusals_of(move: Move, state: Known, received: Received | None) -> tuple[Refusal, ...]:
    """Return why a move may not be made now; or, where it came by another way, why it may not be recorded."""
    if received is None:
        return refusals(move, state.facts)
    dossier, at = state.dossier, state.facts.at
    facts = replace(state.facts, at=received.as_of(at))
    lapse = righted_by(dossier, move, state.entries)
    if lapse:
        floor = not_before(dossier.procedure, move, lapse.stage.turn, lapse.before)
        late, facts = _not_in_time(lapse, received, facts.at), replace(facts, due_at=lapse.due_at)
    else:
        floor, late = not_before(dossier.procedure, move, dossier.turn, state.entries), ()
    unsent = (UNSENT,) if move.freezes and has_unsent(state) else ()
    return (*wrong_day(received, floor, at), *late, *refusals(on_receipt(move), facts), *unsent)


def _not_in_time(lapse: Lapse, received: Received, day: datetime) -> tuple[Refusal, ...]:
    """Refuse what came after the date, or says no why; the hour of a letter is not known: its day begins before."""
    why = () if received.late_because.strip() else (WHY,)
    limit = lapse.due_at or lapse.entry.at
    if day < limit:
        return why
    return (Refusal("came-late", TOO_LATE.format(f"{limit.astimezone(FRANCE):%d/%m/%Y}")), *why)


def _due(procedure: Procedure, stage: Stage, before: Sequence[JournalEntry]) -> datetime | None:
    """Return until when the stage lasted, worked out again from the act that led to it."""
    arrivals = [one for one in before if one.kind == JournalEntry.Kind.MOVE and one.to_stage == stage.key and one.move]
    if not arrivals:
        return None
    arrival = arrivals[-1]
    move, known = procedure.move(arrival.move), records(procedure, [one for one in before if one.seq <= arrival.seq])
    day = day_of_receipt(arrival.data) or (known.get(move.counted_from) if move.counted_from else None)
    return due_at(stage, move, known, counted_from(day, arrival.at))


def _entries(dossier: Dossier) -> list[JournalEntry]:
    return list(dossier.journal.order_by("seq").prefetch_related("texts"))
