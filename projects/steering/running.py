"""When things are counted: by the clock every ten minutes, by hand on a small base, or by a command."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from projects.models import JournalEntry, SteeringCell, SteeringRun
from projects.steering.counting import count

EVERY = timedelta(minutes=10)
AT_MOST = timedelta(hours=1)
"""After that, counted again even where nobody acted: dates pass by themselves."""

SMALL = 5_000
"""Up to so many dossiers, whoever reads the page may have them counted at once."""

AGAIN_AFTER = timedelta(minutes=1)
KEPT = 2
"""Runs that are kept: a page that read the number of one still finds its counts."""

BATCH = 1_000


def refresh(at: datetime) -> SteeringRun:
    """Count everything and write it, whole, under a new run; forget the runs before the last one.

    The last act is read first: one written while counting is counted again next time rather than missed.
    """
    last = last_entry()
    counted = count(at)
    with transaction.atomic():
        run = SteeringRun.objects.create(at=at, last_entry=last, dossiers=counted.dossiers)
        SteeringCell.objects.bulk_create(
            (SteeringCell(run=run, **fields) for fields in counted.cells()), batch_size=BATCH
        )
        kept = list(SteeringRun.objects.values_list("pk", flat=True)[:KEPT])
        SteeringCell.objects.exclude(run__in=kept).delete()
        SteeringRun.objects.exclude(pk__in=kept).delete()
    return run


def run_due(now: datetime) -> str:
    """Count again where ten minutes passed and somebody acted, or an hour: a job of the clock."""
    last = latest()
    if last is not None:
        age = now - last.at
        if age < EVERY or (age < AT_MOST and last.last_entry == last_entry()):
            return ""
    run = refresh(now)
    return f"pilotage : {run.dossiers} dossier(s) compté(s)" if run.dossiers or last else ""


def may_refresh(last: SteeringRun | None, at: datetime) -> bool:
    """Tell whether whoever reads may have everything counted now: a small base, and not counted a moment ago."""
    return last is None or (last.dossiers <= SMALL and at - last.at >= AGAIN_AFTER)


def latest() -> SteeringRun | None:
    """Return the last run; None before the first one."""
    return SteeringRun.objects.first()


def last_entry() -> int:
    """Return the number of the last act of all journals."""
    return JournalEntry.objects.aggregate(last=Max("pk"))["last"] or 0
