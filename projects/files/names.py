"""What a sent file is called on pages and when it is downloaded again. Its name in the storage is drawn at random."""

import re
import unicodedata

MAX_CHARACTERS = 120
MAX_BYTES = 200
"""A name that any disk takes: 255 bytes is the usual limit, and an export adds a number before it."""

NAMELESS = "piece"

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(name: str) -> str:
    """Return the name under which a file is shown and downloaded: never empty, never misleading, never a path.

    Composed (NFC); without the folders before it; without controls, marks of direction and other invisible
    characters (category C), so that what is read is what the extension says; without what Windows refuses,
    including its reserved names; short enough for any disk, its extension kept. Saying it twice changes nothing.
    """
    text = unicodedata.normalize("NFC", name)
    text = re.split(r"[/\\]", text)[-1]
    kept = [c for c in text if not unicodedata.category(c).startswith("C") or c == "\t"]
    text = "".join(" " if unicodedata.category(c).startswith("Z") or c == "\t" else c for c in kept)
    text = _FORBIDDEN.sub("_", text)
    text = unicodedata.normalize("NFC", re.sub(" +", " ", text)).rstrip(" .")
    stem, extension = split(text)
    stem = stem.strip(" .")
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return _shorten(stem, extension)


def split(name: str) -> tuple[str, str]:
    """Return what comes before the extension, and the extension with its dot, or nothing.

    An extension is what follows the last dot, up to ten letters or digits: « Convention du 12. mars » has none.
    """
    found = re.fullmatch(r"(.*)(\.[A-Za-z0-9]{1,10})", name, flags=re.DOTALL)
    return (found[1], found[2]) if found else (name, "")


def _shorten(stem: str, extension: str) -> str:
    """Cut what comes before the extension, never in the middle of a character, and leave a name that stands."""
    room = MAX_BYTES - len(extension)
    cut = stem[: MAX_CHARACTERS - len(extension)].encode()[:room].decode(errors="ignore")
    return unicodedata.normalize("NFC", cut.rstrip(" .") or NAMELESS) + extension
