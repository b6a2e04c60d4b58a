"""Do, every minute, what nobody asks for: sweep, read what came back, run the alerts that are due, send what waits."""

import logging
import signal
from datetime import datetime, timedelta
from threading import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger("apist.clock")

EVERY = 60


class Command(BaseCommand):
    """Run the jobs of ``CLOCK_JOBS`` one after the other; one that fails does not stop the next.

    Jobs lock or claim the rows they change: several clocks at once harm nothing.
    """

    help = "Fait toutes les minutes ce qui a une heure : alertes, courriels en attente, retours, ménage."

    def add_arguments(self, parser):
        """Let it run once, for cron and tests, and in the demonstration at another moment."""
        parser.add_argument("--once", action="store_true", help="Un seul tour, puis fin (code 1 si une tâche échoue).")
        parser.add_argument(
            "--at",
            metavar="2026-11-30T08:00",
            help="Avec --once, hors production : deux tours comme s'il était cette heure-là. "
            "Ce que les alertes écriraient alors part aussitôt.",
        )

    def handle(self, *, once: bool, at: str | None, verbosity: int, **options):
        """Turn until asked to stop; the job at hand is finished first."""
        self.jobs = {path: import_string(path) for path in settings.CLOCK_JOBS}
        self.verbosity = verbosity
        if at and (settings.PRODUCTION or not once):
            raise CommandError("--at ne va qu'avec --once, et jamais en production.")
        asked = Event()
        if once:
            first = self.moment(at) if at else timezone.now()
            moments = [first, first + timedelta(seconds=2 * EVERY)] if at else [first]
            failed = [path for moment in moments for path in self.turn(moment, asked)]
            if failed:
                raise CommandError(f"En échec : {', '.join(dict.fromkeys(failed))} (voir le journal).")
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: asked.set())
        while not asked.is_set():
            close_old_connections()
            self.turn(timezone.now(), asked)
            asked.wait(EVERY)

    def turn(self, now: datetime, asked: Event) -> list[str]:
        """Run each job once, given the moment; return those that failed."""
        failed = []
        for path, job in self.jobs.items():
            if asked.is_set():
                break
            try:
                said = job(now)
            except Exception:
                logger.exception("%s a échoué", path)
                failed.append(path)
            else:
                if said and self.verbosity:
                    self.stdout.write(said)
        return failed

    def moment(self, text: str) -> datetime:
        """Read a moment, on the clocks of France."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError("Écrivez --at 2026-11-30T08:00.") from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
