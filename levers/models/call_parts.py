"""The paragraphs of a call: amounts, what answers are judged on, pieces, documents, links with other calls."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from levers.models.call import Call, CallPart, belongs_to_call


class CallAmount(CallPart):
    """A sum that the call gives, and to what it applies."""

    call = belongs_to_call("amounts")
    label = models.CharField("pour quoi", max_length=200)
    minimum = models.DecimalField("de (€)", max_digits=14, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField(
        "à (€)", max_digits=14, decimal_places=2, null=True, blank=True, help_text="Égal au premier pour un forfait."
    )
    unit = models.CharField("par", max_length=120, blank=True, help_text="« par projet », « par an » ; vide : non dit.")
    condition = models.TextField("condition ou réserve", blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Named for the admin."""

        verbose_name = "montant"

    def __str__(self) -> str:
        """Name what is paid."""
        return self.label

    def clean(self) -> None:
        """Refuse a range whose end is below its start."""
        super().clean()
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            message = "Le montant « à » est inférieur au montant « de » : inversez ou corrigez."
            raise ValidationError({"maximum": message})


class CallCriterion(CallPart):
    """What answers are judged on, with its weight where the call gives one."""

    call = belongs_to_call("criteria")
    label = models.CharField("critère", max_length=200)
    weight = models.DecimalField(
        "poids", max_digits=5, decimal_places=2, null=True, blank=True, help_text="Points ou %. Vide : non dit."
    )
    text = models.TextField("précisions", blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Named for the admin; the plural is the relation's name, which must not clash with the lever's criteria."""

        verbose_name = "critère de sélection"
        verbose_name_plural = "critères de sélection"

    def __str__(self) -> str:
        """Say the criterion."""
        return self.label


class CallPiece(CallPart):
    """A document to hand in."""

    call = belongs_to_call("pieces")
    label = models.CharField("pièce", max_length=200)
    required = models.BooleanField("obligatoire", default=True)
    text = models.TextField("précisions", blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Named for the admin."""

        verbose_name = "pièce à fournir"
        verbose_name_plural = "pièces à fournir"

    def __str__(self) -> str:
        """Name the piece."""
        return self.label


class CallDocument(CallPart):
    """A text to read: specifications, form, questions and answers."""

    call = belongs_to_call("documents")
    title = models.CharField("intitulé", max_length=300)
    url = models.URLField("adresse", max_length=600, blank=True)
    text = models.TextField("ce qu'on y trouve", blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Named for the admin."""

        verbose_name = "document"

    def __str__(self) -> str:
        """Name the document."""
        return self.title


class CallRelation(CallPart):
    """How a call stands to another one, and why."""

    class Kind(models.TextChoices):
        """The link, read from the call towards the other."""

        LED_TO = "led-to", "a conduit à"
        FOLLOWED_BY = "followed-by", "a été suivi de"
        PART_OF = "part-of", "est une partie de"
        RELATED = "related", "est à rapprocher de"

    call = belongs_to_call("relations")
    other = models.ForeignKey(Call, verbose_name="autre appel", on_delete=models.CASCADE, related_name="reached_by")
    kind = models.CharField("lien", max_length=12, choices=Kind)
    reason = models.TextField("précision", blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Named for the admin."""

        verbose_name = "lien avec un autre appel"
        verbose_name_plural = "liens avec d'autres appels"

    def __str__(self) -> str:
        """Say the link in words."""
        return f"{self.call.title} {self.get_kind_display()} {self.other.title}"
