"""What happens by itself when a date passes: the moves that a procedure leaves to the portal. A job of the clock."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q

from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.engine.people import THE_PORTAL
from projects.engine.reading import known
from projects.models import Dossier
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.conditions import refusals
from projects.procedures.types import Move
from projects.procedures.vocabulary import Party

AT_ONCE = 200
"""Dossiers moved by one turn of the clock: it turns every minute."""


def automatic() -> dict[tuple[str, int, str], Move]:
    """Return the move that the portal makes when the date of a stage passes, by procedure, version and stage."""
    return {
        (procedure.key, procedure.version, stage): move
        for procedure in PROCEDURES
        for move in procedure.moves
        if Party.SYSTEM in move.by
        for stage in move.from_stages
    }


def run_due(at: datetime) -> str:
    """Make the moves that are due, each once; say how many.

    The key of a request is drawn from the dossier and its version: a clock killed after the commit, or two clocks,
    make no second move. Where a condition does not hold, the dossier is left to those in charge of it, without a trace.
    """
    moves = automatic()
    wanted = Q(pk__in=[])
    for key, version, stage in moves:
        wanted |= Q(procedure_key=key, procedure_version=version, stage=stage)
    moved = 0
    for dossier in Dossier.objects.past_stage(at).filter(wanted).with_names().order_by("due_at", "pk")[:AT_ONCE]:
        move = moves[dossier.procedure_key, dossier.procedure_version, dossier.stage]
        if refusals(move, known(dossier, at, move=move.key).facts):
            continue
        key = uuid5(NAMESPACE_URL, f"{dossier.reference}/{dossier.version}/{move.key}")
        try:
            advance(dossier.pk, Request(move.key, dossier.version, key), THE_PORTAL, at)
            moved += 1
        except (NotAllowed, Refused, Stale):
            continue  # somebody acted meanwhile: nothing is due any more
    return f"{moved} dossier(s) à l'échéance" if moved else ""
