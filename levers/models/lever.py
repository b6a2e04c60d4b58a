"""The lever: one way in which a regional health agency can support an innovation."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import Audience, NaturalManager, Region, Sourced


class Category(models.Model):
    """A value of a facet that curators may word, but whose slug the contract fixes."""

    class Kind(models.TextChoices):
        """Which facet the value belongs to."""

        INNOVATION_FIELD = "innovation-field", "Champ d'innovation"
        SECTOR = "sector", "Secteur"
        MATURITY = "maturity", "Maturité du projet"
        THEME = "theme", "Thème"

    kind = models.CharField("facette", max_length=20, choices=Kind)
    slug = models.SlugField("identifiant", max_length=60, unique=True)
    label = models.CharField("nom", max_length=120)
    help = models.CharField("précision", max_length=400, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("slug")
    history = HistoricalRecords()

    class Meta:
        """By facet, then in the order that curators chose."""

        verbose_name = "valeur de facette"
        verbose_name_plural = "valeurs de facettes"
        ordering = ["kind", "position", "slug"]

    def __str__(self) -> str:
        """Name the value."""
        return self.label

    def natural_key(self) -> tuple[str]:
        """Return the slug."""
        return (self.slug,)


class LeverQuerySet(models.QuerySet):
    """The vocabulary of the catalogue."""

    def published(self):
        """Keep what the public may see: never a draft."""
        return self.filter(publication=Lever.Publication.PUBLISHED)

    def review_overdue(self, at: date):
        """Keep the sheets that somebody should have checked again before ``at``."""
        return self.filter(review_due__lt=at)


class Lever(Sourced):
    """A sheet of the guide: what the lever is for, who may carry it, how it is obtained."""

    class Publication(models.TextChoices):
        """Whether the public sees the sheet."""

        DRAFT = "draft", "Brouillon"
        PUBLISHED = "published", "Publié"

    class Nature(models.TextChoices):
        """What one obtains; levers are not all money."""

        SUBSIDY = "subvention", "Subvention"
        CONTRACT = "contrat", "Contrat pluriannuel"
        DEROGATION = "derogation", "Expérimentation dérogatoire"
        CALL = "appel", "Appel à projets ou à candidatures"
        PROCUREMENT = "commande-publique", "Commande publique"
        CO_DESIGN = "co-conception", "Co-conception"
        SUPPORT = "appui", "Structure d'appui"

    class DecisionLevel(models.TextChoices):
        """Who decides in the end."""

        AGENCY = "agence", "Agence régionale de santé"
        DEPARTMENT = "departement", "Département"
        NATIONAL = "national", "Niveau national"
        AGENCY_NATIONAL = "agence-et-national", "Agence ou niveau national, selon la portée"
        TERRITORY = "territoire", "Territoire"
        BUYER = "acheteur", "Acheteur public"
        EUROPE = "europe", "Région et Union européenne"

    class Confidentiality(models.TextChoices):
        """Whether what the lever produces may be shown to others than its parties."""

        PUBLIC = "public", "Peut être rendu public"
        CONFIDENTIAL = "confidential", "Confidentiel"

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    title = models.CharField("titre", max_length=160, help_text="Développe le sigle et donne le nom d'aujourd'hui.")
    short_name = models.CharField("nom court", max_length=60)
    current_name = models.CharField(
        "nom actuel", max_length=160, blank=True, help_text="S'il a changé depuis le guide."
    )
    aliases = models.TextField("autres noms", blank=True, help_text="Un par ligne, pour la recherche.")
    publication = models.CharField(
        "publication", max_length=12, choices=Publication, default=Publication.DRAFT, db_index=True
    )
    position = models.PositiveSmallIntegerField("rang", help_text="Ordre de la fiche dans le guide.")
    summary = models.CharField("en une phrase", max_length=260, help_text="Ce qu'on en obtient, sans sigle.")
    objective = models.TextField("à quoi il sert")
    recipients = models.TextField("à qui il s'adresse")
    description = models.TextField("ce qu'il paie ou permet")
    calendar = models.TextField("quand")
    contact = models.TextField("à qui s'adresser", help_text="Fonctions et adresses génériques seulement.")
    nature = models.CharField("nature", max_length=20, choices=Nature)
    decision_level = models.CharField("niveau de décision", max_length=20, choices=DecisionLevel)
    confidentiality = models.CharField(
        "confidentialité", max_length=12, choices=Confidentiality, default=Confidentiality.PUBLIC
    )
    confidentiality_note = models.TextField("où lire ce qui est public", blank=True)
    amount_summary = models.CharField(
        "montant en bref", max_length=160, blank=True, help_text="Vide : le levier n'est pas financier."
    )
    annual = models.BooleanField(
        "campagne annuelle",
        default=False,
        help_text="Coché : entre deux campagnes connues, le levier est « à venir », même sans date.",
    )
    ended_on = models.DateField(
        "terminé le", null=True, blank=True, help_text="Plus aucune entrée à partir de ce jour."
    )
    lists_calls = models.BooleanField(
        "chaque appel décide",
        default=False,
        help_text="Coché : les résultats du diagnostic donnent ici les appels ouverts qui conviennent au profil.",
    )
    status_note = models.TextField("situation aujourd'hui", blank=True)
    successor_name = models.CharField("ce qui lui succède", max_length=160, blank=True)
    successor_url = models.URLField("adresse du successeur", max_length=400, blank=True)
    successor_note = models.TextField("précision sur le successeur", blank=True)
    categories = models.ManyToManyField(
        Category, verbose_name="champs, secteurs, maturités", related_name="levers", blank=True
    )
    regions = models.ManyToManyField(
        Region, verbose_name="régions", related_name="levers", blank=True, help_text="Aucune : partout en France."
    )

    objects = NaturalManager.from_queryset(LeverQuerySet)("slug")
    history = HistoricalRecords()

    class Meta:
        """In the order of the guide."""

        verbose_name = "levier"
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        """Name the lever."""
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the slug of the contract."""
        return (self.slug,)

    natural_key.dependencies = ["actors.source", "actors.region", "levers.category"]

    @property
    def is_financial(self) -> bool:
        """Tell whether the lever brings money; the card says « non financier » otherwise."""
        return bool(self.amount_summary)


class LeverPart(Sourced):
    """A row of a sheet: it belongs to one lever, has its own key, place and source."""

    lever = models.ForeignKey(Lever, verbose_name="levier", on_delete=models.CASCADE, related_name="%(class)ss")
    key = models.SlugField("clé", max_length=60, help_text="Unique dans la fiche ; les fixtures s'en servent.")
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("lever__slug", "key")

    class Meta:
        """Abstract: each kind of row has its table."""

        abstract = True
        ordering = ["lever", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["lever", "key"], name="%(class)s_key_is_unique_in_lever")]

    def natural_key(self) -> tuple[str, str]:
        """Return the lever's slug and the key."""
        return (self.lever.slug, self.key)

    natural_key.dependencies = ["actors.source", "levers.lever"]


class Dated(models.Model):
    """A row that holds for a period. Nothing dated is overwritten: it is closed and followed."""

    valid_from = models.DateField("valable du", null=True, blank=True)
    valid_to = models.DateField("valable jusqu'au", null=True, blank=True, help_text="Dernier jour compris.")

    class Meta:
        """Abstract."""

        abstract = True

    def holds(self, at: date) -> bool:
        """Tell whether the row is in force on ``at``, first and last day included."""
        return (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at <= self.valid_to)

    def clean(self) -> None:
        """Refuse an empty period."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "La période est vide : la fin précède le début."})


class Role(LeverPart):
    """The part that one of the three audiences can take in a lever."""

    class Part(models.TextChoices):
        """What one does in the project."""

        CARRIER = "carrier", "Porteur"
        PARTNER = "partner", "Partenaire"
        SUPPLIER = "supplier", "Fournisseur"
        BUYER = "buyer", "Acheteur"
        SITE = "site", "Lieu d'expérimentation"
        NONE = "none", "Aucun rôle direct"

    audience = models.CharField("porte", max_length=20, choices=Audience)
    part = models.CharField("rôle", max_length=12, choices=Part)
    text = models.TextField("comment")

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "rôle possible"
        verbose_name_plural = "rôles possibles"

    def __str__(self) -> str:
        """Say who does what."""
        return f"{self.get_audience_display()} : {self.get_part_display()}"


class Relation(LeverPart):
    """How a lever stands to another one, and why."""

    class Kind(models.TextChoices):
        """The link, read from the lever towards the other."""

        FOLLOWS = "follows", "peut suivre"
        COMBINES = "combines", "peut se combiner avec"
        EXCLUDES = "excludes", "ne se cumule pas avec"
        CARRIED_THROUGH = "carried-through", "passe par"

    other = models.ForeignKey(Lever, verbose_name="autre levier", on_delete=models.CASCADE, related_name="reached_by")
    kind = models.CharField("lien", max_length=20, choices=Kind)
    reason = models.TextField("raison")

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "lien avec un autre levier"
        verbose_name_plural = "liens avec d'autres leviers"

    def __str__(self) -> str:
        """Say the link in words."""
        return f"{self.lever.short_name} {self.get_kind_display()} {self.other.short_name}"
