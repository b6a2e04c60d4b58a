"""Projects that agencies think of, told to one another before anything is built (``003``, lines 133 to 143).

Nothing here is an applicant's text: an agent writes what the others may read. A confidential procedure never comes
here (CPOM: ``000``, line 192): the form and the model say so, and a trigger refuses it (``projects/guards.py``).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from actors.models import Body, Region, Subject
from actors.models.directory import of_a_service
from projects.models.dossier import Dossier

LONGEST_NEED = 1500


class EnvisagedProjectQuerySet(models.QuerySet):
    """The vocabulary of the board."""

    def on_board(self):
        """Keep what may be shown: a dossier that became confidential takes its line away at once."""
        return self.exclude(dossier__confidential=True)

    def open(self):
        """Keep those that were not taken off the board."""
        return self.filter(until=None)


class EnvisagedProject(models.Model):
    """A project that an agency thinks of, in its own words. ``dossier``: where one exists; its name is not shown."""

    body = models.ForeignKey(Body, verbose_name="agence", on_delete=models.PROTECT, related_name="envisaged")
    title = models.CharField("titre", max_length=160)
    need = models.TextField("besoin", max_length=LONGEST_NEED)
    theme = models.ForeignKey(Subject, verbose_name="thème", on_delete=models.PROTECT, related_name="+")
    contact = models.EmailField(
        "adresse du service", help_text="Adresse de service, jamais nominative.", validators=[of_a_service]
    )
    wanted = models.ManyToManyField(Region, verbose_name="régions cherchées", related_name="+", blank=True)
    dossier = models.ForeignKey(
        Dossier, verbose_name="dossier", on_delete=models.SET_NULL, related_name="envisaged", null=True, blank=True
    )
    since = models.DateField("depuis le")
    until = models.DateField("retiré le", null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)

    objects = EnvisagedProjectQuerySet.as_manager()

    class Meta:
        """The newest first."""

        verbose_name = "projet envisagé"
        verbose_name_plural = "projets envisagés"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="envisaged_ends_after")
        ]

    def __str__(self) -> str:
        """Name the project."""
        return self.title

    def clean(self) -> None:
        """Refuse a body that is no agency, and a dossier that nobody else may know of."""
        super().clean()
        if self.body_id and self.body.kind != Body.Kind.AGENCY:
            raise ValidationError({"body": "Seule une agence annonce un projet ici."})
        if self.dossier_id and (self.dossier.confidential or self.dossier.procedure.confidential):
            raise ValidationError({"dossier": "Ce dossier est confidentiel : il ne paraît dans aucune liste partagée."})


class ReadingRequestQuerySet(models.QuerySet):
    """The vocabulary of requests to read."""

    def waiting_for(self, bodies: frozenset[int]):
        """Keep those that wait for an answer of some agencies."""
        return self.filter(answered_at=None, envisaged__body__in=bodies)


class ReadingRequest(models.Model):
    """Another agency that asks to read more of an envisaged project; the one that announced it answers."""

    envisaged = models.ForeignKey(EnvisagedProject, on_delete=models.CASCADE, related_name="requests")
    body = models.ForeignKey(Body, verbose_name="agence", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("motif", max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    asked_at = models.DateTimeField("demandé le")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    accepted = models.BooleanField("accepté", default=False)
    words = models.TextField("réponse", max_length=1000, blank=True)

    objects = ReadingRequestQuerySet.as_manager()

    class Meta:
        """In order; one open an agency."""

        verbose_name = "demande de lecture"
        verbose_name_plural = "demandes de lecture"
        ordering = ["envisaged", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["envisaged", "body"], condition=Q(answered_at=None), name="one_open_reading_request"
            )
        ]

    def __str__(self) -> str:
        """Name who asks."""
        return str(self.body)
