"""Whether an archive is an office document, which one, and whether it holds macros or programs."""

import re
import struct
from xml.etree import ElementTree

from projects.files.archives import MAX_DEPTH, Archive, damaged, encrypted
from projects.files.kinds import MAIN_PARTS, ODF_TYPES, PROGRAMS, Kind, Refused

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MACRO_PART = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.+|intlmacrosheets/.+|activex/.+)$", re.I)
_ODF_MACRO = re.compile(r"^(Basic/(?!.*(script|dialog)-l[bc]\.xml$).+|Scripts/.+)$", re.I)
_PACKED = b"PK\x03\x04"
_LARGEST_INSIDE = 25_000_000


def office_kind(archive: Archive, depth: int = 0) -> Kind | None:
    """Return which office document this archive is, or ``None`` if it is none; refuse what it must not hold.

    Everything in it is unpacked once, so that a damaged document is refused when it is sent and not when an
    officer opens it. A document inside a document is looked at in the same way.
    """
    names = archive.names
    if "[Content_Types].xml" in names:
        kind = _ooxml_kind(archive)
    elif "mimetype" in names:
        kind = _odf_kind(archive)
    else:
        return None
    for info, head in archive.heads():
        if is_program(head):
            raise Refused(
                "executable",
                "Ce document contient un programme. Retirez-le, ou enregistrez le document au format PDF.",
            )
        if head.startswith(_PACKED):
            _check_inside(archive.read(info, keep=_LARGEST_INSIDE), archive, depth)
    return kind


def is_program(head: bytes) -> bool:
    """Tell whether what begins so is a program; two letters are not enough, they meet by chance."""
    if head.startswith(b"MZ"):
        return len(head) >= 64 and 4 <= struct.unpack_from("<I", head, 0x3C)[0] < 0x10000
    if head.startswith(b"#!"):
        return re.match(rb"#!\s*/", head) is not None
    return head.startswith(PROGRAMS)


def _check_inside(data: bytes, archive: Archive, depth: int) -> None:
    """Refuse an archive inside a document, unless it is itself a document and not too deep."""
    inside = Archive(data, archive.budget) if depth < MAX_DEPTH else None
    if inside is None or office_kind(inside, depth + 1) is None:
        raise Refused(
            "archive",
            "Ce document contient une archive. Retirez-la, ou enregistrez le document au format PDF.",
        )


def _ooxml_kind(archive: Archive) -> Kind:
    """Return the kind that the list of types says, if the part that it names is there."""
    types = _content_types(archive.text("[Content_Types].xml"))
    if any(_MACRO_PART.search(name) for name in archive.names) or any("macroenabled" in t.lower() for t in types):
        raise _macros()
    present = set(archive.names)
    for content_type, part in types.items():
        if content_type in MAIN_PARTS and (part.lstrip("/") in present or part.startswith("*.")):
            return MAIN_PARTS[content_type]
    raise Refused(
        "format",
        "Ce document Office n'est ni un document Word, ni un classeur Excel, ni une présentation PowerPoint "
        "(c'est peut-être un modèle). Enregistrez-le au format .docx, .xlsx, .pptx ou PDF.",
    )


def _content_types(text: bytes) -> dict[str, str]:
    """Return each content type with the part that has it, or with ``*.extension`` where a type is by default."""
    if b"<!" in text or b"<\0!" in text or b"\0<\0!" in text:
        raise damaged()  # no Office program declares a DTD, entities or comments there
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise damaged() from error
    found = {}
    for node in root:
        content_type = node.get("ContentType", "")
        if node.tag == f"{_TYPES}Default":
            found.setdefault(content_type, f"*.{node.get('Extension', '')}")
        elif node.tag == f"{_TYPES}Override":
            found[content_type] = node.get("PartName", "")
    return found


def _odf_kind(archive: Archive) -> Kind:
    """Return the kind that the entry ``mimetype`` says: the first of the archive, and not packed."""
    first = archive.infos[0]
    said = archive.text("mimetype").decode("ascii", errors="replace")
    if first.filename != "mimetype" or first.compress_type or "content.xml" not in archive.names:
        raise damaged()
    if said not in ODF_TYPES:
        raise Refused(
            "format",
            "Ce document n'est ni un texte, ni un classeur, ni une présentation OpenDocument "
            "(c'est peut-être un modèle). Enregistrez-le au format .odt, .ods, .odp ou PDF.",
        )
    if b"encryption-data" in archive.text("META-INF/manifest.xml"):
        raise encrypted()
    if any(_ODF_MACRO.match(name) for name in archive.names):
        raise _macros()
    return ODF_TYPES[said]


def _macros() -> Refused:
    return Refused(
        "macros",
        "Ce document contient des macros, c'est-à-dire de petits programmes. "
        "Enregistrez-le sans macros (.docx, .xlsx, .pptx) ou au format PDF.",
    )
