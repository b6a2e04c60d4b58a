"""Whether a PDF or an image is whole, and nothing else than itself. Pure: bytes in, ``Refused`` out."""

import re
import struct
import zlib

from projects.files.kinds import Refused

MAX_PIXELS = 100_000_000
"""Larger than a page scanned at 600 dots an inch; beyond, an image is a weight to open."""

MAX_SEGMENTS = 20_000
MAX_IMAGES = 20
"""Far above what cameras write: what is beyond was made to keep the server busy."""

_MARKUP = re.compile(
    rb"<\s{0,20}(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|\?php|%@)[\s/>:]|<\?php", re.IGNORECASE
)
_ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_BLANK = b"\0\t\n\f\r "
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def has_markup(data: bytes) -> bool:
    """Tell whether this holds the beginning of a page or of a script that a browser could run."""
    return _MARKUP.search(data) is not None


def archive_at_end(data: bytes) -> bool:
    """Tell whether a program that opens archives would find one at the end of these bytes.

    The end record of a ZIP may be followed by a comment; it counts if it points back at a central directory,
    so that the four letters alone, by chance in an image, do not (APPNOTE 4.3.16).
    """
    start = max(0, len(data) - 65_557)
    at = data.rfind(b"PK\x05\x06", start)
    while at >= 0:
        if at + 22 <= len(data):
            size = struct.unpack_from("<I", data, at + 12)[0]
            if 0 < size <= at and data.startswith(b"PK\x01\x02", at - size):
                return True
        at = data.rfind(b"PK\x05\x06", start, at)
    return False


def check_pdf(data: bytes) -> None:
    """Refuse a PDF that is cut, that hides something else around it, or that a password or restrictions lock."""
    end = data.rfind(b"%%EOF")
    if not re.match(rb"%PDF-[12]\.\d", data) or end < 0 or b"startxref" not in data[-2048:]:
        raise Refused(
            "damaged",
            "Ce PDF est abîmé ou incomplet. Ouvrez-le pour vérifier, enregistrez-le à nouveau, puis envoyez-le.",
        )
    if data[end + 5 :].strip(_BLANK) or archive_at_end(data) or has_markup(data[:1024]):
        raise Refused(
            "polyglot",
            "Ce PDF contient aussi des données d'une autre nature. Ouvrez-le, enregistrez-le à nouveau "
            "(« Imprimer » puis « Enregistrer au format PDF »), puis envoyez la copie.",
        )
    if _ENCRYPT.search(data):
        raise Refused(
            "encrypted",
            "Ce PDF est protégé (mot de passe ou restrictions) : il ne pourrait être ni contrôlé, ni relu par tous. "
            "Enregistrez-en une copie sans protection (« Imprimer » puis « Enregistrer au format PDF »).",
        )


def check_png(data: bytes) -> None:
    """Refuse a PNG whose chunks do not follow one another up to the end, or that is too large once opened."""
    at, seen = 8, []
    while at + 12 <= len(data) and (not seen or seen[-1] != b"IEND") and len(seen) < MAX_SEGMENTS:
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        crc = data[at + 8 + length : at + 12 + length]
        if len(body) != length or crc != struct.pack(">I", zlib.crc32(kind + body)):
            raise _damaged_image()
        if not seen:
            if kind != b"IHDR" or length != 13:
                raise _damaged_image()
            _check_pixels(*struct.unpack_from(">II", body))
        seen.append(kind)
        at += 12 + length
    if not seen or seen[-1] != b"IEND" or b"IDAT" not in seen:
        raise _damaged_image()
    if data[at:].strip(_BLANK) or archive_at_end(data) or has_markup(data[:1024]):
        raise _double_image()


def check_jpeg(data: bytes) -> None:
    """Refuse a JPEG that does not end, or that something else follows.

    Telephones add further images after the first (previews, depth) and Samsung's a trailer that ends with
    ``SEFT``: both are let through, provided that no archive, document, program or page is in them.
    """
    at, images = _end_of_jpeg(data, 0), 1
    while data.startswith(b"\xff\xd8", at) and images < MAX_IMAGES:
        at, images = _end_of_jpeg(data, at), images + 1
    rest = data[at:].strip(_BLANK)
    foreign = any(mark in rest for mark in (b"PK\x03\x04", b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"\x7fELF"))
    if (rest and not rest.endswith(b"SEFT")) or foreign or archive_at_end(data):
        raise _double_image()
    if has_markup(data[:1024]) or has_markup(rest):
        raise _double_image()


def _end_of_jpeg(data: bytes, start: int) -> int:
    """Return where the JPEG that begins here ends; its segments are jumped over, its pixels walked through."""
    at, sized = start + 2, False
    for _ in range(MAX_SEGMENTS):
        if not data.startswith(b"\xff", at) or at + 2 > len(data):
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9 and sized:
            return at + 2
        length = struct.unpack_from(">H", data, at + 2)[0] if at + 4 <= len(data) else 0
        if length < 2:
            break
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
            _check_pixels(width, max(height, 1))
            sized = True
        at += 2 + length
        if marker == 0xDA:
            found = _MARKER.search(data, at)
            at = found.end() - 2 if found else len(data)
    raise _damaged_image()


def _check_pixels(width: int, height: int) -> None:
    """Refuse an image that would weigh too much once opened, or that has no size."""
    if not width or not height:
        raise _damaged_image()
    if width * height > MAX_PIXELS:
        raise Refused(
            "pixels",
            "Cette image est trop grande (plus de 100 millions de points). Réduisez-la, puis envoyez-la.",
        )


def _damaged_image() -> Refused:
    return Refused(
        "damaged",
        "Cette image est abîmée ou incomplète. Ouvrez-la pour vérifier, enregistrez-la à nouveau, puis envoyez-la.",
    )


def _double_image() -> Refused:
    return Refused(
        "polyglot",
        "Cette image contient aussi des données d'une autre nature. "
        "Ouvrez-la, enregistrez-la à nouveau, puis envoyez la copie.",
    )
