"""The dossier: a project that asks something of one lever, by one procedure, at one version of it.

``stage``, ``version`` and what follows from them are written by ``projects/engine/door.py`` alone; the database
itself refuses a stage without its journal entry (``apist/guards.py``).
"""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body, Organisation, Region
from levers.models import Call, Lever
from projects.models.charge import entrusted_to, without_owner
from projects.models.indexes import LIST_INDEXES
from projects.models.lateness import late, past_stage, silent
from projects.models.project import Project
from projects.procedures.catalogue import procedure_at
from projects.procedures.types import Procedure, Stage
from projects.procedures.vocabulary import BY_WAY, MACRO_LABELS, TURN_LABELS, Macro, Party, Turn
from projects.rights.holdings import Holdings
from projects.rights.queries import shut_to, visible
from projects.rights.turns import waits_for

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody mistakes for one another on the telephone."""


def new_reference() -> str:
    """Return what names a dossier to people: short, unlike any other, and telling nothing of how many there are."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def entered_in_words(origin: str, received_on: date | None, entered_on: date | None, entered_way: str) -> str:
    """Return that the agency entered a dossier for somebody, or something sent since, and how it came; empty else."""
    first = since = ""
    if origin in BY_WAY:
        day = f" le {received_on:%d/%m/%Y}" if received_on else ""
        first = f"Saisi par l'agence, reçu {BY_WAY[origin]}{day}"
    if entered_on:
        since = f"envoi saisi par l'agence, reçu {BY_WAY[entered_way]} le {entered_on:%d/%m/%Y}"
    return f"{first} ; dernier {since}" if first and since else first or since.capitalize()


class DossierQuerySet(models.QuerySet):
    """The vocabulary of dossiers."""

    def visible_to(self, holdings: Holdings, parties: frozenset[Party] = frozenset(Party)):
        """Keep what somebody may read, by the table of rights: the only way in for a page.

        ``parties``: as what; a list of those who instruct leaves aside what one reads as an applicant.
        """
        return visible(self, holdings, parties)

    def shut_to(self, holdings: Holdings):
        """Keep what somebody may not instruct, as recused or on its applicant's side: for counts, not for pages."""
        return shut_to(self, holdings)

    def open(self):
        """Keep those that are not finished: the one door dates the end of those that are."""
        return self.filter(ended_at=None)

    def past_stage(self, at: datetime):
        """Keep those not finished whose stage has passed its date."""
        return self.filter(past_stage(at))

    def silent(self, at: datetime):
        """Keep those not finished whose legal delay has passed: silence means what the law says."""
        return self.filter(silent(at))

    def late(self, at: datetime):
        """Keep those not finished that passed either date."""
        return self.filter(late(at))

    def waiting_for(self, holdings: Holdings):
        """Keep those that are not finished and on which a person's bodies are expected to act."""
        return self.open().filter(waits_for(holdings))

    def waiting_for_others(self, holdings: Holdings):
        """Keep those that are not finished and on which somebody else is expected to act."""
        return self.open().exclude(waits_for(holdings))

    def entrusted_to(self, user: int, at: datetime):
        """Keep those entrusted to a person, or to somebody for whom the person stands in that day."""
        return self.filter(entrusted_to(user, at))

    def without_owner(self, at: datetime):
        """Keep those received and not finished that nobody has had in charge for longer than their procedure allows."""
        return self.filter(without_owner(at))

    def deposited_since(self, at: datetime):
        """Keep those whose first deposit is not older than a moment."""
        return self.filter(deposited_at__gte=at)

    def with_names(self):
        """Read along what a list shows of each."""
        return self.select_related("project", "lever", "call", "body", "organisation")


class Dossier(models.Model):
    """What is asked of a lever."""

    class Origin(models.TextChoices):
        """How it came in."""

        PORTAL = "portal", "Le portail"
        LETTER = "letter", "Un courrier"
        EMAIL = "email", "Un courriel"
        TELEPHONE = "telephone", "Un appel"
        VISIT = "visit", "Une rencontre"

    reference = models.CharField("référence", max_length=8, unique=True, default=new_reference, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dossiers", null=True, blank=True
    )
    lever = models.ForeignKey(Lever, on_delete=models.PROTECT, related_name="dossiers", null=True, blank=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="dossiers", null=True, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="dossiers", null=True, blank=True, verbose_name="instruit par"
    )
    procedure_key = models.SlugField("procédure", max_length=60)
    procedure_version = models.PositiveSmallIntegerField("version de la procédure")
    confidential = models.BooleanField("confidentiel", default=False)
    origin = models.CharField("arrivé par", max_length=10, choices=Origin, default=Origin.PORTAL)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    contact_email = models.EmailField(
        "adresse à prévenir",
        blank=True,
        help_text="Pour une demande saisie par l'agence pour quelqu'un.",
    )
    received_on = models.DateField(
        "reçu le",
        null=True,
        blank=True,
        help_text="Jour où l'agence a reçu ce qu'elle saisit : les délais partent de ce jour.",
    )
    opened_at = models.DateTimeField("ouvert le")
    # Written by the one door: the last thing that reached the agency otherwise, and that an agent entered.
    entered_on = models.DateField("dernier envoi saisi, reçu le", null=True, blank=True, editable=False)
    entered_way = models.CharField("dernier envoi saisi, reçu par", max_length=10, blank=True, editable=False)
    # Written with the stage, by the one door.
    stage = models.SlugField("étape", max_length=60, blank=True, editable=False)
    version = models.PositiveIntegerField("version", default=0, editable=False)
    macro = models.CharField("statut", max_length=20, default=Macro.DRAFT, editable=False)
    turn = models.CharField("à qui d'agir", max_length=10, default=Turn.APPLICANT, editable=False)
    staged_at = models.DateTimeField("à cette étape depuis", null=True, blank=True, editable=False)
    due_at = models.DateTimeField("échéance", null=True, blank=True, editable=False)
    # While the legal clock runs, when it is over; its acts are in the journal, from which this is worked out again.
    legal_due_at = models.DateTimeField("fin du délai légal", null=True, blank=True, editable=False)
    deposited_at = models.DateTimeField("déposé ici le", null=True, blank=True, editable=False)
    ended_at = models.DateTimeField("fini le", null=True, blank=True, editable=False)
    # Written with its money line, by the engine: what the first deposit asks of the lever.
    asked = models.DecimalField("montant demandé", max_digits=14, decimal_places=2, null=True, editable=False)
    facet_values = models.CharField("valeurs de facettes", max_length=400, null=True, editable=False)  # noqa: DJ001
    # Written with each act: without them, a journal whose last acts were removed would look whole.
    journal_length = models.PositiveIntegerField("actes du journal", default=0, editable=False)
    journal_hash = models.CharField("empreinte du dernier acte", max_length=64, blank=True, editable=False)
    # Personal data: when it goes, and what keeps it.
    erase_after = models.DateField("effacement prévu après le", null=True, blank=True, editable=False)
    warned_at = models.DateTimeField("prévenu de l'effacement le", null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True, editable=False)
    unowned_told_at = models.DateTimeField("sans responsable, dit le", null=True, blank=True, editable=False)
    held_because = models.CharField("conservé parce que", max_length=300, blank=True)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        """The last opened first."""

        verbose_name = "dossier"
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["body", "macro", "due_at"], name="dossier_of_a_body"),
            models.Index(fields=["organisation", "-opened_at"], name="dossier_of_an_organisation"),
            models.Index(fields=["body", "turn", "due_at"], name="dossier_waiting", condition=Q(ended_at=None)),
            models.Index(fields=["body", "deposited_at"], name="dossier_new", condition=~Q(deposited_at=None)),
            *LIST_INDEXES,
            models.Index(fields=["due_at"], name="dossier_due", condition=~Q(due_at=None)),
            models.Index(fields=["erase_after"], name="dossier_to_erase", condition=~Q(erase_after=None)),
        ]

    def __str__(self) -> str:
        """Name it by its reference."""
        return self.reference

    @property
    def procedure(self) -> Procedure:
        """Return the procedure, at the version with which the dossier was opened."""
        return procedure_at(self.procedure_key, self.procedure_version)

    @property
    def stage_now(self) -> Stage:
        """Return where it stands."""
        return self.procedure.stage(self.stage)

    @property
    def macro_label(self) -> str:
        """Return the status that all procedures share, in words."""
        return MACRO_LABELS[Macro(self.macro)]

    @property
    def turn_label(self) -> str:
        """Return who is expected to act, in the applicant's words."""
        return TURN_LABELS[Turn(self.turn)]

    @property
    def entered_words(self) -> str:
        """Return that the agency entered it for somebody, or something sent since, and how it came; empty else."""
        return entered_in_words(self.origin, self.received_on, self.entered_on, self.entered_way)


class ParticipationQuerySet(models.QuerySet):
    """The vocabulary of participations."""

    def current(self):
        """Keep those that were not ended."""
        return self.filter(until=None)


class Participation(models.Model):
    """A body or a person that has a part in a dossier besides the one that instructs it.

    ``until``: empty while it lasts; once it is ended the row opens nothing any more and stays as a trace.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="participations")
    capacity = models.CharField("en tant que", max_length=12, choices=[(party.value, party.value) for party in Party])
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField("depuis le")
    until = models.DateTimeField("jusqu'au", null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        """A body or a person, once a capacity at a time."""

        verbose_name = "participation"
        ordering = ["dossier", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body=None) ^ Q(user=None), name="participation_of_a_body_or_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["dossier", "capacity", "body"],
                condition=~Q(body=None) & Q(until=None),
                name="one_participation_per_body",
            ),
            models.UniqueConstraint(
                fields=["dossier", "capacity", "user"],
                condition=~Q(user=None) & Q(until=None),
                name="one_participation_per_person",
            ),
        ]

    def __str__(self) -> str:
        """Name who takes part."""
        return str(self.body or self.user)


class Recusal(models.Model):
    """Somebody with an interest in a dossier: it is closed to them, whatever else they hold."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField("motif", max_length=300, blank=True)
    since = models.DateTimeField("depuis le")

    class Meta:
        """Once a person and dossier."""

        verbose_name = "déport"
        ordering = ["dossier", "since"]
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="one_recusal_per_person")]

    def __str__(self) -> str:
        """Name the person."""
        return str(self.user)
