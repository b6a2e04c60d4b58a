"""What the lists of those who instruct need besides dossiers: values to sort by, and searches that are kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body
from projects.models.dossier import Dossier


class DossierFacet(models.Model):
    """A value of a facet that the last deposit of a dossier gives (``projects/content/facets.py``).

    Written by the engine from what is frozen, never by hand; ``words``: what was written, where it is free.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="facets")
    name = models.SlugField("facette", max_length=20)
    value = models.CharField("valeur", max_length=60)
    words = models.TextField("texte", blank=True)

    class Meta:
        """Once a dossier, facet and value."""

        verbose_name = "valeur de facette"
        verbose_name_plural = "valeurs de facettes"
        ordering = ["dossier", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "name", "value"], name="one_facet_value_per_dossier"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.name} : {self.value}"


class SavedViewQuerySet(models.QuerySet):
    """The vocabulary of saved views."""

    def seen_by(self, user_id: int, bodies):
        """Keep somebody's own, and those that their teams share."""
        return self.filter(Q(owner_id=user_id) | Q(body__in=bodies))


class SavedView(models.Model):
    """A search of the list under a name: an address, that each reads with their own rights."""

    name = models.CharField("nom", max_length=80)
    query = models.CharField("recherche", max_length=2000, blank=True, help_text="Les paramètres de l'adresse.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="propriétaire", on_delete=models.CASCADE, related_name="saved_views"
    )
    body = models.ForeignKey(
        Body,
        verbose_name="partagée avec",
        on_delete=models.CASCADE,
        related_name="saved_views",
        null=True,
        blank=True,
        help_text="Vide : pour soi seul.",
    )
    created_at = models.DateTimeField("créée le")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        """By name; a person uses a name once."""

        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_saved_view_per_name")]

    def __str__(self) -> str:
        """Name it."""
        return self.name
