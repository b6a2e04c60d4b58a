"""Where the dossiers of a procedure are deposited: on the portal, or elsewhere, in time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from actors.models import Body, Post
from levers.models import Call
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Channel


class Adoption(models.Model):
    """Where the dossiers of a procedure are deposited: on the portal only where an authority has adopted it.

    The nearest row in force wins: for the call, else for the body, else for the procedure as a whole; without any,
    the procedure's own channel. Nothing dated is overwritten: a row is closed, another follows.
    """

    procedure_key = models.SlugField("procédure", max_length=60)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="adoptions", null=True, blank=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="adoptions", null=True, blank=True)
    channel = models.CharField(
        "se dépose", max_length=8, choices=[(Channel.PORTAL, "Sur le portail"), (Channel.EXTERNAL, "Ailleurs")]
    )
    place = models.CharField(
        "où", max_length=200, blank=True, help_text="Un service, un site : « Département, service autonomie »."
    )
    url = models.URLField("adresse du site", max_length=400, blank=True)
    email = models.EmailField("adresse électronique", blank=True, help_text="Adresse de service, jamais nominative.")
    instructions = models.TextField("comment", blank=True)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True, help_text="Dernier jour compris.")
    source = models.ForeignKey(
        "actors.Source", verbose_name="source", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """By procedure, the newest first."""

        verbose_name = "lieu de dépôt d'une procédure"
        verbose_name_plural = "lieux de dépôt des procédures"
        ordering = ["procedure_key", "-valid_from"]

    def __str__(self) -> str:
        """Say what it settles."""
        return f"{self.procedure_key} : {self.get_channel_display()}"

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on a day, both ends included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def clean(self) -> None:
        """Refuse a procedure that does not exist, a place where nobody would receive, a period twice covered."""
        super().clean()
        if self.procedure_key and self.procedure_key not in LATEST:
            raise ValidationError({"procedure_key": "Cette procédure n'existe pas."})
        if self.channel == Channel.EXTERNAL and not self.place.strip():
            raise ValidationError({"place": "Dites où le dossier se dépose : un service, un site."})
        if not self.valid_from:
            return
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "La fin vient avant le début."})
        if self.channel == Channel.PORTAL and self.body_id and not self._has_receivers():
            raise ValidationError(
                {"body": "Personne n'y instruit : donnez d'abord un poste d'instructeur ou de responsable."}
            )
        if self._overlaps():
            raise ValidationError(
                {"valid_from": "Un autre lieu de dépôt vaut déjà pour cette période : clôturez-le d'abord."}
            )

    def _has_receivers(self) -> bool:
        """Tell whether somebody will be there to read what is deposited, when it begins or later."""
        kept = Q(until=None) | Q(until__gte=self.valid_from)
        return self.body.posts.filter(kept, role__in=[Post.Role.OFFICER, Post.Role.HEAD]).exists()

    def _overlaps(self) -> bool:
        """Tell whether another row settles the same thing on one of the same days."""
        others = Adoption.objects.filter(procedure_key=self.procedure_key, body=self.body_id, call=self.call_id)
        others = others.exclude(pk=self.pk).filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        return (others.filter(valid_from__lte=self.valid_to) if self.valid_to else others).exists()
