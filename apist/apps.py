"""The project package as an app: management commands, template tags, checks."""

from django.apps import AppConfig


class ApistConfig(AppConfig):
    """Holds what belongs to no business app; its rows are outgoing mail."""

    name = "apist"
    verbose_name = "Portail"
