"""Who: regions, agencies, kinds of actors, users, and the sources that say so."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """The lowest app: it imports no other app of the project."""

    name = "actors"
    verbose_name = "Acteurs, territoires et sources"
