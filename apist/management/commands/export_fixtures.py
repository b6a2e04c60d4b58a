"""Write the content of the base as the files that ``load_fixtures`` reads."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from apist.fixtures import files_from_base, write_files


class Command(BaseCommand):
    """Overwrite the files in place: a review sees in them what curators changed."""

    help = "Écrit le contenu de la base dans les fichiers YAML que lit load_fixtures."

    def add_arguments(self, parser):
        """Let the folder be chosen."""
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "fixtures", help="Dossier (fixtures/).")

    def handle(self, *, to: Path, verbosity: int, **options):
        """Read everything at one moment, then write."""
        with transaction.atomic():
            files = files_from_base()
        removed = write_files(to, files)
        if verbosity:
            end = f" ; retirés : {', '.join(removed)}" if removed else ""
            self.stdout.write(f"{len(files)} fichiers écrits dans {to}{end}.")
