"""A moment as the person of a place reads it: on the clocks of the call's place, else of the agency's region. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from levers.calls.sentences import day_in_words, hour_in_words
from levers.clocks import ZONES

FRANCE = "Europe/Paris"

REGION_ZONES = {
    "01": "America/Guadeloupe",
    "02": "America/Martinique",
    "03": "America/Cayenne",
    "04": "Indian/Reunion",
    "06": "Indian/Mayotte",
}
"""Regions, by INSEE code, whose clocks are not those of Paris."""


def zone_of(call_zone: str, region_code: str) -> str:
    """Return on which clocks a dossier's moments are read: those that its call names, else those of its region."""
    return call_zone or REGION_ZONES.get(region_code, FRANCE)


def zone_for(dossier) -> str:
    """Return on which clocks the moments of a dossier are read; its call and its region are read along."""
    return zone_of(dossier.call.time_zone if dossier.call_id else "", dossier.region.code if dossier.region_id else "")


def zone_of_project(project) -> str:
    """Return on which clocks the moments of a project are read: those of its organisation's region."""
    region = project.organisation.region if project.organisation_id else None
    return zone_of("", region.code if region else "")


def there(moment: datetime, zone: str) -> datetime:
    """Return a moment on the clocks of a place."""
    return moment.astimezone(ZoneInfo(zone))


def in_words(moment: datetime, zone: str, *, place: bool = True) -> str:
    """Return « 28 novembre 2026 à 6 h 04 (heure de Guadeloupe) »."""
    local = there(moment, zone)
    where = f" ({ZONES.get(zone, zone)})" if place else ""
    hour = hour_in_words(local.time().replace(second=0, microsecond=0))
    return f"{day_in_words(local.date())} à {hour}{where}"


def in_both(moment: datetime, zone: str) -> str:
    """Return a moment on the clocks of its place, and on those of Paris where they differ."""
    if zone == FRANCE:
        return in_words(moment, zone)
    return f"{in_words(moment, zone)}, soit le {in_words(moment, FRANCE)}"


def until_in_words(end: datetime, zone: str) -> str:
    """Return the end of a window, excluded, as people say it: « 30 novembre 2026 inclus » for a whole last day."""
    local = there(end, zone)
    if local.time() == time.min:
        return f"{day_in_words(local.date() - timedelta(days=1))} inclus ({ZONES.get(zone, zone)})"
    return in_words(end, zone)
