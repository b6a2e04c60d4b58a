"""Where: the 18 regions, their departments and the 18 agencies.

Codes are those of the official geographic code of INSEE, kept as text: they have
leading zeros and letters, and region and department codes overlap (75 is both
Nouvelle-Aquitaine and Paris), so each table has its own key.
"""

from django.db import models
from simple_history.models import HistoricalRecords

from actors.models.source import NaturalManager, Sourced


class Region(Sourced):
    """One of the 18 French regions."""

    code = models.CharField("code INSEE", max_length=2, unique=True)
    name = models.CharField("nom", max_length=60)
    is_overseas = models.BooleanField("outre-mer", default=False)

    objects = NaturalManager("code")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical, as people look for their region."""

        verbose_name = "région"
        ordering = ["name"]

    def __str__(self) -> str:
        """Name the region."""
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the INSEE code."""
        return (self.code,)


class Department(Sourced):
    """A department, in its region."""

    code = models.CharField("code INSEE", max_length=3, unique=True)
    name = models.CharField("nom", max_length=60)
    region = models.ForeignKey(Region, verbose_name="région", on_delete=models.PROTECT, related_name="departments")

    objects = NaturalManager("code")
    history = HistoricalRecords()

    class Meta:
        """By code, as departments are listed in France."""

        verbose_name = "département"
        ordering = ["code"]

    def __str__(self) -> str:
        """Name the department with its number."""
        return f"{self.name} ({self.code})"

    def natural_key(self) -> tuple[str]:
        """Return the INSEE code."""
        return (self.code,)

    natural_key.dependencies = ["actors.region"]


class Agency(Sourced):
    """A regional health agency: whom to address, by functions and generic addresses only."""

    code = models.CharField(
        "code", max_length=6, unique=True, help_text="« ARS- » et le code INSEE de la région : clé interne du portail."
    )
    region = models.OneToOneField(Region, verbose_name="région", on_delete=models.PROTECT, related_name="agency")
    name = models.CharField("nom", max_length=120)
    website = models.URLField("site", blank=True)
    website_confirmed = models.BooleanField(
        "adresse du site confirmée",
        default=False,
        help_text="Non coché : l'adresse suit le modèle national, à vérifier.",
    )
    entry_point = models.CharField(
        "porte d'entrée innovation",
        max_length=200,
        blank=True,
        help_text="Un service, une fonction ; jamais une personne.",
    )
    entry_url = models.URLField("page de la porte d'entrée", max_length=400, blank=True)
    entry_email = models.EmailField("adresse générique", blank=True, help_text="Adresse de service, jamais nominative.")
    note = models.TextField("précisions", blank=True)

    objects = NaturalManager("code")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical by region."""

        verbose_name = "agence régionale de santé"
        verbose_name_plural = "agences régionales de santé"
        ordering = ["region__name"]

    def __str__(self) -> str:
        """Name the agency."""
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the internal code."""
        return (self.code,)

    natural_key.dependencies = ["actors.region"]

    @property
    def entry_is_known(self) -> bool:
        """Tell whether a visitor can be sent to a door rather than to the front page."""
        return bool(self.entry_email or self.entry_url)
