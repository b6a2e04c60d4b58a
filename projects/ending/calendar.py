"""The calendar of ends: which dossiers end in the next twelve months, by the dates that their stages give."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from projects.ending.rules import AHEAD_MONTHS, End, end_of, months_before
from projects.engine.reading import records
from projects.models import Dossier
from projects.procedures.vocabulary import Macro
from projects.rights.holdings import Holdings
from projects.rights.table import INSTRUCTING_SIDE

RUNNING = (Macro.GRANTED, Macro.RUNNING)


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier of the calendar: the date of its stage, and the end of its phase against the law."""

    dossier: Dossier
    stage: str
    due_on: date
    end: End | None
    is_over: bool


def ending(holdings: Holdings, at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers granted and not finished whose stage ends within twelve months, the nearest first.

    Those whose date is already past are first: they are the most urgent.
    """
    day = timezone.localtime(at).date()
    horizon = months_before(day, -AHEAD_MONTHS)
    mine = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE).open().filter(macro__in=RUNNING)
    soon = mine.exclude(deposited_at=None).filter(due_at__date__lte=horizon + timedelta(days=1))
    return soon.with_names().order_by("due_at", "pk")


def rows_of(dossiers: QuerySet[Dossier], at: datetime) -> list[Row]:
    """Return what the calendar says of each dossier (three queries, whatever their number)."""
    found = []
    for one in dossiers.prefetch_related("journal__texts"):
        procedure = one.procedure
        entries = sorted(one.journal.all(), key=lambda entry: entry.seq)
        end = end_of(procedure.public, records(procedure, entries))
        found.append(Row(one, one.stage_now.agency_label, last_day_of(one.due_at), end, one.due_at <= at))
    return found


def last_day_of(due_at: datetime) -> date:
    """Return the last day of a stage: a date past which it is over is the midnight that follows, in France."""
    return timezone.localtime(due_at - timedelta(microseconds=1)).date()
