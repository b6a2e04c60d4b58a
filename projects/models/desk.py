"""The desk of those who instruct: to whom a dossier is entrusted, who stands in for whom, notes and labels.

None of it moves a dossier, and none of it is ever shown to the applicant, nor to another administration.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body
from projects.models.dossier import Dossier


class AssignmentQuerySet(models.QuerySet):
    """The vocabulary of assignments."""

    def current(self, at: datetime):
        """Keep those that hold at a moment."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class Assignment(models.Model):
    """A dossier entrusted to somebody of the body that instructs it; closed and followed, never overwritten."""

    class Role(models.TextChoices):
        """As what: one leads, the other knows the trade."""

        LEAD = "lead", "Responsable du dossier"
        EXPERT = "expert", "Expert métier"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="personne", on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.CharField("en tant que", max_length=6, choices=Role)
    since = models.DateTimeField("depuis le")
    until = models.DateTimeField("jusqu'au", null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """The leader first; one of each at a time."""

        verbose_name = "affectation"
        ordering = ["dossier", "-role", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "role"], condition=Q(until=None), name="one_current_assignment_per_role"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "dossier"], name="assignment_now", condition=Q(until=None)),
            models.Index(fields=["dossier", "until", "user", "role", "since"], name="assignment_of_a_dossier"),
        ]

    def __str__(self) -> str:
        """Say who and as what."""
        return f"{self.user}, {self.get_role_display()}"


class AbsenceQuerySet(models.QuerySet):
    """The vocabulary of absences."""

    def current(self, on: date):
        """Keep those of a day, both ends included."""
        return self.filter(since__lte=on, until__gte=on)

    def not_over(self, on: date):
        """Keep those of a day and those that are still to come."""
        return self.filter(until__gte=on)


class Absence(models.Model):
    """Somebody is away from a body between two days, and somebody else stands in. At the end, nothing to undo."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="personne absente", on_delete=models.CASCADE, related_name="absences"
    )
    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="remplaçant", on_delete=models.CASCADE, related_name="standing_in"
    )
    since = models.DateField("du")
    until = models.DateField("au", help_text="Dernier jour compris.")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    said_at = models.DateTimeField("dite le")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        """The first to come first."""

        verbose_name = "absence"
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(user=models.F("deputy")), name="nobody_stands_in_for_themself"),
        ]
        indexes = [models.Index(fields=["body", "until"], name="absence_of_a_body")]

    def __str__(self) -> str:
        """Say who and when."""
        return f"{self.user}, du {self.since:%d/%m/%Y} au {self.until:%d/%m/%Y}"


class Label(models.Model):
    """A word of a team to tell its dossiers apart; a word, not a colour."""

    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="labels")
    name = models.CharField("étiquette", max_length=40)
    slug = models.SlugField("clé", max_length=60)

    class Meta:
        """By name; once a body."""

        verbose_name = "étiquette"
        ordering = ["body", "name"]
        constraints = [models.UniqueConstraint(fields=["body", "slug"], name="one_label_per_body_and_name")]

    def __str__(self) -> str:
        """Return the word."""
        return self.name


class DossierLabel(models.Model):
    """A label put on a dossier: the list of a team tells its dossiers apart by it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, verbose_name="étiquette", on_delete=models.CASCADE, related_name="puts")
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    put_at = models.DateTimeField("posée le")

    class Meta:
        """Once a label and dossier."""

        verbose_name = "étiquette d'un dossier"
        verbose_name_plural = "étiquettes des dossiers"
        ordering = ["dossier", "label__name"]
        constraints = [models.UniqueConstraint(fields=["dossier", "label"], name="one_label_per_dossier")]

    def __str__(self) -> str:
        """Return the word."""
        return str(self.label)


class NoteQuerySet(models.QuerySet):
    """The vocabulary of notes."""

    def present(self):
        """Keep those that were not removed."""
        return self.filter(removed_at=None)


class Note(models.Model):
    """What a body notes for itself about a dossier; once removed, the row stays without its text."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="notes")
    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="auteur", on_delete=models.SET_NULL, related_name="notes", null=True
    )
    text = models.TextField("note", blank=True)
    written_at = models.DateTimeField("écrite le")
    edited_at = models.DateTimeField("corrigée le", null=True, blank=True)
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        """The last written first."""

        verbose_name = "note interne"
        verbose_name_plural = "notes internes"
        ordering = ["dossier", "-written_at", "-pk"]

    def __str__(self) -> str:
        """Say when, not what."""
        return f"Note du {self.written_at:%d/%m/%Y}"
