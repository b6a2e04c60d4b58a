"""Give dossiers deposited before an upgrade what the portal now reads of them."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.engine.catching_up import Completed, complete
from projects.steering.running import refresh


class Command(BaseCommand):
    """To be run after an upgrade; run again, it finds nothing left to do."""

    help = (
        "Complète les dossiers d'avant une mise à jour : facettes, montant demandé, statut de leur étape, délai légal."
    )

    def handle(self, **options):
        """Complete by batches, have the figures counted again where something changed, and say how many."""
        done = complete(timezone.now())
        if done != Completed():
            refresh(timezone.now())
        self.stdout.write(
            f"Facettes : {done.facets} dossier(s) ; montant demandé : {done.asked} ; "
            f"statut : {done.statuses} ; délai légal : {done.delays}."
        )
