"""The words: acronyms and what they stand for, homonyms kept apart by their field."""

from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager, Sourced


class Term(Sourced):
    """A word of the field. Two rows may share an acronym: each says in which field it means what."""

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    acronym = models.CharField("sigle ou mot", max_length=60, db_index=True)
    meaning = models.CharField("ce que le sigle abrège", max_length=240)
    field = models.CharField(
        "dans quel domaine", max_length=120, blank=True, help_text="Obligatoire quand le même sigle a un autre sens."
    )
    text = models.TextField("en clair", blank=True, help_text="Une ou deux phrases pour qui ne connaît pas le mot.")
    aliases = models.TextField("autres écritures", blank=True, help_text="Une par ligne : GRADES pour GRADeS.")
    slip = models.TextField(
        "ce que le guide écrit", blank=True, help_text="Si c'est faux ou dépassé ; montré tel quel."
    )
    explained = models.BooleanField(
        "expliqué dans les pages",
        default=True,
        help_text="Développé à son premier emploi dans une page. Sans effet si le sigle a plusieurs sens.",
    )
    url = models.URLField("pour en savoir plus", max_length=600, blank=True)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical."""

        verbose_name = "terme du glossaire"
        verbose_name_plural = "termes du glossaire"
        ordering = ["acronym", "slug"]

    def __str__(self) -> str:
        """Say the acronym and what it stands for."""
        return f"{self.acronym} : {self.meaning}"

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.source"]
