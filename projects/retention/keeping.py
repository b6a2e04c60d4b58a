"""Keeping a dossier from being erased, and letting it go again: for those who review it, with a reason, journaled."""

from datetime import datetime

from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.models import Dossier, JournalEntry
from projects.rights.table import Act


def hold(dossier_id: int, reason: str, actor: Actor, at: datetime) -> Dossier:
    """Keep a dossier whatever its date; ``NotAllowed`` for those who may not. Held again, the reason is replaced."""
    with act_on(dossier_id, Act.HOLD, actor, at) as desk:
        return _write(desk, reason)


def release(dossier_id: int, reason: str, actor: Actor, at: datetime) -> Dossier:
    """Let the calendar run again: people are warned anew, 60 days at least before anything goes."""
    with act_on(dossier_id, Act.HOLD, actor, at) as desk:
        return _write(desk, reason, held=False)


def _write(desk, reason: str, *, held: bool = True) -> Dossier:
    dossier = desk.dossier
    dossier.held_because = reason if held else ""
    dossier.warned_at = dossier.reminded_at = None
    dossier.save(update_fields=["held_because", "warned_at", "reminded_at"])
    desk.write(JournalEntry.Kind.HELD, {"held": held}, {"reason": reason})
    return dossier
