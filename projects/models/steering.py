"""Steering: how long each stage lasted, and counts made at a moment so that a dashboard costs the same at any size.

A stay is written with the move that begins it. Counts are made again every few minutes, whole, under a run; a page
reads those of the last run and says of which moment they are.
"""

import uuid

from django.db import models

from projects.models.dossier import Dossier


class StageSpan(models.Model):
    """A stay of a dossier at a stage. ``version``: the one of the dossier that began it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="spans")
    version = models.PositiveIntegerField("version du dossier")
    stage = models.SlugField("étape", max_length=60)
    macro = models.CharField("statut", max_length=20)
    entered_at = models.DateTimeField("entré le")
    left_at = models.DateTimeField("sorti le", null=True, blank=True)
    days = models.PositiveIntegerField("jours entiers", null=True, blank=True)

    class Meta:
        """In order; one stay is open at most."""

        verbose_name = "passage à une étape"
        verbose_name_plural = "passages aux étapes"
        ordering = ["dossier", "version"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="one_stay_per_version"),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(left_at=None), name="one_open_stay_per_dossier"
            ),
        ]

    def __str__(self) -> str:
        """Name the stage."""
        return self.stage


class SteeringRun(models.Model):
    """Counts made at a moment. ``last_entry``: the last act that they know. ``stamp`` names them for ever."""

    stamp = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField("chiffres du")
    last_entry = models.BigIntegerField("dernier acte compté", default=0)
    dossiers = models.PositiveIntegerField("dossiers comptés", default=0)

    class Meta:
        """The last one first."""

        verbose_name = "comptage"
        ordering = ["-pk"]

    def __str__(self) -> str:
        """Say of which moment."""
        return f"{self.at:%d/%m/%Y %H:%M}"


class SteeringCell(models.Model):
    """A count of one run, for those whose scope it is: an administration, or everybody (:attr:`EVERYBODY`).

    ``year``: the one of the first deposit, or the budget year of an amount. ``key`` and ``value``: what is counted,
    where the block counts several things. ``days``: a whole number of days of a histogram.
    """

    EVERYBODY = "all"

    class Block(models.TextChoices):
        """What is counted."""

        DOSSIERS = "dossiers", "Dossiers"
        STAGE_DAYS = "stage-days", "Jours à une étape"
        DECISION_DAYS = "decision", "Jours du dépôt à la décision"
        MONEY = "money", "Argent"
        FACETS = "facets", "Réponses"

    run = models.ForeignKey(SteeringRun, on_delete=models.CASCADE, related_name="cells")
    scope = models.CharField("pour", max_length=20)
    block = models.CharField("compte", max_length=12, choices=Block)
    procedure = models.CharField("procédure", max_length=60, blank=True)
    stage = models.CharField("étape", max_length=60, blank=True)
    macro = models.CharField("statut", max_length=20, blank=True)
    lever = models.CharField("levier", max_length=60, blank=True)
    call = models.CharField("appel", max_length=80, blank=True)
    region = models.CharField("région", max_length=3, blank=True)
    department = models.CharField("département", max_length=3, blank=True)
    year = models.PositiveSmallIntegerField("année", default=0)
    key = models.CharField("nom", max_length=40, blank=True)
    value = models.CharField("valeur", max_length=60, blank=True)
    days = models.PositiveIntegerField("jours", default=0)
    n = models.PositiveIntegerField("nombre", default=0)
    late = models.PositiveIntegerField("en retard", default=0)
    granted = models.PositiveIntegerField("accordés", default=0)
    decided = models.PositiveIntegerField("décidés", default=0)
    cents = models.BigIntegerField("centimes", default=0)

    class Meta:
        """Read by run, scope and block."""

        verbose_name = "chiffre de pilotage"
        verbose_name_plural = "chiffres de pilotage"
        indexes = [models.Index(fields=["run", "scope", "block"], name="cell_of_a_scope")]

    def __str__(self) -> str:
        """Say what it counts."""
        return f"{self.get_block_display()} : {self.n}"
