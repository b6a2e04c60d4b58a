"""Decisions: the draft that may change, what was signed and never changes, and its notification, once."""

from django.db import models

from actors.models import Body
from projects.letters.choosing import DECISION, DOCUMENTS, KEYS, SORTS, UNSIGNED
from projects.models.dossier import Dossier
from projects.models.journal import JournalEntry


class DecisionDraft(models.Model):
    """The words of a document that is being prepared; taken by the signature, which freezes them.

    ``sort``: a decision, or the document that a move names (``letters/choosing.py``): the words of an agreement are
    never those of a decision.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="drafts")
    sort = models.CharField("sorte", max_length=20, choices=list(SORTS.items()), default=DECISION)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("texte", max_length=20_000)
    written_at = models.DateTimeField("écrit le")
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        """One a dossier and sort."""

        verbose_name = "projet de décision"
        verbose_name_plural = "projets de décision"
        constraints = [models.UniqueConstraint(fields=["dossier", "sort"], name="one_draft_per_dossier_and_sort")]

    def __str__(self) -> str:
        """Give its subject."""
        return self.subject


class DecisionCounter(models.Model):
    """The last number that an administration gave in a year: locked while the next one is taken."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("année")
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        """One an administration and year."""

        verbose_name = "compteur de décisions"
        verbose_name_plural = "compteurs de décisions"
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="one_counter_per_body_and_year")]

    def __str__(self) -> str:
        """Say of whom and when."""
        return f"{self.body} {self.year}"


class DecisionQuerySet(models.QuerySet):
    """The vocabulary of decisions."""

    def notified(self):
        """Keep those that the applicant was told: the only ones that their side may read."""
        return self.exclude(notice=None)

    def decided(self):
        """Keep what decides something: neither an agreement, which two sides sign, nor what nobody signs."""
        return self.exclude(key__in=DOCUMENTS)

    def signed(self):
        """Keep what somebody signed: what an officer sends decides nothing."""
        return self.exclude(key__in=UNSIGNED)


class Decision(models.Model):
    """A document that was signed or sent: its number and its frozen words. The database refuses that a row changes.

    A decision, an agreement, an amendment take a rank of the year; an acknowledgement, which nobody signs, does not.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="decision")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveIntegerField("rang dans l'année", null=True, blank=True)
    number = models.CharField("numéro", max_length=60, unique=True)
    key = models.CharField("nature", max_length=20, choices=list(KEYS.items()))
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True, verbose_name="rectifie"
    )
    content = models.JSONField("contenu figé", default=dict)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    signed_at = models.DateTimeField("signée le")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        """In the order of signature; a rank once an administration and year."""

        verbose_name = "décision"
        ordering = ["dossier", "signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "rank"], name="one_decision_per_rank"),
        ]

    def __str__(self) -> str:
        """Give its number."""
        return self.number


class DecisionNotice(models.Model):
    """That a decision was notified, and by which act: a row, so that it is once."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="decision_notice")

    class Meta:
        """One a decision."""

        verbose_name = "notification d'une décision"
        verbose_name_plural = "notifications de décisions"

    def __str__(self) -> str:
        """Give the number of the decision."""
        return str(self.decision)
