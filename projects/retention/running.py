"""Going through the calendar of erasures: once a night, in small turns, or by ``manage.py purge_dossiers``."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from projects.engine.people import THE_PORTAL
from projects.engine.recording import Desk, as_the_portal
from projects.models import RetentionRun
from projects.retention.calendar import Due, Step
from projects.retention.erasing import erase, left_files, remove_files
from projects.retention.planning import Planned, due_of, plan, refresh
from projects.retention.warning import recipients_of, tell_erased, warn

logger = logging.getLogger("projects.retention")

NIGHT = range(2, 6)
"""The hours in France during which it runs: nobody writes, and an operator finds the result in the morning."""

AT_ONCE = 100
"""Dossiers treated in one turn of the clock: the other jobs must not wait."""


@dataclass(slots=True)
class Report:
    """What was done, and how many could not be."""

    done: list[Planned] = field(default_factory=list)
    failed: int = 0
    files: int = 0


def run_due(now: datetime) -> str:
    """Go through the calendar once a night: a job of the clock. Several clocks, or one restarted, do nothing twice."""
    here = timezone.localtime(now)
    if here.hour not in NIGHT:
        return ""
    night, _ = RetentionRun.objects.get_or_create(day=here.date(), defaults={"started_at": now})
    if night.finished_at:
        return ""
    report = run(now, AT_ONCE)
    counts = Counter(one.step for one in report.done)
    RetentionRun.objects.filter(pk=night.pk).update(
        warned=F("warned") + counts[Step.WARN] + counts[Step.REMIND],
        erased=F("erased") + counts[Step.ERASE],
        failed=report.failed,
        finished_at=None if report.done else now,
    )
    if not report.done:
        return ""
    erased = counts[Step.ERASE]
    return f"conservation : {erased} dossier(s) effacé(s), {len(report.done) - erased} prévenu(s)"


def run(at: datetime, most: int | None = None) -> Report:
    """Take the steps that the calendar asks for at a moment, at most so many; one that fails does not stop the others.

    Files that an interrupted erasure left are removed first.
    """
    on = timezone.localtime(at).date()
    report = Report(files=remove_files(left_files()))
    refresh(on)
    for planned in plan(on)[:most]:
        try:
            if take(planned, at):
                report.done.append(planned)
        except Exception:
            logger.exception("Conservation : le dossier %s a échoué", planned.reference)
            report.failed += 1
    return report


def take(planned: Planned, at: datetime) -> bool:
    """Take one step, if under the lock the calendar still asks for it; tell whether it was taken."""
    on = timezone.localtime(at).date()
    with as_the_portal(planned.dossier, at, THE_PORTAL) as desk:
        found = due_of(planned.dossier, on)
        if found.step != planned.step:
            return False
        (_erase if found.step is Step.ERASE else _announce)(desk, found, at)
    if planned.step is Step.ERASE:
        remove_files(left_files([planned.dossier]))
    return True


def _announce(desk: Desk, found: Due, at: datetime) -> None:
    """Write down that people were told, and tell them."""
    dossier = desk.dossier
    if found.step is Step.WARN:
        dossier.erase_after, dossier.warned_at, dossier.reminded_at = found.last_day, at, None
    else:
        dossier.reminded_at = at
    dossier.save(update_fields=["erase_after", "warned_at", "reminded_at"])
    warn(dossier, due_of(dossier.pk, timezone.localtime(at).date()).goes_on, at)


def _erase(desk: Desk, found: Due, at: datetime) -> None:
    dossier = desk.dossier
    told = recipients_of(dossier, at)
    erase(
        desk,
        {
            "cause": "retention",
            "kept_until": found.last_day.isoformat(),
            "warned_at": dossier.warned_at.isoformat(),
            "reminded_at": dossier.reminded_at.isoformat(),
        },
    )
    tell_erased(dossier, told, at)
