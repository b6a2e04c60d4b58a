"""When the marks of a jury are read: all are in, or its chair says why not to wait. The jury's row is the lock.

Whoever writes something of a jury locks it first, then a dossier: the last mark and the chair's reveal never cross.
"""

from datetime import datetime

from django.db import connection, transaction

from apist.engines import limit_lock_waits
from projects.engine.door import LOCK_WAIT, NotAllowed, Refused
from projects.engine.people import Actor
from projects.engine.recording import as_the_portal
from projects.judging.rules import expected
from projects.models import Candidate, Interest, JournalEntry, Judgement, Juror, Jury, Recusal
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Macro
from projects.rights.holdings import Holdings

GONE = (Macro.WITHDRAWN, Macro.REDIRECTED)
"""Statuses of dossiers that a jury has no longer to mark."""


def refuse(key: str, words: str) -> Refused:
    """Return a refusal with its words."""
    return Refused((Refusal(key, words),))


def locked_jury(jury_id: int) -> Jury:
    """Return a jury, locked until the end of the transaction."""
    limit_lock_waits(connection, LOCK_WAIT)
    return Jury.objects.select_for_update(of=("self",), no_key=True).select_related("call").get(pk=jury_id)


def may_manage(holdings: Holdings, jury: Jury) -> bool:
    """Tell whether somebody composes this jury: an officer or a head of unit of its body."""
    return jury.body_id in holdings.of("officer_bodies") | holdings.of("head_bodies")


def is_chair(jury: Jury, actor: Actor) -> bool:
    """Tell whether somebody chairs this jury, and still sits in it."""
    if actor.user is None or jury.chair_id != actor.user.pk:
        return False
    return Juror.objects.filter(jury=jury, user=actor.user, left_at=None).exists()


def live_candidates(jury: Jury):
    """Return the dossiers that a jury has to mark: those withdrawn or sent elsewhere are no longer."""
    return Candidate.objects.filter(jury=jury).exclude(dossier__macro__in=GONE)


def awaited(jury: Jury) -> set[tuple[int, int]]:
    """Return who must mark what, as pairs of user and dossier (four queries); what is closed to somebody is not."""
    users = list(Juror.objects.filter(jury=jury, left_at=None).values_list("user_id", flat=True))
    dossiers = list(live_candidates(jury).values_list("dossier_id", flat=True))
    conflicts = Interest.objects.filter(candidate__jury=jury, conflict=True)
    closed = set(conflicts.values_list("juror__user_id", "candidate__dossier_id"))
    recused = Recusal.objects.filter(dossier__in=dossiers, user__in=users)
    closed |= set(recused.values_list("user_id", "dossier_id"))
    return expected(users, dossiers, closed)


def missing_marks(jury: Jury) -> set[tuple[int, int]]:
    """Return who has not marked what (five queries)."""
    given = Judgement.objects.of_jury(jury).counted().values_list("user_id", "dossier_id")
    return awaited(jury) - set(given)


def reveal_if_all_in(jury: Jury, at: datetime) -> bool:
    """Open the marks of a locked jury where none is missing; tell whether that was done now."""
    wanted = awaited(jury) if jury.state == Jury.State.OPEN else set()
    given = set(Judgement.objects.of_jury(jury).counted().values_list("user_id", "dossier_id")) if wanted else set()
    if not wanted or wanted - given:
        return False
    _open(jury, "", at)
    return True


def reveal(jury_id: int, reason: str, actor: Actor, at: datetime) -> Jury:
    """Open the marks although some are missing: the chair's act, after the closing, with a reason.

    Where none is missing, whoever composes the jury may do it too, and owes no reason. :class:`NotAllowed` for anybody
    else, :class:`Refused` before the closing. Asking again once it is done changes nothing.
    """
    with transaction.atomic():
        jury = locked_jury(jury_id)
        chairs = is_chair(jury, actor)
        manages = may_manage(actor.holdings, jury)
        if not (chairs or manages):
            raise NotAllowed
        if jury.state in (Jury.State.REVEALED, Jury.State.CLOSED):
            return jury
        if jury.state == Jury.State.COMPOSED:
            raise refuse("not-open", "Ce jury n'est pas encore ouvert : il n'y a rien à révéler.")
        if missing := missing_marks(jury):
            _may_not_wait(jury, reason, at, chairs=chairs)
            for dossier in sorted({dossier for _, dossier in missing}):
                with as_the_portal(dossier, at, actor) as desk:
                    desk.write(JournalEntry.Kind.MARKED, {"jury": jury.pk, "revealed": True})
        _open(jury, reason if missing else "", at)
    return jury


def _may_not_wait(jury: Jury, reason: str, at: datetime, *, chairs: bool) -> None:
    if not chairs:
        raise NotAllowed
    if at <= jury.closes_at:
        raise refuse("too-early", "Des notes manquent, et le jury n'est pas fermé : attendez sa date de fermeture.")
    if not reason.strip():
        raise refuse("no-reason", "Des notes manquent : dites pourquoi vous ne les attendez pas.")


def _open(jury: Jury, reason: str, at: datetime) -> None:
    jury.state, jury.revealed_at, jury.reveal_reason = Jury.State.REVEALED, at, reason
    jury.save(update_fields=["state", "revealed_at", "reveal_reason"])
