"""Writing the specification together: comments, the figures of the financing model, who leads among agencies."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body
from projects.models.deposit import Snapshot
from projects.models.dossier import Dossier


class SpecificationCommentQuerySet(models.QuerySet):
    """The vocabulary of comments."""

    def open(self):
        """Keep those that nobody settled yet."""
        return self.filter(resolved_at=None)


class SpecificationComment(models.Model):
    """What somebody remarks on a section of the specification, or on one of its questions.

    ``snapshot``: the version that was read when it was written; none before a first version.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="comments")
    section = models.SlugField("partie", max_length=60)
    question = models.SlugField("question", max_length=60, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    party = models.CharField("en tant que", max_length=12)
    text = models.TextField("commentaire")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="comments", null=True, blank=True)
    written_at = models.DateTimeField("écrit le")
    resolved_at = models.DateTimeField("réglé le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    objects = SpecificationCommentQuerySet.as_manager()

    class Meta:
        """In order."""

        verbose_name = "commentaire du cahier des charges"
        verbose_name_plural = "commentaires du cahier des charges"
        ordering = ["dossier", "written_at", "pk"]

    def __str__(self) -> str:
        """Say on what and when."""
        return f"{self.section}, {self.written_at:%d/%m/%Y}"


class FinancialModelLine(models.Model):
    """A year of the financing model, as the applicant counts it. What follows from it is computed, never typed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="model_lines")
    year = models.PositiveSmallIntegerField("année")
    patients = models.PositiveIntegerField("personnes suivies")
    package = models.DecimalField("forfait par personne", max_digits=12, decimal_places=2, help_text="En euros.")
    substituted = models.DecimalField(
        "dépense évitée par personne", max_digits=12, decimal_places=2, help_text="En euros."
    )
    other = models.DecimalField("autres coûts", max_digits=14, decimal_places=2, help_text="En euros.")

    class Meta:
        """By year, once each."""

        verbose_name = "année du modèle de financement"
        verbose_name_plural = "années du modèle de financement"
        ordering = ["dossier", "year"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "year"], name="one_model_line_per_year"),
            models.CheckConstraint(
                condition=Q(package__gte=0, substituted__gte=0, other__gte=0), name="model_line_not_negative"
            ),
        ]

    def __str__(self) -> str:
        """Name the year."""
        return str(self.year)


class LeaderChange(models.Model):
    """An agency that is asked to lead a dossier in place of the one that does; nothing changes before it accepts."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="leader_changes")
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name="pilote d'alors")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name="pilote proposé")
    reason = models.TextField("motif")
    asked_at = models.DateTimeField("demandé le")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    accepted = models.BooleanField("accepté", default=False)

    class Meta:
        """The last one first; one open at a time."""

        verbose_name = "changement d'agence pilote"
        verbose_name_plural = "changements d'agence pilote"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(answered_at=None), name="one_open_leader_change")
        ]

    def __str__(self) -> str:
        """Say from whom to whom."""
        return f"{self.from_body} → {self.to_body}"
