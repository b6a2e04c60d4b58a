"""How a decided dossier reaches the public register: words proposed, consent field by field, and one public record.

The record is the entry of the register itself (``Experiment``): what is agreed is written there, and is kept nowhere
else; of the words, their digest remains beside the consent that they received.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.dossier import Dossier
from projects.models.experiment import Experiment


class Publication(models.Model):
    """The entry of the register that comes from a dossier."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="publication")
    experiment = models.OneToOneField(Experiment, on_delete=models.PROTECT, related_name="publication_of")
    made_at = models.DateTimeField("inscrite le")

    class Meta:
        """Named for people."""

        verbose_name = "inscription d'un dossier au registre"
        verbose_name_plural = "inscriptions de dossiers au registre"

    def __str__(self) -> str:
        """Name the dossier."""
        return str(self.dossier)


class PublicWording(models.Model):
    """Words proposed for a field of the register, and what the applicant said of them. ``text`` goes once published."""

    class Field(models.TextChoices):
        """What may be public, each by its own consent."""

        TITLE = "title", "Titre"
        SUMMARY = "summary", "En une phrase"
        TEXT = "text", "En quoi cela consiste"
        POPULATION = "population", "Pour qui"
        ORGANISATION = "organisation", "Nom de l'organisme"
        DEPARTMENT = "department", "Département"

    class State(models.TextChoices):
        """What was said."""

        WAITING = "waiting", "Réponse attendue"
        AGREED = "agreed", "Accepté"
        REFUSED = "refused", "Refusé"
        WITHDRAWN = "withdrawn", "Accord retiré"
        REPLACED = "replaced", "Remplacé par une autre proposition"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="public_wordings")
    field = models.CharField("champ", max_length=12, choices=Field)
    text = models.TextField("proposition", blank=True)
    sha256 = models.CharField("empreinte", max_length=64)
    state = models.CharField("réponse", max_length=9, choices=State, default=State.WAITING)
    proposed_at = models.DateTimeField("proposé le")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        """In order; one current proposal a field."""

        verbose_name = "proposition pour le registre"
        verbose_name_plural = "propositions pour le registre"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "field"],
                condition=Q(state__in=["waiting", "agreed", "refused"]),
                name="one_current_wording_per_field",
            )
        ]

    def __str__(self) -> str:
        """Name the field."""
        return self.get_field_display()
