"""Who says so: the documents behind every fact, and the mixin that ties a row to them.

No row of the portal states a fact without saying where it was read. The rule is
the house rule on content (README, "Contenu"): a source, a place in that source,
the day somebody checked it and the day it must be checked again.
"""

from datetime import date

from django.db import models
from simple_history.models import HistoricalRecords


class NaturalManager(models.Manager):
    """Find a row by the value that people use for it, so that fixtures need no number.

    ``fields`` names that value; a relation is written ``lever__slug``.
    """

    def __init__(self, *fields: str):
        super().__init__()
        self.natural_fields = fields

    def get_by_natural_key(self, *values):
        """Return the row whose natural fields hold ``values`` (``loaddata`` asks this)."""
        return self.get(**dict(zip(self.natural_fields, values, strict=True)))


class Source(models.Model):
    """A document that facts were read in: one of the five founding ones, a law, a page."""

    class Kind(models.TextChoices):
        """What sort of document this is, from the strongest to the weakest."""

        FOUNDING = "founding", "Document fondateur du portail"
        LAW = "law", "Loi, décret, code"
        OFFICIAL = "official", "Instruction, page ou document d'une administration"
        COPY = "copy", "Copie d'un texte officiel"
        PRESS = "press", "Presse ou site spécialisé"
        STUDY = "study", "Étude interne du projet"

    class Reliability(models.TextChoices):
        """How far the portal trusts it, as graded by the study of the domain."""

        PRIMARY = "primary", "Texte ou site officiel"
        SECONDARY = "secondary", "Source secondaire"
        TO_CHECK = "to-check", "À vérifier"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    title = models.CharField("titre", max_length=300)
    kind = models.CharField("nature", max_length=20, choices=Kind)
    reliability = models.CharField("fiabilité", max_length=20, choices=Reliability)
    publisher = models.CharField("organisme qui publie", max_length=200, blank=True)
    document = models.CharField(
        "fichier",
        max_length=120,
        blank=True,
        help_text="Nom du fichier quand il s'agit d'un des cinq documents fondateurs.",
    )
    url = models.URLField("adresse", max_length=600, blank=True)
    published = models.CharField(
        "date de publication", max_length=60, blank=True, help_text="Telle que la source la donne : « juillet 2020 »."
    )
    authors = models.TextField("auteurs", blank=True, help_text="Organismes seulement, jamais de personnes.")
    licence = models.CharField("licence ou conditions de reprise", max_length=300, blank=True)
    corrections = models.TextField(
        "ce qui a été corrigé",
        blank=True,
        help_text="Une correction par ligne : ce que la source dit, ce qui est retenu.",
    )
    verified_on = models.DateField("vérifié le")
    review_due = models.DateField("à revoir avant le")

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """French names and reading order."""

        verbose_name = "source"
        ordering = ["kind", "slug"]

    def __str__(self) -> str:
        """Name the source as a reader would."""
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return what fixtures call this row."""
        return (self.slug,)

    @property
    def name_for_citation(self) -> str:
        """Return the file name of a founding document, else the title: what the API shows."""
        return self.document or self.title


class Sourced(models.Model):
    """A row that says where it was read, when it was checked and when to look again."""

    source = models.ForeignKey(Source, verbose_name="source", on_delete=models.PROTECT, related_name="+")
    locator = models.CharField(
        "endroit dans la source", max_length=200, blank=True, help_text="Page, article, lignes ou rubrique."
    )
    verified_on = models.DateField("vérifié le")
    review_due = models.DateField("à revoir avant le", db_index=True)

    class Meta:
        """Abstract: each table carries its own source."""

        abstract = True

    def review_is_overdue(self, at: date) -> bool:
        """Tell whether somebody should have looked at this row again before ``at``."""
        return self.review_due < at

    @property
    def citation(self) -> dict[str, str]:
        """Return the source as the JSON of the contract writes it: document, locator, url."""
        return {"document": self.source.name_for_citation, "locator": self.locator, "url": self.source.url}
