"""The clocks of the places where calls are made: a date given with an hour is one of that place. Pure."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONES = {
    "Europe/Paris": "heure de Paris",
    "America/Guadeloupe": "heure de Guadeloupe",
    "America/Martinique": "heure de Martinique",
    "America/Cayenne": "heure de Guyane",
    "Indian/Reunion": "heure de La Réunion",
    "Indian/Mayotte": "heure de Mayotte",
}
"""The places of the 18 agencies, by IANA name, as a date is followed by them."""


def local(at: date | datetime, zone: str) -> tuple[date, time | None]:
    """Return the day, and the hour where a moment and not a day is asked about, on the clocks of a zone."""
    if not isinstance(at, datetime):
        return at, None
    there = at.astimezone(ZoneInfo(zone))
    return there.date(), there.time()
