"""The project: an idea, written once, that several dossiers carry to several levers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Organisation
from projects.rights.holdings import Holdings
from projects.rights.queries import visible_projects


class ProjectQuerySet(models.QuerySet):
    """The vocabulary of projects."""

    def visible_to(self, holdings: Holdings):
        """Keep what somebody may read, by the table of rights: the only way in for a page."""
        return visible_projects(self, holdings)


class Project(models.Model):
    """An idea and what is said of it, whatever the lever that will pay."""

    public_id = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("titre", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="projects", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects", null=True, blank=True
    )
    origin = models.JSONField(
        "point de départ", default=dict, blank=True, help_text="Ce qui a été repris du diagnostic ou d'un bilan."
    )
    created_at = models.DateTimeField("créé le")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        """The last one first."""

        verbose_name = "projet"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Name the project."""
        return self.title


class Section(models.Model):
    """The answers to a section, as they are now: of the project, or of one of its dossiers.

    ``version`` is compared with the one that a person saw; the earlier ones are in :class:`SectionVersion`.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sections")
    dossier = models.ForeignKey(
        "projects.Dossier", on_delete=models.CASCADE, related_name="sections", null=True, blank=True
    )
    key = models.SlugField("section", max_length=60)
    answers = models.JSONField("réponses", default=dict)
    secrets = models.JSONField(
        "secrets des affaires", default=list, blank=True, help_text="Les questions dont la réponse en contient."
    )
    version = models.PositiveIntegerField("version", default=0)
    changed_at = models.DateTimeField("modifiée le")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        """One section a key, in its project or in its dossier."""

        verbose_name = "section"
        ordering = ["project", "key"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], condition=~Q(dossier=None), name="one_dossier_section"),
            models.UniqueConstraint(fields=["project", "key"], condition=Q(dossier=None), name="one_project_section"),
        ]

    def __str__(self) -> str:
        """Name it by its key."""
        return self.key


class SectionVersion(models.Model):
    """What a section held at a version: nothing typed is ever lost, even where two people wrote at once.

    ``kept_aside``: typed on a version that somebody had changed meanwhile; it is shown, and did not replace. It holds
    the questions in conflict alone, until somebody chose (``settled_at``). ``page``: the open page it came from, so
    that going on typing there is not another conflict.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("version")
    answers = models.JSONField("réponses", default=dict)
    kept_aside = models.BooleanField("mise de côté", default=False)
    page = models.UUIDField("page ouverte", null=True, blank=True, editable=False)
    settled_at = models.DateTimeField("choix fait le", null=True, blank=True)
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        """The last one first."""

        verbose_name = "version d'une section"
        verbose_name_plural = "versions des sections"
        ordering = ["-number", "-pk"]

    def __str__(self) -> str:
        """Say which version."""
        return f"{self.section} · {self.number}"


class FinancingLine(models.Model):
    """A line of the financing plan: what it pays, and who is asked to pay it.

    ``payer`` is typed, since some levers pay some expenses only (article 51: care and evaluation are the fund's,
    engineering of a local project the FIR's). ``dossier``: the one by which it is asked.
    """

    class Expense(models.TextChoices):
        """What is paid for; the first four are those of article 51."""

        ENGINEERING = "engineering", "Ingénierie de projet"
        START_UP = "start-up", "Amorçage"
        CARE = "care", "Soins et accompagnement"
        EVALUATION = "evaluation", "Évaluation"
        STAFF = "staff", "Personnel"
        EQUIPMENT = "equipment", "Équipement"
        SOFTWARE = "software", "Logiciel et services numériques"
        MISSIONS = "missions", "Déplacements et missions"
        HOSTING = "hosting", "Accueil et hébergement"
        TRAINING = "training", "Formation"
        OTHER = "other", "Autre dépense"

    class Payer(models.TextChoices):
        """Who pays."""

        SELF = "self", "L'organisme lui-même"
        FIR = "fir", "Fonds d'intervention régional (FIR)"
        FISS = "fiss", "Fonds pour l'innovation du système de santé (FISS)"
        MIG = "mig", "Mission d'intérêt général (MIG)"
        CONFERENCE = "conference", "Conférence des financeurs"
        CALL = "call", "Appel à projets"
        LOCAL_AUTHORITY = "local-authority", "Collectivité"
        EUROPE = "europe", "Fonds européens"
        PRIVATE = "private", "Partenaire privé, fondation"
        USERS = "users", "Contribution des utilisateurs"
        OTHER = "other", "Autre financeur"

    class State(models.TextChoices):
        """How sure it is."""

        PLANNED = "planned", "Prévu"
        ASKED = "asked", "Demandé"
        GRANTED = "granted", "Accordé"
        REFUSED = "refused", "Refusé"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="financing")
    dossier = models.ForeignKey(
        "projects.Dossier", on_delete=models.SET_NULL, related_name="financing", null=True, blank=True
    )
    expense = models.CharField("dépense", max_length=12, choices=Expense)
    label = models.CharField("précision", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    amount = models.DecimalField("montant", max_digits=14, decimal_places=2, help_text="En euros.")
    payer = models.CharField("payé par", max_length=16, choices=Payer)
    state = models.CharField("état", max_length=8, choices=State, default=State.PLANNED)

    class Meta:
        """In the order of typing."""

        verbose_name = "ligne du plan de financement"
        verbose_name_plural = "plan de financement"
        ordering = ["project", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="financing_amount_is_not_negative")]

    def __str__(self) -> str:
        """Say what is paid and by whom."""
        return f"{self.get_expense_display()} : {self.get_payer_display()}"


class Share(models.Model):
    """Somebody who was invited to write in a project, or to read it. Only the digest of the letter's secret is kept."""

    class Level(models.TextChoices):
        """How far."""

        EDITOR = "editor", "Peut écrire"
        READER = "reader", "Peut lire"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="shares")
    email = models.EmailField("adresse électronique")
    level = models.CharField("droit", max_length=6, choices=Level)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares", null=True, blank=True
    )
    sent_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("valable jusqu'au", help_text="Pour accepter ; un accès accepté dure.")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        """The last one first."""

        verbose_name = "partage"
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        """Name whom it is for."""
        return self.email


class OwnershipTransfer(models.Model):
    """A project offered by its owner to somebody, who accepts or not; until then nothing changes."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="transfers")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offered_projects")
    asked_at = models.DateTimeField("proposée le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    ended_at = models.DateTimeField("refusée ou retirée le", null=True, blank=True)

    class Meta:
        """The last one first; one waits at a time."""

        verbose_name = "transmission d'un projet"
        verbose_name_plural = "transmissions de projets"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(accepted_at=None, ended_at=None), name="one_waiting_transfer"
            )
        ]

    def __str__(self) -> str:
        """Name whom it is offered to."""
        return str(self.to)
