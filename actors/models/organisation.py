"""Who asks: organisations that carry projects, their members, and the invitations to join them."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from stdnum import luhn
from stdnum.exceptions import InvalidFormat
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number

from actors.models.kind import ActorType
from actors.models.place import Department, Region

FINESS_LENGTH, RPPS_LENGTH = 9, 11


def check_siret(value: str) -> None:
    """Refuse a SIRET whose length or key is wrong (INSEE: 14 digits, Luhn; the exception of La Poste is known)."""
    try:
        siret_number.validate(value)
        if not value.strip("0"):  # zeros pass the key: they stand for « I do not know »
            raise InvalidFormat
    except NumberError as error:
        raise ValidationError(
            "Ce SIRET n'est pas valable : 14 chiffres, sans erreur de frappe. Il figure sur l'avis de situation de "
            "l'INSEE."
        ) from error


def check_finess(value: str) -> None:
    """Refuse a FINESS that has not nine characters: digits, or 2A and 2B at the start."""
    digits = value.upper().replace("2A", "20", 1).replace("2B", "20", 1)
    if len(value) != FINESS_LENGTH or not (digits.isascii() and digits.isdigit()):
        raise ValidationError("Un numéro FINESS a neuf chiffres (en Corse, il commence par 2A ou 2B).")


def check_rpps(value: str) -> None:
    """Refuse an RPPS number whose length or key is wrong (11 digits, Luhn)."""
    if len(value) != RPPS_LENGTH or not luhn.is_valid(value) or not value.strip("0"):
        raise ValidationError("Ce numéro RPPS n'est pas valable : onze chiffres, sans erreur de frappe.")


class Organisation(models.Model):
    """A legal person, or a professional who practises alone: who signs and receives."""

    class Status(models.TextChoices):
        """What kind of legal person: an agreement is compulsory for private ones above 23,000 € a year."""

        PUBLIC = "public", "Organisme public"
        NON_PROFIT = "private-non-profit", "Organisme privé à but non lucratif"
        COMMERCIAL = "private-commercial", "Entreprise"
        PERSON = "person", "Professionnel exerçant seul"

    name = models.CharField("nom", max_length=200)
    actor_type = models.ForeignKey(ActorType, verbose_name="type d'acteur", on_delete=models.PROTECT, related_name="+")
    status = models.CharField("statut juridique", max_length=20, choices=Status)
    region = models.ForeignKey(Region, verbose_name="région", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, verbose_name="département", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[check_siret])
    finess = models.CharField("FINESS", max_length=9, blank=True, validators=[check_finess])
    rpps = models.CharField("RPPS", max_length=11, blank=True, validators=[check_rpps])
    signatory_name = models.CharField("nom du représentant légal", max_length=150, blank=True)
    signatory_function = models.CharField("fonction du représentant légal", max_length=150, blank=True)
    created_at = models.DateTimeField("créé le")
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="actors.Membership", related_name="organisations"
    )

    class Meta:
        """Alphabetical; a number belongs to one organisation."""

        verbose_name = "organisme"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="one_organisation_per_siret"),
            models.UniqueConstraint(fields=["rpps"], condition=~Q(rpps=""), name="one_organisation_per_rpps"),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return self.name

    @property
    def is_private(self) -> bool:
        """Tell whether it is a body of private law (article 10 of law 2000-321)."""
        return self.status != self.Status.PUBLIC

    def clean(self) -> None:
        """Ask for the number that says who it is: RPPS for somebody alone, SIRET for the others."""
        super().clean()
        if self.status == self.Status.PERSON and not self.rpps:
            raise ValidationError({"rpps": "Donnez votre numéro RPPS : il est sur votre carte professionnelle."})
        if self.status != self.Status.PERSON and not self.siret:
            raise ValidationError({"siret": "Donnez le SIRET de l'organisme qui signera la demande."})
        if self.department_id and self.region_id and self.department.region_id != self.region_id:
            raise ValidationError({"department": "Ce département n'est pas dans la région choisie."})


class Membership(models.Model):
    """Somebody who acts for an organisation, and how far."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="personne", on_delete=models.CASCADE, related_name="memberships"
    )
    may_manage = models.BooleanField("gère les membres", default=False)
    may_deposit = models.BooleanField(
        "peut déposer", default=False, help_text="Représentant légal, ou personne qu'il a habilitée."
    )
    mandate = models.CharField(
        "d'où vient l'habilitation",
        max_length=300,
        blank=True,
        help_text="Par exemple : délégation de signature du 3 mars 2026.",
    )
    since = models.DateTimeField("depuis")

    class Meta:
        """One membership a person and organisation."""

        verbose_name = "membre"
        ordering = ["organisation", "user"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        """Name the person."""
        return str(self.user)


class InvitationQuerySet(models.QuerySet):
    """What becomes of an invitation."""

    def waiting(self, at: datetime):
        """Keep those that may still be accepted."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


class OrganisationInvitation(models.Model):
    """A letter to an address: come and act for this organisation. Only the digest of its secret is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("adresse électronique")
    may_manage = models.BooleanField("gère les membres", default=False)
    may_deposit = models.BooleanField("peut déposer", default=False)
    mandate = models.CharField("d'où vient l'habilitation", max_length=300, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("valable jusqu'au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """The last one first."""

        verbose_name = "invitation dans un organisme"
        verbose_name_plural = "invitations dans un organisme"
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        """Name whom it invites."""
        return self.email
