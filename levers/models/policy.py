"""The policies that a project is asked to serve, with their days, and the objectives of each region."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager, Region, Sourced
from levers.models.lever import Dated


class Policy(Sourced, Dated):
    """A strategy, a roadmap, a plan or a law: when it held, and what came after."""

    class Kind(models.TextChoices):
        """What sort of text."""

        STRATEGY = "strategy", "Stratégie"
        ROADMAP = "roadmap", "Feuille de route"
        PLAN = "plan", "Plan ou programme"
        REGIONAL_PROJECT = "regional-project", "Projet régional de santé"
        LAW = "law", "Loi ou règlement"
        DOCTRINE = "doctrine", "Doctrine, circulaire ou guide"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    title = models.CharField("titre", max_length=200)
    aliases = models.TextField("autres noms", blank=True, help_text="Un par ligne, pour la recherche.")
    kind = models.CharField("nature", max_length=18, choices=Kind)
    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.CASCADE, related_name="policies", null=True, blank=True,
        help_text="Vide : partout en France.",
    )  # fmt: skip
    text = models.TextField("ce qu'on y trouve")
    use = models.TextField("à quoi s'en servir", blank=True, help_text="Ce qu'un porteur de projet peut en citer.")
    url = models.URLField("adresse", max_length=600, blank=True)
    replaced_by = models.ForeignKey(
        "self", verbose_name="remplacé par", on_delete=models.SET_NULL, related_name="replaces", null=True, blank=True
    )
    dates_note = models.CharField("réserve sur les dates", max_length=300, blank=True)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By kind, then as time goes."""

        verbose_name = "texte ou stratégie"
        verbose_name_plural = "textes et stratégies"
        ordering = ["kind", "valid_from", "slug"]

    def __str__(self) -> str:
        """Name the policy."""
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.source", "actors.region"]

    def clean(self) -> None:
        """Refuse a policy that replaces itself."""
        super().clean()
        if self.pk and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": "Un texte ne se remplace pas lui-même : choisissez le suivant."})


class Objective(Sourced, Dated):
    """An objective of a region's health project, as its agency words it: what a dossier will cite."""

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    region = models.ForeignKey(Region, verbose_name="région", on_delete=models.CASCADE, related_name="objectives")
    policy = models.ForeignKey(
        Policy, verbose_name="texte", on_delete=models.SET_NULL, related_name="objectives", null=True, blank=True
    )
    label = models.CharField("objectif", max_length=240)
    text = models.TextField("précisions", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By region, in the order that curators chose."""

        verbose_name = "objectif de projet régional de santé"
        verbose_name_plural = "objectifs de projet régional de santé"
        ordering = ["region", "position", "slug"]

    def __str__(self) -> str:
        """Say the objective."""
        return self.label

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.region", "levers.policy"]
