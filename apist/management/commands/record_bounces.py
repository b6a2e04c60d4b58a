"""Record the mails that came back, from the notices that servers send."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apist import outbox
from apist.returns import Read, read_maildir, record, said


class Command(BaseCommand):
    """Read notices from files, from stdin (what a mail server pipes) or from the mailbox of BOUNCE_MAILDIR."""

    help = "Enregistre les courriels revenus, d'après les avis de non-remise (RFC 3464)."

    def add_arguments(self, parser):
        """Let the source be chosen."""
        parser.add_argument("files", nargs="*", type=Path, help="Fichiers, un avis par fichier ; « - » : l'entrée.")
        parser.add_argument("--maildir", action="store_true", help="Lire aussi la boîte de BOUNCE_MAILDIR.")
        parser.add_argument("--lift", metavar="ADRESSE", help="Écrire de nouveau à cette adresse, suspendue à tort.")

    def handle(self, *, files: list[Path], maildir: bool, lift: str | None, verbosity: int, **options):
        """Record each; a message that announces nothing is counted and changes nothing."""
        now = timezone.now()
        if lift:
            lifted = outbox.lift(outbox.digest_of(lift))
            self.stdout.write("Suspension levée." if lifted else "Cette adresse n'était pas suspendue.")
            return
        if not files and not maildir:
            files = [Path("-")]
        counts = dict.fromkeys(Read, 0)
        for file in files:
            counts[record(self.content(file), now)] += 1
        if maildir and (words := read_maildir(now)) and verbosity:
            self.stdout.write(words)
        if files and verbosity:
            self.stdout.write(said(counts))

    def content(self, file: Path) -> bytes:
        """Return what a file or stdin holds."""
        if str(file) == "-":
            return sys.stdin.buffer.read()
        try:
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} : {error.strerror}.") from error
