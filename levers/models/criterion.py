"""The rules of eligibility, as rows that curators own.

A criterion compares one fact of the profile with values, or is left to the
agency. What the outcomes mean is decided in ``levers/matching.py``; here is only
what a curator types, and the refusal of what could never be evaluated.
"""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import ActorType, NaturalManager
from levers.facts import FACTS, OPERATOR_LABELS, Operator, problems_of_test
from levers.models.lever import Dated, Lever, LeverPart

FACT_CHOICES = [(fact.name, fact.label) for fact in FACTS.values()]
OPERATOR_CHOICES = [(operator.value, label) for operator, label in OPERATOR_LABELS.items()]


class Tested(models.Model):
    """A comparison: a fact, an operator and the values it is compared with."""

    fact = models.CharField("fait", max_length=40, blank=True, choices=FACT_CHOICES)
    operator = models.CharField("comparaison", max_length=10, blank=True, choices=OPERATOR_CHOICES)
    values = models.JSONField("valeurs", default=list, blank=True)

    class Meta:
        """Abstract."""

        abstract = True

    @property
    def operator_enum(self) -> Operator | None:
        """Return the operator as the rules know it; ``None`` where nothing is compared."""
        return Operator(self.operator) if self.operator else None


class Criterion(LeverPart, Dated, Tested):
    """One condition of a lever: what it asks, about whom, and where that is written."""

    class About(models.TextChoices):
        """Whether the condition bears on who asks or on what is asked."""

        ACTOR = "actor", "L'acteur"
        PROJECT = "project", "Le projet"

    class Nature(models.TextChoices):
        """Who answers: the profile, or the agency."""

        TESTED = "tested", "Se vérifie avec une réponse"
        JUDGEMENT = "judgement", "Laissé à l'appréciation de l'autorité"

    lever = models.ForeignKey(Lever, verbose_name="levier", on_delete=models.CASCADE, related_name="criteria")
    about = models.CharField("porte sur", max_length=8, choices=About)
    nature = models.CharField("nature", max_length=10, choices=Nature, default=Nature.TESTED)
    blocking = models.BooleanField(
        "obligatoire", default=True, help_text="Non coché : indicatif, ne change jamais le verdict."
    )
    contested = models.BooleanField(
        "controversé",
        default=False,
        help_text="Sources muettes ou contradictoires : non rempli, le critère n'exclut pas, il reste à vérifier.",
    )
    label = models.CharField("énoncé", max_length=300, help_text="La condition, en une phrase affirmative.")
    help = models.TextField("explication", blank=True)
    remedy = models.TextField(
        "ce qui changerait la réponse", blank=True, help_text="Que faire si le critère n'est pas rempli."
    )

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "critère"

    def __str__(self) -> str:
        """Read the condition."""
        return self.label

    def clean(self) -> None:
        """Refuse an unknown fact, an impossible value, an empty period, a rule that asks nothing."""
        super().clean()
        errors: dict[str, str | list[str]] = {}
        if self.nature == self.Nature.JUDGEMENT:
            if self.fact or self.operator or self.values:
                errors["fact"] = (
                    "Une appréciation de l'autorité ne se compare à aucun fait : videz fait, comparaison et valeurs."
                )
        elif not (self.contested and not self.fact):
            errors |= problems_of_test(self.fact, self.operator, self.values)
        if errors:
            raise ValidationError(errors)


class Condition(Tested):
    """When a criterion applies: all its conditions must hold, else it is left out."""

    criterion = models.ForeignKey(
        Criterion, verbose_name="critère", on_delete=models.CASCADE, related_name="conditions"
    )

    objects = NaturalManager("criterion__lever__slug", "criterion__key", "fact")
    history = HistoricalRecords()

    class Meta:
        """One condition a fact, so that its key is natural."""

        verbose_name = "condition d'application"
        verbose_name_plural = "conditions d'application"
        ordering = ["criterion", "fact"]
        constraints = [models.UniqueConstraint(fields=["criterion", "fact"], name="one_condition_per_fact")]

    def __str__(self) -> str:
        """Say what is compared."""
        return f"{self.get_fact_display()} {self.get_operator_display()} {', '.join(map(str, self.values))}"

    def natural_key(self) -> tuple[str, str, str]:
        """Return the criterion's key and the fact."""
        return (*self.criterion.natural_key(), self.fact)

    natural_key.dependencies = ["levers.criterion"]

    def clean(self) -> None:
        """Refuse an unknown fact or an impossible value."""
        if errors := problems_of_test(self.fact, self.operator, self.values):
            raise ValidationError(errors)


class Path(LeverPart):
    """A way to take part for those whom an actor criterion excludes: under a carrier that can."""

    criterion = models.ForeignKey(
        Criterion,
        verbose_name="critère contourné",
        on_delete=models.CASCADE,
        related_name="paths",
        help_text="Un critère obligatoire qui porte sur l'acteur.",
    )
    actor_types = models.ManyToManyField(
        ActorType,
        verbose_name="ouverte à",
        blank=True,
        help_text="Vide : à tous. Ne se remplit que si le critère porte sur le type d'acteur.",
    )
    text = models.TextField("comment participer")

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "voie par un partenaire"
        verbose_name_plural = "voies par un partenaire"

    def __str__(self) -> str:
        """Name the path by its criterion."""
        return f"{self.lever.short_name} : {self.criterion.key}"

    def clean(self) -> None:
        """Refuse a path around a condition that does not bear on the actor."""
        if self.criterion_id and self.criterion.about != Criterion.About.ACTOR:
            raise ValidationError({"criterion": "Une voie par un partenaire ne contourne qu'un critère sur l'acteur."})
