"""The paragraphs of a sheet: steps, amounts, who pays what, examples, references, deposits."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from actors.models import Agency, Region
from levers.models.lever import Dated, LeverPart


class Step(LeverPart):
    """One step of « comment cela se passe », in order."""

    title = models.CharField("étape", max_length=120)
    text = models.TextField("ce qui se passe")
    actor = models.CharField("qui agit", max_length=160)
    delay = models.CharField("durée ou échéance", max_length=160, blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "étape"

    def __str__(self) -> str:
        """Name the step."""
        return self.title


class Amount(LeverPart, Dated):
    """A sum in euros, with what it is for, the call or text it belongs to and its period."""

    label = models.CharField("pour quoi", max_length=200)
    minimum = models.DecimalField("de (€)", max_digits=14, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField(
        "à (€)", max_digits=14, decimal_places=2, null=True, blank=True, help_text="Égal au premier pour un forfait."
    )
    unit = models.CharField("par", max_length=120, blank=True, help_text="« par projet », « par an » ; vide : non dit.")
    call = models.CharField("appel ou texte", max_length=200, blank=True)
    condition = models.TextField("condition ou réserve", blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
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


class Funding(LeverPart, Dated):
    """Who pays which expense, by the scale of the project (article 51: two funds)."""

    expense = models.CharField("dépense", max_length=160)
    scale = models.CharField("portée du projet", max_length=120)
    payer = models.CharField("qui paie", max_length=160)
    text = models.TextField("précision", blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "qui paie quoi"
        verbose_name_plural = "qui paie quoi"

    def __str__(self) -> str:
        """Say who pays what."""
        return f"{self.expense} ({self.scale}) : {self.payer}"


class Example(LeverPart):
    """A real project that used the lever."""

    title = models.CharField("projet", max_length=200)
    text = models.TextField("en quelques mots")
    region = models.ForeignKey(Region, verbose_name="région", null=True, blank=True, on_delete=models.PROTECT)
    period = models.CharField("période", max_length=80, blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "exemple"

    def __str__(self) -> str:
        """Name the project."""
        return self.title


class Reference(LeverPart, Dated):
    """A text, guide or page on which the lever rests or that helps to use it."""

    class Kind(models.TextChoices):
        """What one finds there."""

        LAW = "law", "Base légale"
        INSTRUCTION = "instruction", "Instruction ou circulaire"
        GUIDE = "guide", "Guide ou outil"
        FAQ = "faq", "Questions fréquentes"
        LIST = "list", "Liste ou carte"

    kind = models.CharField("nature", max_length=12, choices=Kind)
    title = models.CharField("intitulé", max_length=300)
    url = models.URLField("adresse", max_length=600, blank=True)
    text = models.TextField("ce qu'on y trouve", blank=True)

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "référence"

    def __str__(self) -> str:
        """Name the text."""
        return self.title


class Deposit(LeverPart, Dated):
    """Where one really deposits. The portal is rarely the addressee."""

    class Channel(models.TextChoices):
        """Whether the deposit is made here or elsewhere."""

        PORTAL = "portal", "Sur ce portail"
        EXTERNAL = "external", "Ailleurs"

    channel = models.CharField("canal", max_length=10, choices=Channel, default=Channel.EXTERNAL)
    title = models.CharField("lieu de dépôt", max_length=200)
    text = models.TextField("comment déposer")
    addressees = models.TextField(
        "destinataires", blank=True, help_text="Un par ligne, quand il faut écrire à plusieurs en même temps."
    )
    url = models.URLField("adresse du dépôt", max_length=600, blank=True)
    email = models.EmailField("adresse générique", blank=True)
    form = models.CharField("formulaire ou modèle", max_length=200, blank=True)
    form_url = models.URLField("adresse du formulaire", max_length=600, blank=True)
    agency = models.ForeignKey(
        Agency, verbose_name="agence", null=True, blank=True, on_delete=models.PROTECT, help_text="Vide : toutes."
    )

    history = HistoricalRecords()

    class Meta(LeverPart.Meta):
        """Named for the admin."""

        verbose_name = "lieu de dépôt"
        verbose_name_plural = "lieux de dépôt"

    def __str__(self) -> str:
        """Name the place."""
        return self.title

    @property
    def addressee_list(self) -> list[str]:
        """Return the simultaneous addressees, one by one."""
        return [line.strip() for line in self.addressees.splitlines() if line.strip()]
