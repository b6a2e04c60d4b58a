"""A moment on the clocks of its place, for templates."""

from datetime import datetime, timedelta

from django import template

from projects.depositing.moments import in_words

register = template.Library()


@register.filter
def moment(at: datetime | None, zone: str) -> str:
    """Return « 28 novembre 2026 à 6 h 04 (heure de Guadeloupe) »; empty for none."""
    return in_words(at, zone) if at else ""


@register.filter
def last_moment(end: datetime | None) -> datetime | None:
    """Return the last moment before an end: a day that must be over ends at the midnight that follows, not on it."""
    return end - timedelta(microseconds=1) if end else None
