"""Judging: grids as they were used, what somebody thought of a dossier, and juries whose marks stay sealed.

A version of a grid is never changed: when the criteria change, the next judgement makes another version. What
somebody may read of the judgements of others is said here (``readable_by``) and nowhere else.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body
from levers.models import Call
from projects.models.dossier import Dossier
from projects.models.money import Envelope
from projects.procedures.catalogue import LATEST
from projects.procedures.grids import Grid, from_data
from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings

STAFF = frozenset({Party.OFFICER, Party.HEAD, Party.DIRECTOR, Party.LEGAL})
"""As what one reads the grids of a dossier that one's body instructs."""

HELD_BY_STAFF = tuple(f"{party}_bodies" for party in sorted(STAFF))


def bodies_of(holdings: Holdings) -> list[int]:
    """Return the bodies in which somebody instructs."""
    return sorted(frozenset().union(*(holdings.of(name) for name in HELD_BY_STAFF)))


class GridVersion(models.Model):
    """A grid as it was when somebody judged by it: of a procedure, or of a call; another follows when it changes."""

    procedure_key = models.SlugField("procédure", max_length=60)
    call = models.ForeignKey(
        Call, verbose_name="appel", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField("version")
    content = models.JSONField("critères")
    made_at = models.DateTimeField("figée le")

    class Meta:
        """A number once a subject."""

        verbose_name = "version d'une grille"
        verbose_name_plural = "versions des grilles"
        ordering = ["procedure_key", "call", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_key", "number"], condition=Q(call=None), name="one_grid_per_procedure_and_number"
            ),
            models.UniqueConstraint(
                fields=["call", "number"], condition=~Q(call=None), name="one_grid_per_call_and_number"
            ),
        ]

    def __str__(self) -> str:
        """Say of what, and which."""
        return f"{self.call or self.procedure_key}, version {self.number}"

    @property
    def grid(self) -> Grid:
        """Return the criteria."""
        return from_data(self.content)


class JuryQuerySet(models.QuerySet):
    """The vocabulary of juries."""

    def readable_by(self, holdings: Holdings):
        """Keep the juries of the bodies in which a person instructs, and those, once open, of which they are."""
        if holdings.user is None:
            return self.none()
        seats = Juror.objects.filter(user_id=holdings.user, left_at=None).values("jury_id")
        member = Q(pk__in=seats) & ~Q(state=Jury.State.COMPOSED)
        return self.filter(member | Q(body_id__in=bodies_of(holdings)))


class Jury(models.Model):
    """People who mark the same dossiers, each alone, then compare."""

    class State(models.TextChoices):
        """Where it stands; marks are read from ``revealed`` on."""

        COMPOSED = "composed", "En composition"
        OPEN = "open", "Notes scellées"
        REVEALED = "revealed", "Notes révélées"
        CLOSED = "closed", "Clos"

    name = models.CharField("nom", max_length=160)
    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="juries")
    call = models.ForeignKey(
        Call, verbose_name="appel", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    procedure_key = models.SlugField("procédure", max_length=60)
    opens_at = models.DateTimeField("ouvre le")
    closes_at = models.DateTimeField("se ferme le")
    envelope = models.ForeignKey(
        Envelope, verbose_name="enveloppe", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.COMPOSED)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="présidence",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    grid = models.ForeignKey(
        GridVersion, verbose_name="grille", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField("créé le")
    revealed_at = models.DateTimeField("révélé le", null=True, blank=True)
    reveal_reason = models.CharField("révélé avant la dernière note parce que", max_length=600, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)

    objects = JuryQuerySet.as_manager()

    class Meta:
        """The last one first."""

        verbose_name = "jury"
        verbose_name_plural = "jurys"
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="jury_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    @property
    def is_sealed(self) -> bool:
        """Tell whether nobody reads anybody else's marks yet."""
        return self.state in (self.State.COMPOSED, self.State.OPEN)

    @property
    def subject(self) -> str:
        """Return of which call, or of which procedure, it judges the dossiers."""
        if self.call_id:
            return self.call.title
        known = LATEST.get(self.procedure_key)
        return known.title if known else self.procedure_key

    def receives_marks(self, at: datetime) -> bool:
        """Tell whether a member may mark at a moment."""
        return self.state == self.State.OPEN and self.opens_at <= at <= self.closes_at


class Juror(models.Model):
    """Somebody of a jury; ``left_at``: their marks count no more."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="jurors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jury_seats")
    since = models.DateTimeField("depuis le")
    left_at = models.DateTimeField("parti le", null=True, blank=True)

    class Meta:
        """A person once a jury."""

        verbose_name = "membre d'un jury"
        verbose_name_plural = "membres des jurys"
        ordering = ["jury", "since", "pk"]
        constraints = [models.UniqueConstraint(fields=["jury", "user"], name="one_seat_per_person_and_jury")]

    def __str__(self) -> str:
        """Name the person."""
        return str(self.user)


class Candidate(models.Model):
    """A dossier before a jury, and what the jury said of it once the marks were read."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="candidates")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="candidacies")
    deliberation = models.TextField("ce que le jury a dit", blank=True)
    final_mark = models.DecimalField("note retenue, sur 100", max_digits=5, decimal_places=2, null=True, blank=True)
    final_reason = models.TextField("pourquoi elle diffère de la moyenne", blank=True)
    deliberated_at = models.DateTimeField("délibéré le", null=True, blank=True)

    class Meta:
        """A dossier once a jury."""

        verbose_name = "dossier devant un jury"
        verbose_name_plural = "dossiers devant un jury"
        ordering = ["jury", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jury", "dossier"], name="one_candidacy_per_dossier_and_jury"),
            models.CheckConstraint(
                condition=Q(final_mark=None) | Q(final_mark__gte=0, final_mark__lte=100), name="final_mark_on_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        """Name the dossier."""
        return str(self.dossier)


class Interest(models.Model):
    """What somebody of a jury declared before marking a dossier: a link with it, or none. Why is kept elsewhere."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="interests")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="interests")
    conflict = models.BooleanField("lien d'intérêt")
    declared_at = models.DateTimeField("déclaré le")

    class Meta:
        """Once a person and dossier."""

        verbose_name = "déclaration d'intérêts"
        verbose_name_plural = "déclarations d'intérêts"
        ordering = ["candidate", "declared_at"]
        constraints = [models.UniqueConstraint(fields=["candidate", "juror"], name="one_declaration_per_juror")]

    def __str__(self) -> str:
        """Say what was declared."""
        return "Lien d'intérêt" if self.conflict else "Aucun lien"


class JudgementQuerySet(models.QuerySet):
    """The vocabulary of judgements: every page goes through ``readable_by``."""

    def counted(self):
        """Keep those that count: neither somebody who stepped back, nor somebody who left the jury."""
        return self.filter(counts=True)

    def revealed(self):
        """Keep those of juries whose marks are read: what a ranking is made from."""
        return self.filter(jury__state__in=[Jury.State.REVEALED, Jury.State.CLOSED])

    def of_jury(self, jury: Jury):
        """Keep those given in a jury."""
        return self.filter(jury=jury)

    def alone(self):
        """Keep those that somebody who instructs gave apart from any jury."""
        return self.filter(jury=None)

    def readable_by(self, holdings: Holdings):
        """Keep what a person may read, on dossiers that are open to them.

        One's own, always. Those of a jury, once revealed: for its members and for the body that instructs. Those given
        apart from any jury: for the body that instructs. An applicant reads none.
        """
        if holdings.user is None:
            return self.none()
        of_staff = Dossier.objects.visible_to(holdings, STAFF).values("pk")
        as_juror = Dossier.objects.visible_to(holdings, frozenset({Party.JUROR})).values("pk")
        seats = Juror.objects.filter(user_id=holdings.user, left_at=None).values("jury_id")
        revealed = Q(jury__state__in=[Jury.State.REVEALED, Jury.State.CLOSED])
        own = Q(user_id=holdings.user)
        return self.filter(
            (Q(dossier__in=of_staff) & (own | revealed | Q(jury=None)))
            | (Q(dossier__in=as_juror, jury__in=seats) & (own | revealed))
        )


class Judgement(models.Model):
    """A grid filled by somebody for a dossier. ``total``: on a hundred, by the grid's weights."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="judgements")
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="judgements", null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="judgements", null=True, blank=True
    )
    grid = models.ForeignKey(GridVersion, on_delete=models.PROTECT, related_name="judgements")
    marks = models.JSONField("notes", default=dict)
    words = models.JSONField("motifs", default=dict)
    overall = models.TextField("avis d'ensemble", blank=True)
    total = models.DecimalField("total sur 100", max_digits=5, decimal_places=2)
    given_at = models.DateTimeField("donné le")
    counts = models.BooleanField("compte", default=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        """A person once a dossier and jury."""

        verbose_name = "grille remplie"
        verbose_name_plural = "grilles remplies"
        ordering = ["dossier", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "user"], condition=Q(jury=None), name="one_grid_per_person_and_dossier"
            ),
            models.UniqueConstraint(
                fields=["jury", "dossier", "user"], condition=~Q(jury=None), name="one_mark_per_juror_and_dossier"
            ),
        ]

    def __str__(self) -> str:
        """Say of what; never the mark."""
        return f"Grille du dossier {self.dossier}"
