"""The project package as an app: management commands, template tags, checks."""

from django.apps import AppConfig


class ApistConfig(AppConfig):
    """Holds what belongs to no business app; it has no model."""

    name = "apist"
    verbose_name = "Portail"
