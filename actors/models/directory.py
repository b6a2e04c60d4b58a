"""Who to speak to: subjects, functions and places, never a person.

An agency has a seat and departmental delegations; a subject leads to a pair of functions, the
officer for research and innovation and an expert of the subject, unless the agency names
others (guide APIST, conditions of success, « Quel est le bon interlocuteur »).
"""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models.place import Agency, Department, Region
from actors.models.source import NaturalManager, Sourced
from actors.service_address import looks_personal

GENERIC = "Adresse de service, jamais nominative."


def of_a_service(address: str) -> None:
    """Refuse an address that looks like a person's: the directory names functions only."""
    if looks_personal(address):
        raise ValidationError("Cette adresse semble être celle d'une personne. Donnez l'adresse d'un service.")


def service_email() -> models.EmailField:
    """Return the field of a service's address."""
    return models.EmailField("adresse générique", blank=True, help_text=GENERIC, validators=[of_a_service])


class Subject(Sourced):
    """What somebody wants to speak about: it leads to the functions that know it."""

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    label = models.CharField("nom", max_length=120)
    aliases = models.TextField("autres mots", blank=True, help_text="Un par ligne, pour la recherche.")
    help = models.TextField("ce qui en relève", blank=True)
    expert = models.CharField(
        "expert métier à demander", max_length=200, help_text="Une fonction, jamais une personne."
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """In the order that curators chose."""

        verbose_name = "sujet de contact"
        verbose_name_plural = "sujets de contact"
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        """Name the subject."""
        return self.label

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.source"]


class Delegation(Sourced):
    """Where an agency is: its seat, or its service near the people of one or several departments."""

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    agency = models.ForeignKey(Agency, verbose_name="agence", on_delete=models.CASCADE, related_name="delegations")
    name = models.CharField("nom", max_length=160)
    is_seat = models.BooleanField("siège de l'agence", default=False)
    departments = models.ManyToManyField(
        Department, verbose_name="départements", related_name="delegations", blank=True, help_text="Vide : le siège."
    )
    address = models.TextField("adresse postale", blank=True)
    url = models.URLField("page", max_length=400, blank=True)
    email = service_email()
    note = models.TextField("précisions", blank=True)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical."""

        verbose_name = "délégation ou siège"
        verbose_name_plural = "délégations et sièges"
        ordering = ["agency", "slug"]

    def __str__(self) -> str:
        """Name the delegation."""
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.agency", "actors.department"]


class Referent(Sourced):
    """A function of an agency, for a subject or for whoever does not know which; never a person."""

    class Part(models.TextChoices):
        """What the function does in the pair."""

        DOOR = "door", "Porte d'entrée : recherche et innovation"
        EXPERT = "expert", "Expert métier"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    agency = models.ForeignKey(Agency, verbose_name="agence", on_delete=models.CASCADE, related_name="referents")
    subject = models.ForeignKey(
        Subject, verbose_name="sujet", on_delete=models.CASCADE, related_name="referents", null=True, blank=True,
        help_text="Vide : tous les sujets.",
    )  # fmt: skip
    part = models.CharField("rôle", max_length=8, choices=Part, default=Part.EXPERT)
    function = models.CharField("fonction ou service", max_length=200)
    url = models.URLField("page", max_length=400, blank=True)
    email = service_email()
    note = models.TextField("précisions", blank=True)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By agency."""

        verbose_name = "référent thématique"
        verbose_name_plural = "référents thématiques"
        ordering = ["agency", "slug"]

    def __str__(self) -> str:
        """Name the function."""
        return self.function

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.agency", "actors.subject"]


class LocalBody(Sourced):
    """A body that helps a project along besides the agency, in some regions; without any, it is national."""

    class Kind(models.TextChoices):
        """What one asks it for."""

        E_HEALTH = "grades", "Groupement régional d'appui à la e-santé"
        PROFESSIONALS = "urps", "Union régionale de professionnels de santé"
        PATIENTS = "patients", "Association de patients ou d'usagers"
        RESEARCH = "research", "Université, école ou groupement de recherche"
        CHAMBER = "chamber", "Chambre de commerce et d'industrie"
        CLUSTER = "cluster", "Pôle de compétitivité ou réseau d'entreprises"
        INCUBATOR = "incubator", "Incubateur ou pépinière"
        PURCHASING = "purchasing", "Groupement d'achats"
        AUTHORITY = "authority", "Collectivité ou administration"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    regions = models.ManyToManyField(
        Region, verbose_name="régions", related_name="local_bodies", blank=True, help_text="Aucune : partout en France."
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    name = models.CharField("nom", max_length=200)
    text = models.TextField("ce qu'on peut lui demander", blank=True)
    url = models.URLField("site", max_length=400, blank=True)
    email = service_email()

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By what one asks for."""

        verbose_name = "acteur de l'écosystème local"
        verbose_name_plural = "acteurs de l'écosystème local"
        ordering = ["kind", "slug"]

    def __str__(self) -> str:
        """Name the body."""
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)

    natural_key.dependencies = ["actors.region"]
