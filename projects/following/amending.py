"""Preparing an amendment: what changes and why, checked at once, signed later by somebody else."""

from dataclasses import replace
from datetime import datetime

from projects.engine.amended import AMENDED, REASON, ROWS, SCHEDULE, Amended, amending_move, prepared
from projects.engine.amending import problems_of
from projects.engine.committing import number_of, used_ranks
from projects.engine.door import Refused
from projects.engine.paying import sums_of
from projects.engine.people import Actor
from projects.engine.reading import records
from projects.engine.recording import act_on
from projects.engine.schedule import as_data, numbered, words_of
from projects.models import JournalEntry
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

NOT_NOW = Refusal("no-amendment", "Aucun avenant n'est ouvert : ouvrez-le d'abord depuis la page du dossier.")
CHANGED = Refusal(
    "changed", "Quelqu'un a préparé l'avenant ou changé l'échéancier entre-temps. Relisez la page, puis enregistrez."
)


def prepare_amendment(dossier_id: int, amended: Amended, seen: tuple[int, int], actor: Actor, at: datetime) -> int:
    """Keep what an amendment would change, and return the rank of the act that says it.

    ``seen``: the version of the schedule and the act of the amendment that the page showed, 0 for none. Raises
    ``NotAllowed`` where the person may not, ``Refused`` where it cannot be. It changes nothing before it is signed.
    """
    with act_on(dossier_id, Act.SCHEDULE, actor, at) as desk:
        dossier = desk.dossier
        if amending_move(dossier.procedure, dossier.stage) is None:
            raise Refused((NOT_NOW,))
        entries = list(dossier.journal.order_by("seq").prefetch_related("texts"))
        before, number = prepared(entries), number_of(dossier)
        if (number, before.seq if before else 0) != seen:
            raise Refused((CHANGED,))
        _, paid = sums_of(dossier)
        if found := problems_of(dossier, amended, records(dossier.procedure, entries), paid, entries, at):
            raise Refused(found)
        rows = tuple(numbered(amended.rows, used_ranks(dossier)))
        kept = replace(amended, rows=rows)
        data = {
            AMENDED: {
                "amount": str(kept.amount),
                "per_year": str(kept.per_year),
                "ends_on": kept.ends_on.isoformat(),
            },
            ROWS: as_data(rows),
            SCHEDULE: number,
        }
        return desk.write(JournalEntry.Kind.LETTER, data, {REASON: kept.reason} | words_of(rows)).seq
