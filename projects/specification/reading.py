"""What the pages of a specification read: its versions, the comments, what is being written."""

from projects.engine.reading import figures_of, frozen_content, known
from projects.models import Dossier, JournalEntry, SpecificationComment
from projects.specification.versions import Version, kept_by, sending_moves


def versions_of(dossier: Dossier) -> list[Version]:
    """Return the versions that were sent, the last one first, each with what it is kept as (two queries)."""
    procedure = dossier.procedure
    sent = dossier.snapshots.filter(entry__move__in=sending_moves(procedure)).select_related("entry")
    snapshots = sorted(sent, key=lambda one: one.entry.seq)
    moves = dossier.journal.filter(kind=JournalEntry.Kind.MOVE).values_list("move", "seq", "at")
    kept = kept_by(procedure, moves.order_by("seq"), [one.entry.seq for one in snapshots])
    return [
        Version(
            rank,
            one.content,
            one.number,
            one.taken_at,
            one.pk,
            tuple(kept.get(one.entry.seq, ())),
            is_erased=not one.content,
        )
        for rank, one in enumerate(snapshots, start=1)
    ][::-1]


def being_written(dossier: Dossier, at) -> Version:
    """Return what the applicant has written up to now, as a version without a rank: for their side alone."""
    return Version(0, frozen_content(known(dossier, at)), taken_at=None)


def current_figures(dossier: Dossier) -> list[dict]:
    """Return the years of the financing model as they are now (one query)."""
    return figures_of(dossier)


def comments_of(dossier: Dossier) -> dict[str, list[SpecificationComment]]:
    """Return the comments by section, in order (one query)."""
    found: dict[str, list[SpecificationComment]] = {}
    for one in dossier.comments.select_related("author", "resolved_by", "snapshot"):
        found.setdefault(one.section, []).append(one)
    return found
