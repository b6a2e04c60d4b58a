"""What sort of actor: the vocabulary of the contract, in the groups of the guide."""

from django.db import models
from simple_history.models import HistoricalRecords

from actors.models.source import NaturalManager, Sourced


class Audience(models.TextChoices):
    """The doors of the guide: those who care, those who sell, and the others."""

    HEALTH_ACTOR = "acteur-de-sante", "Acteur de santé"
    INDUSTRY = "industrie", "Industrie de santé"
    OTHER = "autres", "Autres acteurs"


class ActorType(Sourced):
    """A kind of legal person, and the words under which people look for themselves."""

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    label = models.CharField("nom", max_length=160)
    audience = models.CharField("porte", max_length=20, choices=Audience)
    position = models.PositiveSmallIntegerField("rang", help_text="Ordre dans les listes.")
    help = models.CharField("précision", max_length=400, blank=True)
    aliases = models.TextField(
        "autres noms", blank=True, help_text="Un par ligne : les mots que les gens emploient (GHT, officine, CPTS…)."
    )

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """In the order of the guide."""

        verbose_name = "type d'acteur"
        verbose_name_plural = "types d'acteurs"
        ordering = ["position"]

    def __str__(self) -> str:
        """Name the kind of actor."""
        return self.label

    def natural_key(self) -> tuple[str]:
        """Return the slug of the contract."""
        return (self.slug,)

    @property
    def alias_list(self) -> list[str]:
        """Return the other names, one by one."""
        return [line.strip() for line in self.aliases.splitlines() if line.strip()]
