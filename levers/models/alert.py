"""Alerts by mail: what somebody asked to be told, what they were told. ``levers/alerts/`` alone changes them."""

from django.db import models


class Alert(models.Model):
    """A search of calls that somebody follows. Stopping deletes the row, and the address with it."""

    class State(models.TextChoices):
        """Nothing is sent before the address has confirmed."""

        WAITING = "waiting", "À confirmer"
        ACTIVE = "active", "En cours"

    class Frequency(models.TextChoices):
        """How often it may write."""

        DAILY = "daily", "Chaque jour"
        WEEKLY = "weekly", "Chaque semaine, le lundi"

    email = models.EmailField("adresse électronique", max_length=254)
    query = models.CharField(
        "recherche suivie", max_length=2000, blank=True, help_text="Comme dans une adresse, dans un ordre fixe."
    )
    frequency = models.CharField("fréquence", max_length=6, choices=Frequency)
    state = models.CharField("état", max_length=7, choices=State, default=State.WAITING)
    key = models.CharField("clé", max_length=64, unique=True, help_text="Tirée au hasard ; les liens en sont signés.")
    created_at = models.DateTimeField("demandée le")
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    next_run_at = models.DateTimeField("prochain passage", null=True, blank=True)
    mails = models.PositiveIntegerField("courriels écrits", default=0)

    class Meta:
        """The last asked for first."""

        verbose_name = "alerte"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["email", "query"], name="one_alert_per_address_and_search")]
        indexes = [models.Index(fields=["state", "next_run_at"], name="alert_due")]

    def __str__(self) -> str:
        """Name the alert without naming anybody."""
        return f"Alerte {self.pk}"


class AlertMemory(models.Model):
    """What an alert was told of a call. No link to the call's row: its disappearance must be told too."""

    alert = models.ForeignKey(Alert, verbose_name="alerte", on_delete=models.CASCADE, related_name="memories")
    call_key = models.PositiveBigIntegerField("appel")
    told = models.JSONField("ce qui a été dit")
    closing_told = models.CharField("clôture annoncée", max_length=10, blank=True)

    class Meta:
        """One row for each call of each alert."""

        verbose_name = "mémoire d'alerte"
        verbose_name_plural = "mémoires d'alerte"
        ordering = ["alert", "call_key"]
        constraints = [models.UniqueConstraint(fields=["alert", "call_key"], name="one_memory_per_alert_and_call")]

    def __str__(self) -> str:
        """Name the pair."""
        return f"{self.alert_id} : {self.call_key}"
