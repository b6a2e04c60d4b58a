"""What dead workers leave, given back; what is no longer needed, deleted. A job of the clock."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from apist import outbox
from apist.models import CacheEntry

TASK_HOLDS = timedelta(minutes=30)
"""How long a task is believed to run: ours end within minutes (``apist.delivery.AT_ONCE``)."""

TASKS_KEPT = timedelta(days=14)


class WorkerDied(Exception):
    """Why a task left running is marked as failed."""


def sweep(now: datetime) -> str:
    """Free what dead workers hold, and purge; say what was found."""
    freed, failed = outbox.free(now), fail_dead_tasks(now)
    outbox.purge(now)
    CacheEntry.objects.filter(expires__lt=now).delete()
    DBTaskResult.objects.finished().filter(finished_at__lte=now - TASKS_KEPT).delete()
    found = {"courriel(s) rendu(s)": freed, "tâche(s) abandonnée(s) par leur ouvrier": failed}
    return ", ".join(f"{number} {words}" for words, number in found.items() if number)


def fail_dead_tasks(now: datetime) -> int:
    """Mark as failed the tasks that have run for too long; return how many.

    They are not run again: the package has no way back to « ready », and what a task had
    to send is rows that the clock delivers. A worker that was only slow corrects the
    mark itself when it ends.
    """
    left = list(DBTaskResult.objects.running().filter(started_at__lte=now - TASK_HOLDS))
    for result in left:
        result.set_failed(WorkerDied(f"Commencée le {result.started_at:%Y-%m-%d à %H:%M}, jamais finie."))
    return len(left)
