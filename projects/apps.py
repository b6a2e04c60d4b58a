"""What happens: the register of experiments; the dossiers are to come."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The register, dossiers and their review. It may import ``actors`` and ``levers``."""

    name = "projects"
    verbose_name = "Registre et dossiers"
