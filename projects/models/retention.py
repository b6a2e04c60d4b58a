"""What the nights did: one row a night in which the calendar of erasures was gone through."""

from django.db import models


class RetentionRun(models.Model):
    """A night: it is gone through once, in several turns of the clock if need be."""

    day = models.DateField("nuit du", unique=True)
    started_at = models.DateTimeField("commencée le")
    finished_at = models.DateTimeField("finie le", null=True, blank=True)
    warned = models.PositiveIntegerField("prévenus", default=0)
    erased = models.PositiveIntegerField("effacés", default=0)
    failed = models.PositiveIntegerField("en échec", default=0)

    class Meta:
        """The last one first."""

        verbose_name = "passage des effacements"
        verbose_name_plural = "passages des effacements"
        ordering = ["-day"]

    def __str__(self) -> str:
        """Say which night."""
        return f"{self.day:%d/%m/%Y}"
