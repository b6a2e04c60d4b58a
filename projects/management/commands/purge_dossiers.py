"""Go through the calendar of erasures by hand, or see what it would do."""

from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.retention.calendar import Step
from projects.retention.erasing import left_files
from projects.retention.planning import Planned, plan
from projects.retention.running import run

WORDS = {Step.WARN: "à prévenir", Step.REMIND: "à rappeler", Step.ERASE: "à effacer"}


class Command(BaseCommand):
    """The dry run prints what the real run would do at that moment, line by line; the real run prints what it did."""

    help = "Prévient des effacements de dossiers et efface ceux dont le délai est passé (--dry-run le dit seulement)."

    def add_arguments(self, parser):
        """Let it be tried, and tried for another day."""
        parser.add_argument("--dry-run", action="store_true", help="Dire ce qui serait fait, sans rien changer.")
        parser.add_argument(
            "--at",
            metavar="2027-01-15T03:00",
            help="Comme s'il était cette heure-là, en France ; en production, avec --dry-run seulement.",
        )

    def handle(self, *, dry_run: bool, at: str | None, **options):
        """Say each step on a line, then how many."""
        if at and settings.PRODUCTION and not dry_run:
            raise CommandError("En production, --at ne va qu'avec --dry-run.")
        moment = _moment(at) if at else timezone.now()
        if dry_run:
            steps, failed = plan(timezone.localtime(moment).date()), 0
            files = len(left_files())
        else:
            report = run(moment)
            steps, failed, files = report.done, report.failed, report.files
        for one in steps:
            self.stdout.write(_line(one))
        if files:
            self.stdout.write(f"{files} fichier(s) laissé(s) par un effacement interrompu")
        if failed:
            raise CommandError(f"{failed} dossier(s) en échec (voir le journal).")
        self.stdout.write(f"{len(steps)} dossier(s).")


def _line(one: Planned) -> str:
    return f"{one.reference} {WORDS[one.step]} (conservé jusqu'au {one.last_day:%d/%m/%Y})"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("Écrivez --at 2027-01-15T03:00.") from error
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
