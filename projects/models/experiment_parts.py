"""The rows of an experiment: who takes part, how many, when, by which act, and what the sources contradict."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import Department, Region
from projects.models.experiment import Experiment, ExperimentPart, belongs_to_experiment


class Participant(ExperimentPart):
    """An organisation and what it does there; never a person."""

    class Role(models.TextChoices):
        """What it answers for."""

        CARRIER = "carrier", "Porteur"
        CO_CARRIER = "co-carrier", "Co-porteur"
        REGIONAL_CARRIER = "regional-carrier", "Porteur dans la région"
        INITIATOR = "initiator", "À l'initiative"
        PARTNER = "partner", "Partenaire"
        SITE = "site", "Lieu d'expérimentation"

    experiment = belongs_to_experiment("participants")
    name = models.CharField("organisme", max_length=200)
    role = models.CharField("rôle", max_length=18, choices=Role)
    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    departments = models.ManyToManyField(Department, verbose_name="départements", related_name="+", blank=True)
    place = models.CharField("lieu", max_length=160, blank=True)
    note = models.TextField("précisions", blank=True)

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "organisme participant"
        verbose_name_plural = "organismes participants"

    def __str__(self) -> str:
        """Say who does what."""
        return f"{self.name} ({self.get_role_display().lower()})"


class Target(ExperimentPart):
    """How many are aimed at: « 17 » « EHPAD », in a region or over all."""

    experiment = belongs_to_experiment("targets")
    number = models.PositiveIntegerField("nombre")
    number_to = models.PositiveIntegerField("ou jusqu'à", null=True, blank=True)
    unit = models.CharField("de quoi", max_length=120)
    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text="Vide : en tout.",
    )  # fmt: skip
    note = models.CharField("précisions", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "nombre visé"
        verbose_name_plural = "nombres visés"

    def __str__(self) -> str:
        """Say the number and of what."""
        return f"{self.number} {self.unit}"

    def clean(self) -> None:
        """Refuse a range upside down."""
        super().clean()
        if self.number is not None and self.number_to is not None and self.number_to < self.number:
            raise ValidationError({"number_to": "Le second nombre est plus petit que le premier : inversez."})


class Phase(ExperimentPart):
    """A stretch of the experiment. Its end is given by the source, or follows from its start and its months."""

    class Kind(models.TextChoices):
        """Which limits apply: five years for what is experimented, eighteen months for a transition."""

        EXPERIMENT = "experiment", "Expérimentation"
        EXTENSION = "extension", "Prolongation"
        REWORK = "rework", "Prolongation pour retravailler le modèle"
        TRANSITION = "transition", "Période de transition"

    class Start(models.TextChoices):
        """From when its months are counted."""

        DAY = "day", "Une date donnée"
        FIRST_INCLUSION = "first-inclusion", "La première inclusion"
        PREVIOUS = "previous", "La fin de la phase précédente"
        UNKNOWN = "unknown", "À vérifier"

    experiment = belongs_to_experiment("phases")
    kind = models.CharField("nature", max_length=12, choices=Kind, default=Kind.EXPERIMENT)
    label = models.CharField("nom", max_length=160, blank=True, help_text="Vide : le nom de la nature.")
    start = models.CharField("commence à", max_length=16, choices=Start, default=Start.UNKNOWN)
    starts_on = models.DateField("commence le", null=True, blank=True)
    months = models.PositiveSmallIntegerField("mois", null=True, blank=True, validators=[MinValueValidator(1)])
    months_at_most = models.PositiveSmallIntegerField("mois au plus", null=True, blank=True)
    ends_on = models.DateField(
        "finit le", null=True, blank=True, help_text="Dernier jour compris, si la source le donne."
    )
    is_optional = models.BooleanField("facultative", default=False)
    condition = models.TextField("à quelle condition", blank=True)

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "phase"

    def __str__(self) -> str:
        """Name the phase."""
        return self.label or self.get_kind_display()

    def clean(self) -> None:
        """Refuse a day without its reading, and an end before the start."""
        super().clean()
        if (self.start == self.Start.DAY) != bool(self.starts_on):
            raise ValidationError(
                {"starts_on": "Donnez la date si et seulement si la phase commence à une date donnée."}
            )
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "La phase finit avant de commencer : inversez ou corrigez les dates."})
        if self.months and self.months_at_most and self.months_at_most < self.months:
            raise ValidationError({"months_at_most": "Le plus long est plus court que la durée : corrigez."})


class Act(ExperimentPart):
    """The act that authorises, extends or ends it, and where it was published."""

    experiment = belongs_to_experiment("acts")
    title = models.CharField("acte", max_length=240)
    signed_on = models.DateField("signé le", null=True, blank=True)
    published_in = models.CharField("publié dans", max_length=240, blank=True)
    url = models.URLField("adresse", max_length=600, blank=True)

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "acte"

    def __str__(self) -> str:
        """Name the act."""
        return self.title


class Discrepancy(ExperimentPart):
    """What the sources say against each other, or against the rule; said, not smoothed."""

    experiment = belongs_to_experiment("discrepancies")
    said = models.TextField("ce que disent les sources")
    kept = models.TextField("ce que le registre retient")

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "incohérence des sources"
        verbose_name_plural = "incohérences des sources"

    def __str__(self) -> str:
        """Say what is contradicted."""
        return self.said


class Twin(ExperimentPart):
    """A comparable experiment elsewhere: of the register, or only named."""

    experiment = belongs_to_experiment("twins")
    other = models.ForeignKey(
        Experiment, verbose_name="dans le registre", on_delete=models.CASCADE, related_name="twin_of",
        null=True, blank=True,
    )  # fmt: skip
    name = models.CharField("nom", max_length=200, blank=True, help_text="Si elle n'est pas dans le registre.")
    where = models.CharField("où", max_length=160, blank=True)
    url = models.URLField("adresse", max_length=600, blank=True)
    reason = models.TextField("en quoi elles se ressemblent")

    history = HistoricalRecords()

    class Meta(ExperimentPart.Meta):
        """Named for the admin."""

        verbose_name = "expérimentation jumelle"
        verbose_name_plural = "expérimentations jumelles"

    def __str__(self) -> str:
        """Name the twin."""
        return self.other.short_name if self.other_id else self.name

    def clean(self) -> None:
        """Refuse a twin that is nowhere, or in two places."""
        super().clean()
        if bool(self.other_id) == bool(self.name):
            raise ValidationError({"name": "Choisissez une expérimentation du registre, ou nommez-en une autre."})
