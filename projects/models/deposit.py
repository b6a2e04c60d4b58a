"""What was deposited, frozen; the files; what was written to and fro."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.dossier import Dossier
from projects.models.files import KeptFile
from projects.models.journal import JournalEntry


class Attachment(KeptFile):
    """A file that the applicant's side joins, under a piece that the procedure asks for or freely."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attachments")
    piece = models.SlugField("pièce", max_length=60, blank=True)
    is_secret = models.BooleanField("secret des affaires", default=False)

    class Meta:
        """By piece, the newest last."""

        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["dossier", "piece", "added_at", "pk"]
        indexes = [models.Index(fields=["added_at"], name="attachment_to_scan", condition=Q(scan="waiting"))]


class Snapshot(models.Model):
    """A dossier as it was at a deposit: its answers, the digests of its files; never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="snapshots")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="snapshot")
    number = models.CharField("numéro du récépissé", max_length=20, unique=True)
    content = models.JSONField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    taken_at = models.DateTimeField("pris le")
    circumstances = models.JSONField(
        "circonstances", default=dict, help_text="Qui dépose, à quel titre, auprès de qui : ce que dit le récépissé."
    )

    class Meta:
        """The last one first."""

        verbose_name = "dépôt figé"
        verbose_name_plural = "dépôts figés"
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        """Name it by its number."""
        return self.number

    @property
    def is_receipt(self) -> bool:
        """Tell whether the portal received it; else the applicant noted a deposit that they made elsewhere."""
        return not self.dossier.procedure.move(self.entry.move).external


class OutsideDeposit(models.Model):
    """What the person says of a deposit made elsewhere: when, where, and the number that was given."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="outside_deposits")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="outside_deposit")
    place = models.CharField("où", max_length=200)
    deposited_on = models.DateField("déposé le")
    receipt_number = models.CharField("numéro de l'accusé", max_length=100, blank=True)
    receipt = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        """The last one first."""

        verbose_name = "dépôt fait ailleurs"
        verbose_name_plural = "dépôts faits ailleurs"
        ordering = ["-deposited_on", "-pk"]

    def __str__(self) -> str:
        """Say where."""
        return self.place


class Message(models.Model):
    """What one side writes to the other on a dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="message")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    from_agency = models.BooleanField("de l'administration")
    text = models.TextField("message")
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        """In order."""

        verbose_name = "message"
        ordering = ["dossier", "sent_at", "pk"]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.sent_at:%d/%m/%Y}"


class CompletionRequest(models.Model):
    """What the agency asks the applicant to complete, point by point; the clock waits while it is open."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="completion_requests")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="completion_request")
    points = models.JSONField(
        "points", help_text="Liste de questions ou de pièces, et ce qui est demandé pour chacune."
    )
    asked_at = models.DateTimeField("demandé le")
    answer_by = models.DateField("répondre avant le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        """The last one first; one open at a time."""

        verbose_name = "demande de compléments"
        verbose_name_plural = "demandes de compléments"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(answered_at=None), name="one_open_request")
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.asked_at:%d/%m/%Y}"


class MailPreference(models.Model):
    """How often somebody wants to be written to about dossiers."""

    class Pace(models.TextChoices):
        """How often."""

        EACH = "each", "À chaque événement"
        DAILY = "daily", "Une fois par jour"
        NONE = "none", "Jamais, sauf accusés de dépôt et décisions"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference")
    pace = models.CharField("rythme", max_length=5, choices=Pace, default=Pace.EACH)

    class Meta:
        """One a person."""

        verbose_name = "préférence de courriel"
        verbose_name_plural = "préférences de courriel"

    def __str__(self) -> str:
        """Say how often."""
        return self.get_pace_display()


class DigestLine(models.Model):
    """Something to say to somebody who is written to once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", null=True)
    envisaged = models.ForeignKey("projects.EnvisagedProject", on_delete=models.CASCADE, related_name="+", null=True)
    text = models.CharField("ce qui s'est passé", max_length=300)
    at = models.DateTimeField("le")

    class Meta:
        """In order; of a dossier or of a project of the board of agencies."""

        verbose_name = "ligne d'un résumé quotidien"
        verbose_name_plural = "lignes des résumés quotidiens"
        ordering = ["user", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier=None, envisaged__isnull=False) | Q(dossier__isnull=False, envisaged=None),
                name="digest_line_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        """Say what happened."""
        return self.text
