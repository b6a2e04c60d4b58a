"""The documents that those who instruct join to a dossier. No list of the applicant's files ever finds them."""

from django.db import models
from django.db.models import Q

from projects.models.dossier import Dossier
from projects.models.files import KeptFile, KeptFileQuerySet
from projects.models.journal import JournalEntry
from projects.models.opinion import OpinionRequest


class PaperQuerySet(KeptFileQuerySet):
    """The vocabulary of documents of the instruction."""

    def free(self):
        """Keep those that were joined to the dossier by themselves, neither with an opinion nor with a move."""
        return self.filter(request=None, entry=None)

    def for_the_applicant(self):
        """Keep those that the applicant reads: shown when they were joined; of an opinion, never a confidential one."""
        of_opinions = Q(request=None) | Q(request__confidential=False, request__answered_at__isnull=False)
        return self.present().filter(of_opinions, shown=True)


class Paper(KeptFile):
    """A document joined to the instruction: with an opinion, with a move that records something, or by itself.

    ``request``: the opinion that it goes with; ``entry``: the act of the move; neither: an internal document.
    ``shown``: the applicant reads it too, which is said once, when it is joined.
    """

    class Sort(models.TextChoices):
        """What an internal document is."""

        LETTER = "letter", "Courrier reçu"
        MINUTES = "minutes", "Compte rendu de réunion ou de visite"
        ANALYSIS = "analysis", "Analyse ou rapport"
        OTHER = "other", "Autre document"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    request = models.ForeignKey(OpinionRequest, on_delete=models.PROTECT, related_name="papers", null=True, blank=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="papers", null=True, blank=True)
    sort = models.CharField("nature", max_length=8, choices=Sort, default=Sort.OTHER)
    words = models.CharField("de quoi il s'agit", max_length=300, blank=True)
    shown = models.BooleanField("montré au porteur", default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        """In the order in which they came; one goes with an opinion or with a move, not with both."""

        verbose_name = "document de l'instruction"
        verbose_name_plural = "documents de l'instruction"
        ordering = ["dossier", "added_at", "pk"]
        indexes = [models.Index(fields=["added_at"], name="paper_to_scan", condition=Q(scan="waiting"))]
        constraints = [
            models.CheckConstraint(condition=Q(request=None) | Q(entry=None), name="paper_goes_with_one_thing")
        ]
