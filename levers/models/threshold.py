"""The thresholds of public procurement, each with its days.

What they mean is decided in ``levers/procurement/rules.py``. A threshold that changes is
closed and followed (``levers/actions.py``), never overwritten: an answer of 2020 stays true.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from actors.models import NaturalManager, Sourced
from levers.models.lever import Dated


class Threshold(Sourced, Dated):
    """An amount in euros before tax, from which something else applies: reaching it is no longer being below it."""

    class Key(models.TextChoices):
        """What happens there; the values belong to the public contract."""

        FREE = "free-procedure", "Achat libre, en dessous"
        INNOVATIVE = "innovative-purchase", "Achat innovant, en dessous"
        FORMAL = "formal-procedure", "Procédure formalisée, à partir de"
        PUBLICITY = "publicity", "Annonce au BOAMP ou dans un journal d'annonces légales, à partir de"

    class Buyers(models.TextChoices):
        """Whom it concerns."""

        ALL = "all", "Tous les acheteurs soumis au code"
        CENTRAL_STATE = "central-state", "État central"
        OTHER_PUBLIC = "other-public", "Hôpitaux, groupements, collectivités et autres acheteurs"

    class Purchases(models.TextChoices):
        """What is bought."""

        ALL = "all", "Tous les achats"
        SUPPLIES_SERVICES = "supplies-services", "Fournitures et services"
        WORKS = "works", "Travaux"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    key = models.CharField("seuil", max_length=20, choices=Key)
    buyers = models.CharField("acheteurs", max_length=14, choices=Buyers, default=Buyers.ALL)
    category = models.CharField("achats", max_length=18, choices=Purchases, default=Purchases.ALL)
    value = models.DecimalField("montant hors taxes (€)", max_digits=14, decimal_places=2)
    note = models.TextField("réserve", blank=True, help_text="Montrée avec chaque réponse qui utilise ce seuil.")

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By subject, then as time goes."""

        verbose_name = "seuil de commande publique"
        verbose_name_plural = "seuils de commande publique"
        ordering = ["key", "category", "buyers", "valid_from", "slug"]

    def __str__(self) -> str:
        """Say what applies, to whom and from when."""
        return f"{self.get_key_display()} {self.value} € ({self.slug})"

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    def clean(self) -> None:
        """Refuse a threshold without a first day, of nothing, or that says otherwise than another on the same days.

        Only the innovative purchase may overlap: the experiment and the rule that made it
        permanent both held from 16 to 25 December 2021.
        """
        super().clean()
        if self.valid_from is None:
            raise ValidationError(
                {"valid_from": "Donnez le premier jour : un seuil sans date ne peut pas être utilisé."}
            )
        if self.value is not None and self.value <= 0:
            raise ValidationError({"value": "Le montant doit être supérieur à zéro."})
        if self.key != self.Key.INNOVATIVE and (other := self._others().first()):
            message = f"Un autre seuil vaut déjà pour ces jours : « {other.slug} ». Fermez-le d'abord."
            raise ValidationError({"valid_from": message})

    def _others(self):
        """Return the thresholds that say another amount for a same need on a same day."""
        same = Q(key=self.key)
        for name in ("buyers", "category"):
            value = getattr(self, name)
            if value != "all":
                same &= Q(**{f"{name}__in": ["all", value]})
        same &= Q(valid_to=None) | Q(valid_to__gte=self.valid_from)
        if self.valid_to:
            same &= Q(valid_from__lte=self.valid_to)
        return type(self).objects.filter(same).exclude(pk=self.pk)
