"""Count again what steering and the public figures tell."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.steering.running import refresh


class Command(BaseCommand):
    """The clock does it every ten minutes; this does it now."""

    help = "Recompte les chiffres du pilotage et des statistiques publiques."

    def handle(self, **options):
        """Count, and say how many dossiers."""
        run = refresh(timezone.now())
        self.stdout.write(f"{run.dossiers} dossier(s), {run.cells.count()} chiffre(s).")
