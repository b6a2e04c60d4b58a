"""When a lever can be entered: its windows, from which its availability is computed."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from levers.models.lever import LeverPart


class Window(LeverPart):
    """A period in which one may enter the lever; without an end it lasts."""

    class Kind(models.TextChoices):
        """Open all year round, or for a campaign."""

        PERMANENT = "permanent", "Toute l'année"
        CAMPAIGN = "campaign", "Campagne"

    class Precision(models.TextChoices):
        """How exactly the source gives the dates."""

        DAY = "day", "Au jour près"
        MONTH = "month", "Au mois près"
        YEAR = "year", "À l'année près"

    label = models.CharField("nom", max_length=160)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField(
        "ferme le", null=True, blank=True, help_text="Dernier jour compris ; vide : sans fin connue."
    )
    precision = models.CharField("précision", max_length=6, choices=Precision, default=Precision.DAY)
    note = models.TextField("précisions", blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Chronological."""

        verbose_name = "période d'ouverture"
        verbose_name_plural = "périodes d'ouverture"
        ordering = ["lever", "opens_on", "key"]

    def __str__(self) -> str:
        """Name the window."""
        return self.label

    def clean(self) -> None:
        """Refuse a window that closes before it opens."""
        if self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "La fermeture précède l'ouverture : inversez ou corrigez les dates."})
