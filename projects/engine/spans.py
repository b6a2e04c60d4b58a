"""The stay at each stage, written with the move that begins it and ends the one before."""

from projects.engine.stays import whole_days
from projects.models import Dossier, JournalEntry, StageSpan


def pass_stage(dossier: Dossier, entry: JournalEntry) -> None:
    """End the stay at the stage that a move leaves and begin the next; nothing where the stage remains.

    Called in the transaction of the move, once the dossier is at the stage that the move reaches.
    """
    if entry.from_stage == entry.to_stage:
        return
    for span in dossier.spans.filter(left_at=None):
        span.left_at, span.days = entry.at, whole_days(span.entered_at, entry.at)
        span.save(update_fields=["left_at", "days"])
    StageSpan.objects.create(
        dossier=dossier,
        version=entry.stage_version,
        stage=entry.to_stage,
        macro=dossier.macro,
        entered_at=entry.at,
    )
