"""Write the documentation of every procedure, from the procedures."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from projects.procedures.catalogue import LATEST
from projects.procedures.describe import described, index

FOLDER = Path(settings.BASE_DIR) / "docs" / "procedures"


def pages() -> dict[str, str]:
    """Return every page by its name."""
    every = {f"{key}.md": described(one, LATEST.get(one.variant_of)) for key, one in LATEST.items()}
    return {"README.md": index(LATEST.values()), **every}


class Command(BaseCommand):
    """``manage.py describe_procedures`` rewrites docs/procedures/; a test tells where they differ."""

    help = "Réécrit docs/procedures/ d'après les définitions."

    def handle(self, **_):
        """Write each page, and take away those of procedures that are no more."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        wanted = pages()
        for path in FOLDER.glob("*.md"):
            if path.name not in wanted:
                path.unlink()
        for name, text in wanted.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(wanted)} pages dans {FOLDER}")
