"""What was learnt: published evaluations and feedback, for anyone to read (asked for by Structures 3.0)."""

from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager, Sourced
from levers.models import Lever
from projects.models.experiment import Experiment


class Feedback(Sourced):
    """A document, or the lesson of one, about an experiment or a lever."""

    class Kind(models.TextChoices):
        """What sort of text."""

        EVALUATION = "evaluation", "Évaluation publiée"
        REPORT = "report", "Rapport ou bilan d'ensemble"
        ACCOUNT = "account", "Retour d'expérience"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    title = models.CharField("titre", max_length=240)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    publisher = models.CharField("organisme", max_length=200, blank=True)
    published = models.CharField("date", max_length=60, blank=True, help_text="Telle que la source la donne.")
    text = models.TextField("ce qu'on y apprend")
    url = models.URLField("adresse", max_length=600, blank=True)
    experiments = models.ManyToManyField(
        Experiment, verbose_name="expérimentations", related_name="feedback", blank=True
    )
    levers = models.ManyToManyField(Lever, verbose_name="leviers", related_name="feedback", blank=True)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical."""

        verbose_name = "retour d'expérience"
        verbose_name_plural = "retours d'expérience"
        ordering = ["slug"]

    def __str__(self) -> str:
        """Name the text."""
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.source", "projects.experiment", "levers.lever"]
