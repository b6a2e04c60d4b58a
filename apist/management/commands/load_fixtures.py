"""Fill the base with the content of the fixtures."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from apist.fixtures import FolderProblem, files_to_load, holds_rows
from levers.models import Lever


class Command(BaseCommand):
    """Create or bring back to the files' words every row that they name; touch no other.

    All or nothing: ``loaddata`` works in one transaction. It writes no history, since
    nobody changed anything, and removes nothing: rows that curators added remain.
    """

    help = "Charge le contenu des fichiers YAML dans la base, autant de fois qu'on veut."

    def add_arguments(self, parser):
        """Let the folder be chosen."""
        parser.add_argument(
            "--from", dest="source", type=Path, default=settings.BASE_DIR / "fixtures", help="Dossier (fixtures/)."
        )
        parser.add_argument("--if-empty", action="store_true", help="Ne rien faire si la base a déjà un levier.")

    def handle(self, *, source: Path, verbosity: int, if_empty: bool = False, **options):
        """Load every file in one go."""
        if if_empty and Lever.objects.exists():
            return
        try:
            files = files_to_load(source.resolve())
        except FolderProblem as problem:
            raise CommandError(str(problem)) from problem
        said = StringIO()
        try:
            call_command("loaddata", *map(str, filter(holds_rows, files)), verbosity=1, stdout=said)
        except (DeserializationError, IntegrityError) as error:
            raise CommandError(f"Rien n'a été chargé. {error}") from error
        if verbosity:
            number = said.getvalue().split()[1]
            self.stdout.write(f"{number} lignes chargées depuis {len(files)} fichiers de {source}.")
