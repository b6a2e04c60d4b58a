"""Text as it arrives: what no database can hold is taken out, the rest is left as it was typed. Pure."""

import re
from datetime import date

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
FRENCH_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)


def clean_text(text: str) -> str:
    """Return a text without NUL and lone surrogates, its line ends all alike."""
    return UNSTORABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def date_as_kept(text: str) -> str:
    """Return « 01/09/2027 » as 2027-09-01; a text that is no existing day stays as it is."""
    found = FRENCH_DATE.fullmatch(text.strip())
    if not found:
        return text
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def date_as_shown(text: str) -> str:
    """Return 2027-09-01 as « 01/09/2027 »; what is no date stays as it is."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2027-09-01") else None
    except ValueError:
        return text
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else text
