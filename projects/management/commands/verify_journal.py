"""Check the journals of dossiers, all of them or some, and name the first link that is broken."""

from django.core.management.base import BaseCommand, CommandError

from projects import guards
from projects.engine.verifying import verify
from projects.models import Dossier, Maintenance


class Command(BaseCommand):
    """Ends with an error as soon as one journal, or a guard of the database, does not hold."""

    help = "Vérifie les journaux des dossiers : chaîne, textes, étape, dépôts figés, décisions, protections de la base."

    def add_arguments(self, parser):
        """Take references of dossiers; without any, all are checked."""
        parser.add_argument("references", nargs="*", help="Références de dossiers ; aucune : tous.")

    def handle(self, references: list[str], **options):
        """Check, say each fault on a line, and end with their number."""
        dossiers = Dossier.objects.order_by("pk")
        if references:
            dossiers = dossiers.filter(reference__in=references)
            unknown = set(references) - set(dossiers.values_list("reference", flat=True))
            if unknown:
                raise CommandError(f"Aucun dossier de référence {', '.join(sorted(unknown))}.")
        faults = [f"Protection absente de la base : {name}." for name in guards.missing()]
        if Maintenance.objects.filter(is_open=True).exists():
            faults.append("Une opération de maintenance est restée ouverte.")
        count = 0
        for dossier in dossiers.iterator():
            found = verify(dossier)
            count += 1
            if not found.is_whole:
                faults.append(f"{dossier.reference}, acte n° {found.broken.seq} : {found.broken.reason}.")
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} défaut(s) sur {count} journal(aux) vérifié(s).")
        self.stdout.write(f"{count} journal(aux) vérifié(s), sans défaut.")
