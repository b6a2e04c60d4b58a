"""Calls: what an organiser opens for a time and to which one answers before a date.

An AMI, an AAP, an AAC or a challenge; who defines the problem and who the solution is
what tells them apart (guide APIST, sheet « AMI, AAP, AAC »). Whether one can still
answer is never typed: it follows from the dated events (``levers/calls/status.py``),
and :class:`CallQuerySet` says the same to the database.
"""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from actors.models import ActorType, Agency, NaturalManager, Region, Sourced
from levers.clocks import ZONES, local
from levers.models.lever import Category, Lever


class CallQuerySet(models.QuerySet):
    """The vocabulary of calls. ``at`` is a moment, or a day: then a call open at any time of it is open.

    The object says the same (``levers/calls/status.py``); a test compares them on
    random calls.
    """

    def published(self):
        """Keep what the public may see: never a draft."""
        return self.filter(publication=Lever.Publication.PUBLISHED)

    def open(self, at: date | datetime):
        """Keep the calls to which one can answer, those that close soon included."""
        return self._standing(at).filter(stands="opening")

    def upcoming(self, at: date | datetime):
        """Keep the calls announced for later, with or without a date."""
        waiting = ~Q(stands="opening") & (Q(opens_later=True) | Q(expected=True))
        return self._standing(at).filter(waiting)

    def closed(self, at: date | datetime):
        """Keep the calls that are over and not known to come back."""
        return self._standing(at).filter(~Q(stands="opening"), opens_later=False, expected=False)

    def closing_by(self, at: date | datetime, last: date):
        """Keep the open calls that close on ``last`` at the latest."""
        own = CallEvent.objects.filter(call=OuterRef("pk"), kind=CallEvent.Kind.CLOSING).exclude(_passed(at))
        return self.open(at).filter(Exists(own.filter(day__lte=last)))

    def _standing(self, at: date | datetime):
        """Annotate with the last boundary that was passed, and whether an opening is to come.

        A call of which only a closing is known, and to come, stands open.
        """
        boundaries = CallEvent.objects.filter(call=OuterRef("pk"), kind__in=BOUNDARIES)
        hour = Coalesce("hour", Case(When(kind="opening", then=Value(time.min)), default=Value(time.max)))
        passed = boundaries.filter(_passed(at)).order_by(F("day").desc(), hour.desc(), F("kind").desc(), "key")
        to_come = boundaries.exclude(_passed(at))
        opens_later = Exists(to_come.filter(kind="opening"))
        only_closes = Exists(to_come.filter(kind="closing")) & ~opens_later
        otherwise = Case(When(only_closes, then=Value("opening")), default=Value(""))
        last = Coalesce(Subquery(passed.values("kind")[:1]), otherwise, output_field=models.CharField())
        return self.annotate(stands=last, opens_later=opens_later)


def _passed(at: date | datetime) -> Q:
    """Return what tells that an event is behind: an opening as soon as it comes, a closing once it is over."""
    passed = Q()
    for zone in ZONES:
        day, hour = local(at, zone)
        opened, closed = Q(day__lt=day), Q(day__lt=day)
        if hour is None:
            opened |= Q(day=day)
        else:
            opened |= Q(day=day, hour__isnull=True) | Q(day=day, hour__lte=hour)
            closed |= Q(day=day, hour__lt=hour)
        either = Q(kind="closing") & closed | ~Q(kind="closing") & opened
        passed |= Q(call__time_zone=zone) & either
    return passed


class Call(Sourced):
    """A call: who organises it, on what, for whom, until when."""

    class Kind(models.TextChoices):
        """What sort of answer is expected."""

        INTEREST = "ami", "Appel à manifestation d'intérêt (AMI)"
        PROJECTS = "aap", "Appel à projets (AAP)"
        CANDIDATES = "aac", "Appel à candidatures (AAC)"
        CHALLENGE = "challenge", "Défi"

    class Purpose(models.TextChoices):
        """What one obtains: one name covers two procedures (R.313-1 CASF and following for the second)."""

        FINANCING = "financing", "Financement ou accompagnement d'un projet"
        AUTHORISATION = "authorisation", "Autorisation médico-sociale (création ou extension de places)"

    class Organiser(models.TextChoices):
        """Who publishes the call; it need not be an agency."""

        AGENCY = "agency", "Agence régionale de santé"
        MINISTRY = "ministry", "Ministère"
        ANS = "ans", "Agence du numérique en santé"
        CNSA = "cnsa", "Caisse nationale de solidarité pour l'autonomie"
        DEPARTMENT = "department", "Département"
        REGION = "region", "Conseil régional"
        FEDERATION = "federation", "Fédération ou association"
        OPERATOR = "operator", "Opérateur de l'État (Bpifrance, Banque des Territoires…)"
        EUROPE = "europe", "Union européenne"
        OTHER = "other", "Autre organisateur"

    class Recurrence(models.TextChoices):
        """How often the call comes back, as far as the sources say."""

        ONCE = "once", "Une seule fois"
        YEARLY = "yearly", "Chaque année"
        WAVES = "waves", "Plusieurs vagues"
        UNKNOWN = "unknown", "À vérifier"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    title = models.CharField("titre", max_length=200)
    aliases = models.TextField("autres noms", blank=True, help_text="Un par ligne, pour la recherche.")
    publication = models.CharField(
        "publication", max_length=12, choices=Lever.Publication, default=Lever.Publication.DRAFT, db_index=True
    )
    kind = models.CharField("nature", max_length=12, choices=Kind)
    purpose = models.CharField("objet", max_length=16, choices=Purpose, default=Purpose.FINANCING)
    organiser = models.CharField("type d'organisateur", max_length=12, choices=Organiser)
    organiser_name = models.CharField("organisateur", max_length=200, help_text="Le nom complet, sans sigle seul.")
    agency = models.ForeignKey(
        Agency, verbose_name="agence", null=True, blank=True, on_delete=models.PROTECT, related_name="calls",
        help_text="Quand l'organisateur est une agence.",
    )  # fmt: skip
    summary = models.CharField("en une phrase", max_length=260)
    text = models.TextField("ce que l'appel cherche")
    applicants = models.TextField("qui peut répondre")
    selection = models.TextField("comment les réponses sont choisies", blank=True)
    benefit = models.TextField("ce qu'on obtient", blank=True)
    envelope = models.DecimalField("enveloppe totale (€)", max_digits=14, decimal_places=2, null=True, blank=True)
    envelope_note = models.CharField("précision sur l'enveloppe", max_length=200, blank=True)
    roles = models.JSONField(
        "rôles recherchés", default=list, blank=True, help_text="Parmi carrier, site, partner. Vide : à vérifier."
    )
    recurrence = models.CharField("retour", max_length=10, choices=Recurrence, default=Recurrence.UNKNOWN)
    expected = models.BooleanField(
        "prochaine édition attendue",
        default=False,
        help_text="Coché : hors des dates connues, l'appel est « à venir », même sans date.",
    )
    time_zone = models.CharField("heures données en", max_length=24, choices=[*ZONES.items()], default="Europe/Paris")
    status_note = models.TextField("situation aujourd'hui", blank=True)
    deposit_title = models.CharField("où déposer", max_length=200, blank=True, help_text="Vide : à vérifier.")
    deposit_text = models.TextField("comment déposer", blank=True)
    deposit_url = models.URLField("adresse du dépôt", max_length=600, blank=True)
    deposit_email = models.EmailField("adresse générique", blank=True, help_text="Jamais nominative.")
    levers = models.ManyToManyField(Lever, verbose_name="leviers", related_name="calls", blank=True)
    categories = models.ManyToManyField(
        Category, verbose_name="thèmes, champs, secteurs", related_name="calls", blank=True
    )
    actor_types = models.ManyToManyField(
        ActorType, verbose_name="types d'acteurs visés", related_name="calls", blank=True,
        help_text="Aucun : tous, ou à vérifier dans l'appel.",
    )  # fmt: skip
    regions = models.ManyToManyField(
        Region, verbose_name="régions", related_name="calls", blank=True, help_text="Aucune : partout en France."
    )

    objects = NaturalManager.from_queryset(CallQuerySet)("slug")
    history = HistoricalRecords()

    class Meta:
        """Alphabetical; lists order calls by their dates, which are computed."""

        verbose_name = "appel"
        ordering = ["slug"]

    def __str__(self) -> str:
        """Name the call."""
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the slug of the address."""
        return (self.slug,)

    natural_key.dependencies = [
        "actors.source", "actors.region", "actors.actortype", "actors.agency", "levers.category", "levers.lever",
    ]  # fmt: skip

    def clean(self) -> None:
        """Refuse roles that do not exist and an agency's call without its agency."""
        super().clean()
        if not isinstance(self.roles, list) or set(self.roles) - {"carrier", "site", "partner"}:
            raise ValidationError({"roles": "Choisissez parmi carrier (porteur), site (lieu), partner (partenaire)."})
        if self.agency_id and self.organiser != self.Organiser.AGENCY:
            raise ValidationError({"agency": "Laissez vide : l'organisateur n'est pas une agence."})


def belongs_to_call(name: str) -> models.ForeignKey:
    """Return the link of a row to its call, which knows its rows under ``name``."""
    return models.ForeignKey(Call, verbose_name="appel", on_delete=models.CASCADE, related_name=name)


class CallPart(Sourced):
    """A row of a call: it has its own key, place and source."""

    key = models.SlugField("clé", max_length=60, help_text="Unique dans l'appel ; les fixtures s'en servent.")
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = NaturalManager("call__slug", "key")

    class Meta:
        """Abstract: each kind of row has its table."""

        abstract = True
        ordering = ["call", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="%(class)s_key_is_unique_in_call")]

    def natural_key(self) -> tuple[str, str]:
        """Return the call's slug and the key."""
        return (self.call.slug, self.key)

    natural_key.dependencies = ["actors.source", "levers.call"]


class CallEvent(CallPart):
    """A dated moment of a call, with its hour on the clocks of the call's place where the source gives one."""

    class Kind(models.TextChoices):
        """What happens then."""

        OPENING = "opening", "Ouverture"
        INFORMATION = "information", "Réunion d'information"
        QUESTIONS = "questions", "Fin des questions"
        LETTER = "letter", "Lettre d'intention"
        INTERMEDIATE = "intermediate", "Relevé intermédiaire des réponses"
        CLOSING = "closing", "Clôture"
        HEARING = "hearing", "Audition ou jury"
        RESULTS = "results", "Résultats"

    class Precision(models.TextChoices):
        """How exactly the source gives the date."""

        DAY = "day", "Au jour près"
        MONTH = "month", "Au mois près"
        YEAR = "year", "À l'année près"

    call = belongs_to_call("events")
    kind = models.CharField("nature", max_length=14, choices=Kind)
    label = models.CharField("nom", max_length=160, blank=True, help_text="Vide : le nom de la nature.")
    day = models.DateField(
        "le", help_text="Au mois ou à l'année près : le premier jour d'une ouverture, le dernier d'une clôture."
    )
    hour = models.TimeField("à", null=True, blank=True, help_text="Vide : toute la journée, jusqu'à minuit.")
    precision = models.CharField("précision", max_length=6, choices=Precision, default=Precision.DAY)
    note = models.CharField("précisions", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta(CallPart.Meta):
        """Chronological."""

        verbose_name = "date"
        ordering = ["call", "day", "position", "key"]

    def __str__(self) -> str:
        """Name the moment."""
        return self.label or self.get_kind_display()

    def clean(self) -> None:
        """Refuse an hour where even the day is not known."""
        super().clean()
        if self.hour and self.precision != self.Precision.DAY:
            raise ValidationError({"hour": "Laissez l'heure vide : la source ne donne pas le jour."})


BOUNDARIES = (CallEvent.Kind.OPENING, CallEvent.Kind.CLOSING)
