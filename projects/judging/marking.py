"""Filling a grid, alone or in a jury, and declaring one's interests first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.instruction.recusing import step_back
from projects.judging.grids import grid_of_dossier, version_of
from projects.judging.revealing import locked_jury, refuse, reveal_if_all_in
from projects.judging.rules import total_of
from projects.models import Candidate, GridVersion, Interest, JournalEntry, Judgement, Juror, Jury
from projects.rights.table import Act


@dataclass(frozen=True, slots=True)
class Filled:
    """A grid filled by somebody: a mark for every criterion, words where there are some."""

    marks: Mapping[str, Decimal]
    words: Mapping[str, str] = field(default_factory=dict)
    overall: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody before a dossier, in a jury."""

    jury: Jury
    juror: Juror
    candidate: Candidate


def judge_alone(dossier_id: int, filled: Filled, actor: Actor, at: datetime) -> Judgement:
    """Keep what somebody who instructs thinks of a dossier; the same person's next one replaces it.

    The journal holds that a grid was filled, not the marks. :class:`NotAllowed` for whoever takes no note on it;
    :class:`Refused` where the dossier has no grid, or where a criterion changed since the page was shown.
    """
    with act_on(dossier_id, Act.NOTE, actor, at) as desk:
        grid = grid_of_dossier(desk.dossier)
        if grid is None:
            raise refuse("no-grid", "Cette procédure n'a pas de grille.")
        version = version_of(grid, desk.dossier.procedure_key, desk.dossier.call, at)
        judgement = _keep(desk.dossier.pk, None, version, filled, actor, at)
        desk.write(JournalEntry.Kind.MARKED, {"grid": version.number})
    return judgement


def seat_in(jury: Jury, dossier_id: int, actor: Actor) -> Seat:
    """Return somebody's place before a dossier in a jury (two queries); :class:`NotAllowed` where they have none."""
    juror = Juror.objects.filter(jury=jury, user=actor.user, left_at=None).first() if actor.user else None
    candidate = Candidate.objects.filter(jury=jury, dossier=dossier_id).first()
    if juror is None or candidate is None:
        raise NotAllowed
    return Seat(jury, juror, candidate)


def mark(jury_id: int, dossier_id: int, filled: Filled, actor: Actor, at: datetime) -> tuple[Judgement, bool]:
    """Keep a member's marks, sealed, and open all of them where it was the last; tell whether it was.

    A member may change their own until then. :class:`NotAllowed` for whoever is no member or stepped back;
    :class:`Refused` outside the jury's dates, once marks are read, or before interests are declared.
    """
    with transaction.atomic():
        seat = seat_in(locked_jury(jury_id), dossier_id, actor)
        if seat.jury.state != Jury.State.OPEN:
            raise refuse("not-open", "Ce jury ne reçoit pas de notes : il n'est pas ouvert, ou elles sont révélées.")
        if not seat.jury.receives_marks(at):
            raise refuse("out-of-time", "Ce jury ne reçoit pas de notes à cette date.")
        with act_on(dossier_id, Act.MARK, actor, at) as desk:
            declared = Interest.objects.filter(candidate=seat.candidate, juror=seat.juror).first()
            if declared is None:
                raise refuse("undeclared", "Dites d'abord si vous avez un lien avec ce dossier.")
            if declared.conflict:
                raise NotAllowed
            judgement = _keep(dossier_id, seat.jury, seat.jury.grid, filled, actor, at)
            desk.write(JournalEntry.Kind.MARKED, {"jury": seat.jury.pk})
        return judgement, reveal_if_all_in(seat.jury, at)


def declare(jury_id: int, dossier_id: int, reason: str, actor: Actor, at: datetime, *, conflict: bool) -> Interest:
    """Write whether a member has a link with a dossier; where they have, it is closed to them in the same breath.

    A link may still be declared after « none »: it is then final. :class:`NotAllowed` where the dossier is closed to
    the person already.
    """
    with transaction.atomic():
        seat = seat_in(locked_jury(jury_id), dossier_id, actor)
        if seat.jury.state not in (Jury.State.OPEN, Jury.State.REVEALED):
            raise refuse("not-open", "Ce jury n'est pas ouvert.")
        if Interest.objects.filter(candidate=seat.candidate, juror=seat.juror, conflict=True).exists():
            raise NotAllowed
        interest, _ = Interest.objects.update_or_create(
            candidate=seat.candidate, juror=seat.juror, defaults={"conflict": conflict, "declared_at": at}
        )
        if conflict:
            step_back(dossier_id, reason, actor, at)
            reveal_if_all_in(seat.jury, at)
        else:
            with act_on(dossier_id, Act.MARK, actor, at) as desk:
                desk.write(JournalEntry.Kind.MARKED, {"jury": seat.jury.pk, "interest": False})
    return interest


def _keep(
    dossier_id: int, jury: Jury | None, version: GridVersion, filled: Filled, actor: Actor, at: datetime
) -> Judgement:
    grid = version.grid
    if {one.key for one in grid.criteria} != set(filled.marks):
        raise refuse("other-grid", "Les critères ont changé depuis que cette page est ouverte : relisez-la.")
    values = {
        "grid": version,
        "marks": {key: str(mark) for key, mark in filled.marks.items()},
        "words": {key: words for key, words in filled.words.items() if words},
        "overall": filled.overall,
        "total": total_of(grid, filled.marks),
        "given_at": at,
    }
    judgement, _ = Judgement.objects.update_or_create(
        dossier_id=dossier_id, jury=jury, user=actor.user, defaults=values
    )
    return judgement
