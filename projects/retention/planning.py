"""What the calendar asks for on a day, read from the base: the list that a dry run shows and that the real run does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery

from projects.models import Attachment, Dossier, JournalEntry, Section
from projects.procedures.vocabulary import Macro
from projects.retention.calendar import LEAVING, Due, Kept, Step, day_in_france, due

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to take on a dossier, and the last day of its keeping."""

    dossier: int
    reference: str
    step: Step
    last_day: date


def plan(on: date) -> list[Planned]:
    """Return every step that the calendar asks for on a day, the oldest first; nothing is changed."""
    steps = [
        Planned(row.pk, row.reference, found.step, found.last_day)
        for row, found in _calendar(on)
        if found.step and found.last_day
    ]
    return sorted(steps, key=lambda one: (one.last_day, one.dossier))


def due_of(dossier_id: int, on: date) -> Due:
    """Return what the calendar asks for one dossier, read afresh (one query): asked again under its lock."""
    row = _candidates().filter(pk=dossier_id).first()
    return due(kept_of(row), on) if row else Due(None, None)


def kept_of(row: Dossier) -> Kept:
    """Return what decides of the end of a dossier, read with :func:`_candidates`."""
    procedure = row.procedure
    changes = [row.opened_at, row.staged_at, row.last_act, row.last_answer, row.last_shared_answer, row.last_file]
    return Kept(
        macro=Macro(row.macro),
        changed_on=day_in_france(max(moment for moment in changes if moment)),
        ended_on=day_in_france(row.ended_at),
        deposited=row.deposited_at is not None,
        held=bool(row.held_because),
        erased=row.erased_at is not None,
        draft_months=procedure.draft_kept_months,
        kept_months=procedure.kept_months,
        announced=row.erase_after,
        warned_on=day_in_france(row.warned_at),
        reminded_on=day_in_france(row.reminded_at),
    )


def refresh(on: date) -> int:
    """Write on each dossier the day until which it is kept, where it moved; return how many did.

    A warning for a day that moved is forgotten: it will be given again. No decision rests on what is written here.
    """
    moved = []
    for row, found in _calendar(on):
        if row.erase_after != found.last_day:
            row.erase_after, row.warned_at, row.reminded_at = found.last_day, None, None
            moved.append(row)
    fields = ["erase_after", "warned_at", "reminded_at"]
    Dossier.objects.bulk_update(moved, fields, batch_size=CHUNK)
    open_again = Dossier.objects.exclude(macro__in=LEAVING).exclude(erase_after=None)
    return len(moved) + open_again.update(erase_after=None, warned_at=None, reminded_at=None)


def _calendar(on: date) -> Iterator[tuple[Dossier, Due]]:
    for row in _candidates().iterator(chunk_size=CHUNK):
        yield row, due(kept_of(row), on)


def _candidates() -> QuerySet[Dossier]:
    """Return the dossiers that may go one day, with the moments at which people last did something to them."""
    here = OuterRef("pk")
    by_people = JournalEntry.objects.filter(dossier=here).exclude(actor=None)
    answers = Section.objects.filter(dossier=here)
    shared = Section.objects.filter(project=OuterRef("project_id"), dossier=None)
    files = Attachment.objects.filter(dossier=here)
    rows = Dossier.objects.filter(macro__in=LEAVING, erased_at=None).order_by("pk")
    return rows.annotate(
        last_act=_last(by_people, "dossier", "at"),
        last_answer=_last(answers, "dossier", "changed_at"),
        last_shared_answer=_last(shared, "project", "changed_at"),
        last_file=_last(files, "dossier", "added_at"),
    )


def _last(rows: QuerySet, group: str, moment: str) -> Subquery:
    """Return the last of some moments, as a column."""
    return Subquery(rows.order_by().values(group).annotate(last=Max(moment)).values("last"))
