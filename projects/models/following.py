"""What follows a grant: the payment schedule, indicators and their values, evaluations.

Rows are written with the act that caused them and never changed (``projects/guards.py``): another version, another
value follows, and the last one counts.
"""

from django.db import models
from django.db.models import Q

from projects.models.dossier import Dossier
from projects.models.journal import JournalEntry
from projects.procedures.payments import DOWN, UP


class PaymentSchedule(models.Model):
    """A version of what will be paid, when and under which conditions. The last number is the one in force."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="schedules")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="schedule")
    number = models.PositiveSmallIntegerField("version")
    written_at = models.DateTimeField("écrit le")

    class Meta:
        """The last one first."""

        verbose_name = "échéancier"
        ordering = ["dossier", "-number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_schedule_per_number")]

    def __str__(self) -> str:
        """Name it by its number."""
        return f"Échéancier n° {self.number}"


class Indicator(models.Model):
    """Something that is measured along an action, with where it begins and where it should arrive."""

    class Direction(models.TextChoices):
        """In which direction it should move."""

        UP = UP, "Plus il est haut, mieux c'est"
        DOWN = DOWN, "Plus il est bas, mieux c'est"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="indicators")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="indicator")
    label = models.CharField("indicateur", max_length=200)
    unit = models.CharField("unité", max_length=40, blank=True)
    baseline = models.DecimalField("valeur de départ", max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True, blank=True)
    direction = models.CharField("sens", max_length=4, choices=Direction, default=Direction.UP)

    class Meta:
        """In the order in which they were written."""

        verbose_name = "indicateur"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        """Name it, with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


class IndicatorValue(models.Model):
    """What one side says of an indicator on a day. A later row of the same day and side corrects it."""

    class Side(models.TextChoices):
        """Who says it."""

        APPLICANT = "applicant", "Le porteur"
        AGENCY = "agency", "L'agence"
        EVALUATOR = "evaluator", "L'évaluateur"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="indicator_value")
    on = models.DateField("situation au")
    value = models.DecimalField("valeur", max_digits=14, decimal_places=2)
    side = models.CharField("selon", max_length=9, choices=Side)
    said_at = models.DateTimeField("saisie le")

    class Meta:
        """By day, then in the order in which they were said."""

        verbose_name = "valeur d'un indicateur"
        verbose_name_plural = "valeurs d'indicateurs"
        ordering = ["indicator", "on", "said_at", "pk"]

    def __str__(self) -> str:
        """Say the value and the day."""
        return f"{self.value} au {self.on:%d/%m/%Y}"


class Instalment(models.Model):
    """A row of a schedule. ``rank``: its number for people, the same from a version to the next, never used again."""

    class Kind(models.TextChoices):
        """What is paid, and after what."""

        ADVANCE = "advance", "Avance"
        INSTALMENT = "instalment", "Acompte"
        USE_TARGET = "use-target", "Selon une cible d'usage"
        BALANCE = "balance", "Solde"

    schedule = models.ForeignKey(PaymentSchedule, on_delete=models.PROTECT, related_name="instalments")
    rank = models.PositiveSmallIntegerField("numéro")
    year = models.PositiveSmallIntegerField("année budgétaire")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    amount = models.DecimalField("montant en euros", max_digits=14, decimal_places=2)
    due_on = models.DateField("prévu le")
    condition = models.CharField("condition", max_length=300, blank=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    target = models.DecimalField("cible à atteindre", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        """By date; a number once a version; a target where the payment depends on one."""

        verbose_name = "ligne d'échéancier"
        verbose_name_plural = "lignes d'échéanciers"
        ordering = ["schedule", "due_on", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "rank"], name="one_instalment_per_rank"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_pays_something"),
            models.CheckConstraint(
                condition=Q(indicator=None, target=None) | Q(indicator__isnull=False, target__isnull=False),
                name="instalment_target_of_an_indicator",
            ),
        ]

    def __str__(self) -> str:
        """Say what and how much."""
        return f"{self.rank}. {self.get_kind_display()} : {self.amount} €"


class EvaluationReport(models.Model):
    """What an evaluation concluded, and where its report is."""

    class Kind(models.TextChoices):
        """At which moment of the action."""

        MID_TERM = "mid-term", "À mi-parcours"
        FINAL = "final", "Finale"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="evaluations")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="evaluation")
    kind = models.CharField("moment", max_length=8, choices=Kind)
    on = models.DateField("datée du")
    by = models.CharField("faite par", max_length=200, help_text="Un organisme ou un service.")
    reference = models.CharField("où est le rapport", max_length=300, blank=True)
    summary = models.TextField("ce qu'elle conclut")

    class Meta:
        """In order."""

        verbose_name = "évaluation"
        ordering = ["dossier", "on", "pk"]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.get_kind_display()}, {self.on:%d/%m/%Y}"


class FollowUpDay(models.Model):
    """A day whose reminders were written: the job of the clock writes them once."""

    day = models.DateField(unique=True)
    written = models.PositiveIntegerField("rappels", default=0)

    class Meta:
        """The last one first."""

        verbose_name = "rappels d'un jour"
        verbose_name_plural = "rappels par jour"
        ordering = ["-day"]

    def __str__(self) -> str:
        """Say which day."""
        return f"{self.day:%d/%m/%Y}"
