"""What exists: the levers, their rules and their windows."""

from django.apps import AppConfig


class LeversConfig(AppConfig):
    """The catalogue. It may import ``actors`` and never ``projects``."""

    name = "levers"
    verbose_name = "Leviers et règles"
