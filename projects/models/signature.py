"""What agencies keep to sign: delegations of signature and templates of letters. Dated, never overwritten."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from actors.models import Body, Post
from levers.models import Lever
from projects.letters.choosing import KEYS
from projects.letters.substitution import faults
from projects.procedures.catalogue import LATEST


class DatedQuerySet(models.QuerySet):
    """The vocabulary of what is valid for a time."""

    def in_force(self, on: date):
        """Keep what is valid on a day, both ends included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Dated(models.Model):
    """Something that is valid for a time: closed and followed when it changes."""

    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True, help_text="Dernier jour compris.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        """Not a table of its own."""

        abstract = True

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "La fin vient avant le début."})


class SignatureDelegation(Dated):
    """The power to sign in the director's place: given to somebody, or to those who hold a post, in one administration.

    It opens no dossier by itself: who holds it must have a post there. ``projects/rights/mandates.py`` says what it
    covers.
    """

    body = models.ForeignKey(
        Body, verbose_name="administration", on_delete=models.PROTECT, related_name="signature_delegations"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="donnée à",
        on_delete=models.SET_NULL,
        related_name="signature_delegations",
        null=True,
        blank=True,
        help_text="Une personne en poste dans cette administration ; ou bien un rôle, ci-dessous.",
    )
    role = models.CharField("donnée à qui a le rôle", max_length=10, choices=Post.Role, blank=True)
    given_by = models.CharField(
        "donnée par", max_length=200, help_text="Une fonction : « La directrice générale ». Pas un nom."
    )
    levers = models.ManyToManyField(
        Lever, verbose_name="leviers", related_name="+", blank=True, help_text="Aucun : tous les leviers."
    )
    ceiling = models.DecimalField(
        "jusqu'à, en euros", max_digits=14, decimal_places=2, null=True, blank=True, help_text="Vide : sans limite."
    )
    reference = models.CharField("décision de délégation", max_length=200, help_text="Son numéro, sa date.")
    publication = models.CharField(
        "publiée au",
        max_length=200,
        help_text="Recueil et numéro : une délégation non publiée ne permet pas de signer.",
    )
    publication_url = models.URLField("adresse de la publication", max_length=400, blank=True)

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        """By administration, the newest first."""

        abstract = False
        verbose_name = "délégation de signature"
        verbose_name_plural = "délégations de signature"
        ordering = ["body", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")), name="delegation_ends_after"
            ),
            models.CheckConstraint(condition=Q(ceiling=None) | Q(ceiling__gte=0), name="delegation_not_negative"),
        ]

    def __str__(self) -> str:
        """Name the decision that gave it."""
        return self.reference

    def clean(self) -> None:
        """Refuse one that is given to nobody, to two at once, or to somebody who has no post there."""
        super().clean()
        if bool(self.delegate_id) == bool(self.role):
            raise ValidationError({"delegate": "Choisissez une personne, ou un rôle : l'un des deux."})
        if self.role == Post.Role.CURATOR:
            raise ValidationError({"role": "Ce rôle n'instruit aucun dossier."})
        if self.delegate_id and self.body_id and not self._has_post():
            raise ValidationError({"delegate": "Cette personne n'a pas de poste dans cette administration."})

    def _has_post(self) -> bool:
        return self.body.posts.filter(user=self.delegate_id).exclude(role=Post.Role.CURATOR).exists()


class LetterTemplate(Dated):
    """The words of a letter or a decision, that curators edit; ``projects/letters/`` says which one serves."""

    key = models.CharField("sert à", max_length=20, choices=list(KEYS.items()))
    procedure_key = models.SlugField("procédure", max_length=60, blank=True)
    body = models.ForeignKey(
        Body, verbose_name="administration", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("texte", max_length=20_000)
    source = models.CharField(
        "source",
        max_length=300,
        blank=True,
        help_text="Le texte ou la page d'où vient ce que dit le modèle ; vide : à vérifier.",
    )

    history = HistoricalRecords()

    class Meta(Dated.Meta):
        """By what it is for, the newest first."""

        abstract = False
        verbose_name = "modèle de courrier"
        verbose_name_plural = "modèles de courriers"
        ordering = ["key", "procedure_key", "-valid_from", "pk"]

    def __str__(self) -> str:
        """Say what it is for, and which version it is."""
        return f"{self.get_key_display()}, version {self.version}"

    def clean(self) -> None:
        """Refuse a variable that does not exist, a procedure that does not, a period twice covered."""
        super().clean()
        wrong = {name: found for name in ("subject", "text") if (found := faults(getattr(self, name) or ""))}
        if wrong:
            raise ValidationError(wrong)
        if self.procedure_key and self.procedure_key not in LATEST:
            raise ValidationError({"procedure_key": "Cette procédure n'existe pas."})
        if self.valid_from and self._overlaps():
            raise ValidationError({"valid_from": "Un autre modèle sert déjà pour cette période : clôturez-le d'abord."})

    def _overlaps(self) -> bool:
        same = {"key": self.key, "procedure_key": self.procedure_key, "body": self.body_id}
        others = LetterTemplate.objects.filter(**same).exclude(pk=self.pk)
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        return (others.filter(valid_from__lte=self.valid_to) if self.valid_to else others).exists()
