"""What every file that somebody sent has in common, whoever sent it: where it is, what it is, the scanner's verdict."""

import uuid

from django.conf import settings
from django.db import models

from projects.files.storage import attachments, random_name


class KeptFileQuerySet(models.QuerySet):
    """The vocabulary of files."""

    def present(self):
        """Keep those that were not removed."""
        return self.filter(removed_at=None)


class KeptFile(models.Model):
    """A file that was looked at, kept apart, and stays closed until the scanner's verdict."""

    class Scan(models.TextChoices):
        """What the scanner said; only a clean file, or one that no scanner exists to judge, can be opened."""

        WAITING = "waiting", "Analyse en attente"
        CLEAN = "clean", "Aucun virus trouvé"
        INFECTED = "infected", "Virus trouvé"
        UNSCANNED = "unscanned", "Non analysé : pas d'antivirus"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom du fichier", max_length=200)
    content_type = models.CharField("type", max_length=120)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    file = models.FileField("fichier", storage=attachments, upload_to=random_name, max_length=200)
    scan = models.CharField("analyse", max_length=9, choices=Scan, default=Scan.WAITING)
    scan_detail = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField("analysé le", null=True, blank=True)
    added_at = models.DateTimeField("joint le")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        """A part of a table, not one."""

        abstract = True

    def __str__(self) -> str:
        """Name the file."""
        return self.name

    @property
    def may_be_opened(self) -> bool:
        """Tell whether it may be handed to somebody: never before the scanner's verdict."""
        return self.scan in (self.Scan.CLEAN, self.Scan.UNSCANNED)
