"""The public register: experiments and innovations, who carries them, where, and until when.

Ends are not typed where the source computes them: a phase may run for a number of months from
the first inclusion (``projects/register/schedule.py``). What became of an experiment is data,
since its exit is not one road: reworked, kept in transition, made ordinary law, ended.
"""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import ActorType, Department, NaturalManager, Region, Sourced
from levers.models import Call, Category, Lever

ROLES = {"carrier": "Porteur régional ou local", "site": "Lieu d'expérimentation", "partner": "Partenaire"}
"""As what one may join; the words of calls (``levers/calls/cards.py``)."""


class ExperimentQuerySet(models.QuerySet):
    """The vocabulary of the register."""

    def published(self):
        """Keep what the public may see: never a draft."""
        return self.filter(publication=Lever.Publication.PUBLISHED)


class Experiment(Sourced):
    """An experiment authorised to do otherwise than the ordinary rules, or what it became."""

    class Reach(models.TextChoices):
        """How far it goes, which decides who authorises it."""

        LOCAL = "local", "Locale"
        REGIONAL = "regional", "Régionale"
        INTERREGIONAL = "interregional", "Plusieurs régions"
        NATIONAL = "national", "Nationale ou ministérielle"

    class Outcome(models.TextChoices):
        """What the sources last say became of it."""

        RUNNING = "experiment", "Expérimentation"
        REWORK = "rework", "Prolongée pour être retravaillée"
        TRANSITION = "transition", "En transition vers le droit commun"
        ORDINARY_LAW = "ordinary-law", "Entrée dans le droit commun"
        ENDED = "ended", "Terminée"

    class Joining(models.TextChoices):
        """Whether others may still come in."""

        YES = "yes", "Oui"
        BY_CALL = "by-call", "En répondant à un appel"
        NO = "no", "Non"
        UNKNOWN = "unknown", "À vérifier"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    publication = models.CharField(
        "publication", max_length=12, choices=Lever.Publication, default=Lever.Publication.DRAFT, db_index=True
    )
    title = models.CharField("titre", max_length=200, help_text="Ce qu'elle fait, sans sigle.")
    short_name = models.CharField("nom court", max_length=80)
    aliases = models.TextField("autres noms", blank=True, help_text="Un par ligne, pour la recherche.")
    summary = models.CharField("en une phrase", max_length=260)
    text = models.TextField("en quoi elle consiste")
    population = models.TextField("pour qui", blank=True, help_text="Les personnes prises en charge.")
    reach = models.CharField("portée", max_length=14, choices=Reach)
    lever = models.ForeignKey(
        Lever, verbose_name="levier", on_delete=models.PROTECT, related_name="experiments", null=True, blank=True
    )
    first_inclusion_on = models.DateField("première inclusion le", null=True, blank=True)
    outcome = models.CharField("devenir", max_length=14, choices=Outcome, default=Outcome.RUNNING)
    outcome_text = models.TextField("pourquoi, et ce qui est attendu", blank=True)
    joining = models.CharField("peut-on la rejoindre ?", max_length=8, choices=Joining, default=Joining.UNKNOWN)
    join_until = models.DateField("jusqu'au", null=True, blank=True, help_text="Dernier jour compris.")
    join_text = models.TextField("comment la rejoindre", blank=True)
    join_roles = models.JSONField(
        "rôles possibles", default=list, blank=True, help_text="Parmi carrier, site, partner. Vide : à vérifier."
    )
    join_call = models.ForeignKey(
        Call,
        verbose_name="par quel appel",
        on_delete=models.SET_NULL,
        related_name="experiments",
        null=True,
        blank=True,
    )
    actor_types = models.ManyToManyField(
        ActorType, verbose_name="qui peut y prendre part", related_name="experiments", blank=True
    )
    categories = models.ManyToManyField(
        Category, verbose_name="thèmes, champs, secteurs", related_name="experiments", blank=True
    )
    regions = models.ManyToManyField(
        Region, verbose_name="régions", related_name="experiments", blank=True, help_text="Aucune : à vérifier."
    )
    departments = models.ManyToManyField(
        Department, verbose_name="départements connus", related_name="experiments", blank=True
    )

    objects = NaturalManager.from_queryset(ExperimentQuerySet)("slug")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical."""

        verbose_name = "expérimentation"
        ordering = ["slug"]

    def __str__(self) -> str:
        """Name the experiment."""
        return self.short_name

    def natural_key(self) -> tuple[str]:
        """Return the slug of the address."""
        return (self.slug,)

    natural_key.dependencies = [
        "actors.source", "actors.region", "actors.department", "actors.actortype", "levers.category", "levers.lever",
        "levers.call",
    ]  # fmt: skip

    def clean(self) -> None:
        """Refuse roles that do not exist, and a way in that contradicts itself."""
        super().clean()
        if not isinstance(self.join_roles, list) or set(self.join_roles) - set(ROLES):
            raise ValidationError(
                {"join_roles": "Choisissez parmi carrier (porteur), site (lieu), partner (partenaire)."}
            )
        if self.joining == self.Joining.NO and (self.join_until or self.join_call_id):
            raise ValidationError({"joining": "On ne peut pas la rejoindre, mais une date ou un appel est donné."})
        if self.joining == self.Joining.BY_CALL and not self.join_call_id:
            raise ValidationError({"join_call": "Choisissez l'appel par lequel on la rejoint."})


def belongs_to_experiment(name: str) -> models.ForeignKey:
    """Return the link of a row to its experiment, which knows its rows under ``name``."""
    return models.ForeignKey(Experiment, verbose_name="expérimentation", on_delete=models.CASCADE, related_name=name)


class ExperimentPart(Sourced):
    """A row of an experiment: it has its own key, place and source."""

    key = models.SlugField("clé", max_length=60, help_text="Unique dans l'expérimentation.")
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("experiment__slug", "key")

    class Meta:
        """Abstract: each kind of row has its table."""

        abstract = True
        ordering = ["experiment", "position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "key"], name="%(class)s_key_is_unique_in_experiment")
        ]

    def natural_key(self) -> tuple[str, str]:
        """Return the experiment's slug and the key."""
        return (self.experiment.slug, self.key)

    natural_key.dependencies = ["actors.source", "projects.experiment"]
