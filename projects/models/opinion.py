"""The opinions that an agency asks for on a dossier, and what whoever is asked declares before reading it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actors.models import Body
from projects.models.dossier import Dossier, Participation
from projects.procedures.vocabulary import PARTY_LABELS, Party
from projects.rights.holdings import Holdings
from projects.rights.table import APPLICANT_SIDE


class OpinionRequestQuerySet(models.QuerySet):
    """The vocabulary of requests for an opinion."""

    def open(self):
        """Keep those that still wait for an answer."""
        return self.filter(ended_at=None, answered_at=None)

    def given(self):
        """Keep those that were answered."""
        return self.exclude(answered_at=None)

    def for_the_applicant(self):
        """Keep the opinions that the applicant reads: given, and not confidential."""
        return self.given().filter(confidential=False)

    def addressed_to(self, holdings: Holdings):
        """Keep those put to a person, or to a body where they hold a post; none of a dossier of which they are an
        applicant, or from which they recused.

        One that was delegated to somebody by name is no longer the whole body's.
        """
        if holdings.user is None:
            return self.none()
        bodies = sorted(holdings.of("served_bodies"))
        asked = self.filter(Q(user=holdings.user) | Q(user=None, email="", body__in=bodies))
        return asked.exclude(dossier__recusals__user=holdings.user).exclude(
            dossier__in=Dossier.objects.visible_to(holdings, APPLICANT_SIDE)
        )

    def with_names(self):
        """Read along what a list shows of each."""
        return self.select_related("user", "body", "asked_by", "delegated_from", "dossier__project")


class OpinionRequest(models.Model):
    """A question put to somebody about a dossier, and their opinion once it is given.

    To a person with an account (``user``), to a body (``body``), or to an address without an account (``email``, and
    a link of which only the digest is kept). ``participation``: the access that this request gave, empty where it
    gave none; it goes with the request. ``after_decision``: asked on a dossier that was decided already.
    """

    class Expects(models.TextChoices):
        """What sort of answer the question calls for."""

        FREE = "free", "Un avis rédigé"
        YES_NO = "yes-no", "Oui ou non, et pourquoi"

    class Sense(models.TextChoices):
        """What an opinion comes to."""

        FAVOURABLE = "favourable", "Favorable"
        RESERVED = "reserved", "Favorable avec réserves"
        UNFAVOURABLE = "unfavourable", "Défavorable"
        NONE = "none", "Sans avis"

    class Ending(models.TextChoices):
        """Why it waits no more, other than by an answer."""

        WITHDRAWN = "withdrawn", "Retirée"
        DELEGATED = "delegated", "Confiée à quelqu'un d'autre"
        CONFLICT = "conflict", "Intérêt déclaré"
        DECIDED = "decided", "Décision prise sans attendre"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="opinion_requests")
    capacity = models.CharField("en tant que", max_length=12, choices=[(one.value, one.value) for one in Party])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    question = models.TextField("question")
    expects = models.CharField("réponse attendue", max_length=6, choices=Expects, default=Expects.FREE)
    confidential = models.BooleanField("confidentiel", default=False)
    with_secrets = models.BooleanField("avec ce qui est secret", default=False)
    due_on = models.DateField("attendu pour le")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    asked_at = models.DateTimeField("demandé le")
    after_decision = models.BooleanField("demandé après la décision", default=False)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    ending = models.CharField("parce que", max_length=9, choices=Ending, blank=True)
    delegated_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="delegations", null=True, blank=True
    )
    participation = models.ForeignKey(Participation, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    token_digest = models.CharField("empreinte du lien", max_length=64, blank=True)
    expires_at = models.DateTimeField("lien valable jusqu'au", null=True, blank=True)
    answered_at = models.DateTimeField("rendu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    sense = models.CharField("sens", max_length=12, choices=Sense, blank=True)
    says_yes = models.BooleanField("répond oui", null=True, blank=True)
    text = models.TextField("avis", blank=True)

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        """The last one first; a link leads to one request."""

        verbose_name = "demande d'avis"
        verbose_name_plural = "demandes d'avis"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], condition=~Q(token_digest=""), name="one_request_per_link")
        ]
        indexes = [
            models.Index(fields=["due_on"], name="opinion_waiting", condition=Q(ended_at=None, answered_at=None))
        ]

    def __str__(self) -> str:
        """Say to whom it was put."""
        return self.recipient

    @property
    def recipient(self) -> str:
        """Return to whom it was put, for those who instruct."""
        whom = str(self.user) if self.user else self.email or ("" if self.body else "Personne effacée")
        return f"{whom} ({self.body.name})" if whom and self.body else whom or self.body.name

    @property
    def from_whom(self) -> str:
        """Return from where an opinion comes, for the applicant: the body; of a person, never the name."""
        return self.body.name if self.body else PARTY_LABELS[Party.EXPERT]

    @property
    def by_link(self) -> bool:
        """Tell whether it is answered without an account."""
        return self.user_id is None and bool(self.email)


class InterestDeclaration(models.Model):
    """What somebody who is asked says of their interests, before they read; the words are beside the journal.

    Without ``user``: whoever holds the link of the request.
    """

    request = models.ForeignKey(OpinionRequest, on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True)
    has_interest = models.BooleanField("a un intérêt")
    at = models.DateTimeField("déclaré le")

    class Meta:
        """Once a person and request."""

        verbose_name = "déclaration d'intérêts"
        verbose_name_plural = "déclarations d'intérêts"
        ordering = ["request", "at"]
        constraints = [
            models.UniqueConstraint(fields=["request", "user"], name="one_declaration_per_person"),
            models.UniqueConstraint(fields=["request"], condition=Q(user=None), name="one_declaration_per_link"),
        ]

    def __str__(self) -> str:
        """Say what was declared."""
        return "Un intérêt" if self.has_interest else "Aucun intérêt"
