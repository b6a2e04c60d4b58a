"""Who answers: the agencies and the other bodies that take part, and the posts that people hold there.

« National » is several administrations, with different files: none sees the others'. A post is held from a day
to another, so that what somebody did is still explained after they left.
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from actors.models.organisation import check_siret
from actors.models.place import Agency, Department, Region


class Body(models.Model):
    """An administration that has a seat on the portal."""

    class Kind(models.TextChoices):
        """What sort of administration: it decides what its people may be asked."""

        AGENCY = "agency", "Agence régionale de santé"
        RAPPORTEUR = "rapporteur", "Rapporteur général (article 51)"
        DGOS = "dgos", "Direction générale de l'offre de soins"
        CNSA = "cnsa", "Caisse nationale de solidarité pour l'autonomie"
        DEPARTMENT = "department", "Département"
        INSURANCE = "insurance", "Assurance maladie"
        GRADES = "grades", "Groupement régional e-santé (GRADeS)"

    code = models.SlugField("identifiant", max_length=40, unique=True)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    name = models.CharField("nom", max_length=160)
    agency = models.OneToOneField(
        Agency, verbose_name="agence", on_delete=models.PROTECT, related_name="body", null=True, blank=True
    )
    region = models.ForeignKey(
        Region, verbose_name="région", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    department = models.ForeignKey(
        Department, verbose_name="département", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    siret = models.CharField(
        "SIRET",
        max_length=14,
        blank=True,
        validators=[check_siret],
        help_text="Vide : à vérifier. Sans lui, les données essentielles des subventions ne peuvent pas être publiées.",
    )

    class Meta:
        """By name."""

        verbose_name = "administration"
        ordering = ["name"]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    def clean(self) -> None:
        """Ask where it is, for what has a place."""
        super().clean()
        if self.kind == self.Kind.AGENCY and not self.agency_id:
            raise ValidationError({"agency": "Choisissez l'agence."})
        if self.kind == self.Kind.DEPARTMENT and not self.department_id:
            raise ValidationError({"department": "Choisissez le département."})
        if self.kind in (self.Kind.INSURANCE, self.Kind.GRADES) and not self.region_id:
            raise ValidationError({"region": "Choisissez la région."})


class PostQuerySet(models.QuerySet):
    """When a post counts."""

    def current(self, at: date):
        """Keep the posts held on a day, both ends included."""
        return self.filter(Q(until=None) | Q(until__gte=at), since__lte=at)


class Post(models.Model):
    """What somebody is in a body, for a time."""

    class Role(models.TextChoices):
        """What it allows; ``projects/rights/table.py`` says what that is."""

        CURATOR = "curator", "Curateur du contenu"
        OFFICER = "officer", "Instructeur"
        HEAD = "head", "Responsable d'unité"
        DIRECTOR = "director", "Direction"
        LEGAL = "legal", "Service juridique"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="personne", on_delete=models.CASCADE, related_name="posts"
    )
    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("rôle", max_length=10, choices=Role)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True, help_text="Dernier jour compris.")

    objects = PostQuerySet.as_manager()

    class Meta:
        """By body, then role."""

        verbose_name = "poste"
        ordering = ["body", "role", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="post_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        """Say what the person is."""
        return f"{self.get_role_display()}, {self.body}"
