"""Outgoing mail as rows: written with its cause, claimed, sent, marked.

States are changed by ``apist/outbox.py`` alone. A row says nothing of anybody once it
is settled: the texts, which may hold links that give access, and the address are
erased then; a keyed digest of the address remains, to count what came back.
"""

from django.db import models


class OutgoingMail(models.Model):
    """A mail to one address, and what became of it."""

    class State(models.TextChoices):
        """Where it stands; the last four are settled."""

        WAITING = "waiting", "En attente"
        CLAIMED = "claimed", "En cours d'envoi"
        SENT = "sent", "Remis au serveur d'envoi"
        RETURNED = "returned", "Revenu"
        GIVEN_UP = "given-up", "Abandonné"
        WITHHELD = "withheld", "Retenu : adresse suspendue"

    class Bounce(models.TextChoices):
        """What came back."""

        PERMANENT = "permanent", "L'adresse ne reçoit pas"
        TRANSIENT = "transient", "Empêchement passager"

    cause = models.CharField("cause", max_length=200, unique=True)
    topic = models.CharField("sujet de rattachement", max_length=80, blank=True, db_index=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    recipient = models.CharField("empreinte de l'adresse", max_length=64, db_index=True)
    to = models.CharField("à", max_length=254, blank=True)
    subject = models.CharField("objet", max_length=300, blank=True)
    text = models.TextField("texte", blank=True)
    html = models.TextField("texte mis en forme", blank=True)
    headers = models.JSONField("en-têtes", default=dict, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    claim = models.UUIDField("prise", null=True, blank=True)
    claimed_at = models.DateTimeField("prise le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    not_before = models.DateTimeField("pas avant")
    last_error = models.CharField("dernière erreur", max_length=500, blank=True)
    bounce = models.CharField("retour", max_length=10, choices=Bounce, blank=True)
    written_at = models.DateTimeField("écrit le", db_index=True)
    settled_at = models.DateTimeField("réglé le", null=True, blank=True, db_index=True)

    class Meta:
        """The last written first."""

        verbose_name = "courriel envoyé"
        verbose_name_plural = "courriels envoyés"
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="outgoing_mail_due")]

    def __str__(self) -> str:
        """Name the mail by its cause."""
        return self.cause


class CacheEntry(models.Model):
    """What is kept for a few minutes where every process sees it: attempts counted, one-time codes struck off.

    Read and written by Django's own cache (``CACHES``); the table is a model so that
    migrations make it, and so that the clock can forget what is over.
    """

    cache_key = models.CharField("clé", max_length=255, primary_key=True)
    value = models.TextField("valeur")
    expires = models.DateTimeField("jusqu'à", db_index=True)

    class Meta:
        """French names."""

        verbose_name = "entrée du cache"
        verbose_name_plural = "entrées du cache"

    def __str__(self) -> str:
        """Name the entry."""
        return self.cache_key


class SuspendedAddress(models.Model):
    """An address that does not receive, by its digest: nothing is sent there for a time."""

    recipient = models.CharField("empreinte de l'adresse", max_length=64, unique=True)
    reason = models.CharField("raison", max_length=500)
    since = models.DateTimeField("depuis")

    class Meta:
        """The last one first."""

        verbose_name = "adresse suspendue"
        verbose_name_plural = "adresses suspendues"
        ordering = ["-since"]

    def __str__(self) -> str:
        """Name it by the start of its digest: the address itself is not kept."""
        return self.recipient[:12]
