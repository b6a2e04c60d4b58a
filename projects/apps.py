"""What happens: the register of experiments; the dossiers are to come."""

from django.apps import AppConfig
from django.core import checks

from projects.checks import scanner_answers, storage_can_be_made


class ProjectsConfig(AppConfig):
    """The register, dossiers and their review. It may import ``actors`` and ``levers``."""

    name = "projects"
    verbose_name = "Registre et dossiers"

    def ready(self):
        """Register the system checks."""
        checks.register(storage_can_be_made, checks.Tags.files)
        checks.register(scanner_answers, checks.Tags.security, deploy=True)
