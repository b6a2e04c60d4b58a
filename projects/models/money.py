"""Money: what was asked, granted, committed and paid on a dossier, year by year, and the envelopes it comes from.

A line is written with the act that caused it and never changed: a mistake is righted by another act.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from actors.models import Body
from levers.models import Call, Lever
from projects.models.dossier import Dossier
from projects.models.journal import JournalEntry
from projects.procedures.vocabulary import MONEY_LABELS, MoneyKind


class MoneyLineQuerySet(models.QuerySet):
    """The vocabulary of money."""

    def of_kind(self, kind: MoneyKind):
        """Keep what was asked, or granted, committed, paid, recovered."""
        return self.filter(kind=kind)


class MoneyLine(models.Model):
    """An amount that an act on a dossier moved. ``year``: the budget year to which it counts."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="money")
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="money")
    kind = models.CharField("nature", max_length=10, choices=[(kind.value, MONEY_LABELS[kind]) for kind in MoneyKind])
    year = models.PositiveSmallIntegerField("année")
    amount = models.DecimalField("montant en euros", max_digits=14, decimal_places=2)
    on = models.DateField("daté du")

    objects = MoneyLineQuerySet.as_manager()

    class Meta:
        """In order; an act moves an amount once a kind and year."""

        verbose_name = "mouvement d'argent"
        verbose_name_plural = "mouvements d'argent"
        ordering = ["dossier", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "year"], name="one_amount_per_act_kind_and_year"),
        ]
        indexes = [models.Index(fields=["kind", "year", "dossier"], name="money_by_kind_and_year")]

    def __str__(self) -> str:
        """Say what and how much."""
        return f"{MONEY_LABELS[MoneyKind(self.kind)]} : {self.amount} €"


class EnvelopeQuerySet(models.QuerySet):
    """The vocabulary of envelopes."""

    def in_force(self, on: date):
        """Keep what was decided by a day and not yet replaced by then."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Envelope(models.Model):
    """What a body may commit in a budget year on a lever, or on one call; closed and followed when it changes."""

    body = models.ForeignKey(Body, verbose_name="administration", on_delete=models.PROTECT, related_name="envelopes")
    lever = models.ForeignKey(
        Lever, verbose_name="levier", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    call = models.ForeignKey(
        Call, verbose_name="appel", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField("année")
    amount = models.DecimalField("montant en euros", max_digits=14, decimal_places=2)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("au", null=True, blank=True, help_text="Dernier jour compris.")
    source = models.CharField("d'où vient ce montant", max_length=300)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        """By year, the newest first; of a lever or of a call."""

        verbose_name = "enveloppe"
        ordering = ["-year", "body", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(lever=None) ^ Q(call=None), name="envelope_of_a_lever_or_of_a_call"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="envelope_not_negative"),
        ]

    def __str__(self) -> str:
        """Say of what and when."""
        return f"{self.lever or self.call} {self.year}"
