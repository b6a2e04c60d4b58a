"""What happens: the dossiers. Empty of models until dossiers are built."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Dossiers and their review. It may import ``actors`` and ``levers``."""

    name = "projects"
    verbose_name = "Dossiers"
