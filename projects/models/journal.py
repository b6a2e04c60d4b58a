"""The journal of a dossier: what was done, by whom, when; appended to, never changed.

An entry holds pseudonyms and digests. What people wrote is beside it (:class:`JournalText`) and can be erased: the
salt goes with the text, so that the digest that remains says nothing. Each entry holds the hash of the one before.
"""

from django.db import models

from projects.models.dossier import Dossier


class JournalEntry(models.Model):
    """An act on a dossier."""

    class Kind(models.TextChoices):
        """What sort of act; ``move`` alone changes the stage."""

        MOVE = "move", "Étape"
        REFUSED = "refused", "Tentative refusée"
        SECTION = "section", "Rédaction"
        ATTACHED = "attached", "Pièce jointe"
        DETACHED = "detached", "Pièce retirée"
        SCANNED = "scanned", "Pièce analysée"
        DOWNLOADED = "downloaded", "Pièce ouverte"
        MESSAGE = "message", "Message"
        SHARED = "shared", "Partage"
        TRANSFERRED = "transferred", "Transmission"
        OUTSIDE = "outside", "Dépôt ailleurs"
        RECUSED = "recused", "Déport"
        HELD = "held", "Conservation"
        PURGED = "purged", "Effacement"
        MAINTENANCE = "maintenance", "Maintenance"
        ASSIGNED = "assigned", "Affectation"
        ASSOCIATED = "associated", "Association"
        CONSULTED = "consulted", "Demande d'avis"
        OPINED = "opined", "Avis"
        MARKED = "marked", "Note de jury"
        COMMENTED = "commented", "Commentaire"
        LETTER = "letter", "Courrier ou décision"
        SCHEDULED = "scheduled", "Échéancier"
        INDICATED = "indicated", "Indicateur"
        CONSENTED = "consented", "Consentement"
        PUBLISHED = "published", "Publication"
        ARCHIVED = "archived", "Archive emportée"
        FILED = "filed", "Document de l'instruction"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="journal")
    seq = models.PositiveIntegerField("rang")
    kind = models.CharField("acte", max_length=12, choices=Kind)
    at = models.DateTimeField("le")
    actor = models.UUIDField("par", null=True, blank=True, help_text="Pseudonyme ; vide : le portail lui-même.")
    party = models.CharField("en tant que", max_length=12)
    move = models.SlugField("geste", max_length=60, blank=True)
    from_stage = models.SlugField("étape quittée", max_length=60, blank=True)
    to_stage = models.SlugField("étape atteinte", max_length=60, blank=True)
    stage_version = models.PositiveIntegerField("version du dossier", null=True, blank=True)
    clock = models.CharField("horloge", max_length=8, blank=True)
    data = models.JSONField("données", default=dict, help_text="Identifiants, empreintes, dates et montants.")
    request_key = models.UUIDField("demande", null=True, blank=True)
    previous_hash = models.CharField("empreinte précédente", max_length=64, blank=True)
    hash = models.CharField("empreinte", max_length=64)

    class Meta:
        """In order; a rank, a request and a version of the stage once a dossier."""

        verbose_name = "acte du journal"
        verbose_name_plural = "journal"
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="one_journal_entry_per_rank"),
            models.UniqueConstraint(fields=["dossier", "request_key"], name="one_journal_entry_per_request"),
            models.UniqueConstraint(fields=["dossier", "stage_version"], name="one_move_per_version"),
        ]

    def __str__(self) -> str:
        """Say which act."""
        return f"{self.seq}. {self.get_kind_display()}"


class JournalText(models.Model):
    """What somebody wrote with an act; erasable, since the entry holds its salted digest alone."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="texts")
    field = models.SlugField("champ", max_length=60)
    text = models.TextField("texte")
    salt = models.CharField(max_length=32)

    class Meta:
        """A text a field."""

        verbose_name = "texte d'un acte"
        verbose_name_plural = "textes des actes"
        ordering = ["entry", "field"]
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="one_text_per_field")]

    def __str__(self) -> str:
        """Name the field."""
        return self.field


class Maintenance(models.Model):
    """The one guarded door past the triggers: open within a transaction only, and closed in it.

    While a row is open, in the transaction that opened it, the triggers let changes through. ``reason`` and the
    moment remain.
    """

    reason = models.CharField("motif", max_length=300)
    opened_at = models.DateTimeField("ouverte le")
    is_open = models.BooleanField(default=True)

    class Meta:
        """The last one first."""

        verbose_name = "opération de maintenance"
        verbose_name_plural = "opérations de maintenance"
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        """Say why."""
        return self.reason
