"""A moment on the clocks of its place, for templates."""

from datetime import datetime

from django import template

from projects.depositing.moments import in_words

register = template.Library()


@register.filter
def moment(at: datetime | None, zone: str) -> str:
    """Return « 28 novembre 2026 à 6 h 04 (heure de Guadeloupe) »; empty for none."""
    return in_words(at, zone) if at else ""
