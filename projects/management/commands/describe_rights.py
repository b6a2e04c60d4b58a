"""Write the matrix of rights into the documentation."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from projects.procedures.catalogue import LATEST
from projects.rights.matrix import described

PAGE = Path(settings.BASE_DIR) / "docs" / "rights.md"


class Command(BaseCommand):
    """``docs/rights.md`` is what this writes: run it again after a change of the table or of a procedure."""

    help = "Écrit docs/rights.md : qui peut quoi, à chaque étape de chaque procédure."

    def handle(self, **options):
        """Write the page."""
        PAGE.write_text(described(LATEST.values()), encoding="utf-8")
        self.stdout.write(f"{PAGE} : {len(LATEST)} procédure(s).")
