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


def in_words(moment: datetime, zone: str, *, place: bool = True) -> str:
    """Return « 28 novembre 2026 à 6 h 04 (heure de Guadeloupe) »."""
    there = moment.astimezone(ZoneInfo(zone))
    where = f" ({ZONES.get(zone, zone)})" if place else ""
    hour = hour_in_words(there.time().replace(second=0, microsecond=0))
    return f"{day_in_words(there.date())} à {hour}{where}"


def in_both(moment: datetime, zone: str) -> str:
    """Return a moment on the clocks of its place, and on those of Paris where they differ."""
    if zone == FRANCE:
        return in_words(moment, zone)
    return f"{in_words(moment, zone)}, soit le {in_words(moment, FRANCE)}"


def until_in_words(end: datetime, zone: str) -> str:
    """Return the end of a window, excluded, as people say it: « 30 novembre 2026 inclus » for a whole last day."""
    there = end.astimezone(ZoneInfo(zone))
    if there.time() == time.min:
        return f"{day_in_words(there.date() - timedelta(days=1))} inclus ({ZONES.get(zone, zone)})"
    return in_words(end, zone)
