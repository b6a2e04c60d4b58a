"""What happens: the dossiers, their review, and the register of experiments."""

from django.apps import AppConfig
from django.core import checks

from projects.checks import scanner_answers, storage_can_be_made
from projects.procedure_checks import procedures_hold


class ProjectsConfig(AppConfig):
    """The register, dossiers and their review. It may import ``actors`` and ``levers``."""

    name = "projects"
    verbose_name = "Registre et dossiers"

    def ready(self):
        """Register the system checks."""
        checks.register(storage_can_be_made, checks.Tags.files)
        checks.register(scanner_answers, checks.Tags.security, deploy=True)
        checks.register(procedures_hold)
