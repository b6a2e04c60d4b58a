"""Whether a sent file is accepted, and what it is: told from its content, never from its name or its sender.

The name only has to agree with the content. What is refused is refused with what to do. Viruses are not looked
for here (``scanner``). docs/decisions/0013-attachments.md says what each refusal protects from, and what none does.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import BinaryIO

from projects.files.archives import Archive, Budget, encrypted
from projects.files.kinds import DOCUMENTS, MAGICS, OLD_OFFICE, TRAITS, Kind, Refused
from projects.files.names import safe_name, split
from projects.files.office import office_kind
from projects.files.structure import check_jpeg, check_pdf, check_png, has_markup

MAX_SIZE = 25_000_000
"""Bytes. A thesis scanned in grey weighs less; ClamAV and the server in front must let as much through."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_COMMANDS = re.compile(r"(?:^|[;,\t\"\n\r])[=+@-]\s*\w{1,40}\|[^\r\n]{0,200}!", re.MULTILINE)
"""How a cell asks a spreadsheet to start a program (DDE)."""

_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(\.DS_Store|__MACOSX/.*\._[^/]*)$")
_LEFT_MAGICS = (b"\0\0\0\x01Bud1", b"\0\x05\x16\x07")


@dataclass(frozen=True)
class Inspection:
    """What an accepted file is. ``sha256`` is of the bytes that were looked at: the deposit and the scan cite it."""

    kind: Kind
    content_type: str
    safe_name: str
    size: int
    sha256: str


def inspect(name: str, file: BinaryIO, allowed: frozenset[Kind] = DOCUMENTS) -> Inspection:
    """Return what this file is, or raise :class:`Refused` with a reason in French.

    ``file`` is read from its beginning, ``MAX_SIZE`` at most, and left at its beginning. ``name`` is what the
    browser said, however hostile. Any bytes end in one of the two: no other exception comes out, but those of
    the file itself.
    """
    file.seek(0)
    data = file.read(MAX_SIZE + 1)
    file.seek(0)
    return _inspect(name, data, allowed, Budget())


def accepted(allowed: frozenset[Kind]) -> str:
    """Return the accepted ends of names, for a help text or a refusal: « .pdf, .docx ou .odt »."""
    ends = [end for kind in Kind if kind in allowed for end in TRAITS[kind].extensions]
    return " ou ".join(filter(None, [", ".join(ends[:-1]), *ends[-1:]]))


def _inspect(name: str, data: bytes, allowed: frozenset[Kind], budget: Budget) -> Inspection:
    if not data:
        raise Refused("empty", "Ce fichier est vide. Vérifiez qu'il s'ouvre sur votre poste, puis envoyez-le.")
    if len(data) > MAX_SIZE:
        raise Refused(
            "size",
            f"Ce fichier pèse plus de {MAX_SIZE // 1_000_000} Mo. "
            "Réduisez-le (images plus petites, numérisation moins fine) ou envoyez-le en plusieurs parties.",
        )
    shown = safe_name(name)
    extension = split(shown)[1]
    kind, content_type = _recognise(data, extension.lower(), allowed, budget)
    if kind not in allowed:
        raise Refused("kind", f"C'est {TRAITS[kind].label}. {_say_accepted(allowed)}")
    if not extension:
        shown = safe_name(f"{shown}{TRAITS[kind].extensions[0]}")
    elif extension.lower() not in TRAITS[kind].extensions:
        raise Refused(
            "extension",
            f"Le contenu est {TRAITS[kind].label}, mais le nom finit par « {extension} ». "
            f"Si c'est le bon fichier, renommez-le pour qu'il finisse par « {TRAITS[kind].extensions[0]} ».",
        )
    return Inspection(kind, content_type, shown, len(data), hashlib.sha256(data).hexdigest())


def _recognise(data: bytes, extension: str, allowed: frozenset[Kind], budget: Budget) -> tuple[Kind, str]:
    """Return the kind and the content type of these bytes, once they are whole and nothing else than that."""
    if data.find(b"%PDF-", 1, 1029) > 0:
        raise Refused(
            "polyglot",
            "Ce fichier contient un PDF précédé d'autre chose. Ouvrez-le, enregistrez-le à nouveau "
            "(« Imprimer » puis « Enregistrer au format PDF »), puis envoyez la copie.",
        )
    if data.startswith(b"PK\x03\x04"):
        kind = _archive_kind(data, allowed, budget)
    elif data.startswith(b"%PDF-"):
        check_pdf(data)
        kind = Kind.PDF
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(data)
        kind = Kind.PNG
    elif data.startswith(b"\xff\xd8\xff"):
        check_jpeg(data)
        kind = Kind.JPEG
    else:
        kind = Kind.CSV if extension == ".csv" else Kind.TXT
        encoding = _check_text(data, kind, allowed)
        return kind, f"{TRAITS[kind].content_type}; charset={encoding}"
    return kind, TRAITS[kind].content_type


def _archive_kind(data: bytes, allowed: frozenset[Kind], budget: Budget) -> Kind:
    """Return which office document this is; or an archive, each of whose files is then inspected like any other."""
    archive = Archive(data, budget)
    kind = office_kind(archive)
    if kind or Kind.ZIP not in allowed:
        return kind or Kind.ZIP
    for info in archive.infos:
        inside = archive.read(info, keep=MAX_SIZE + 1)
        if _LEFT_BY_SYSTEMS.search(info.filename) and inside.startswith(_LEFT_MAGICS):
            continue
        try:
            _inspect(info.filename, inside, allowed - {Kind.ZIP}, budget)
        except Refused as refused:
            where = safe_name(info.filename)
            raise Refused(refused.code, f"Dans cette archive, le fichier « {where} » : {refused.reason}") from refused
    return Kind.ZIP


def _check_text(data: bytes, kind: Kind, allowed: frozenset[Kind]) -> str:
    """Return the encoding of a text that is only that; else refuse, and say what the file is."""
    encoding = _encoding(data)
    textual = (b"#!", b"{\\rtf", b"%!PS")
    for magic, code, said in MAGICS:
        if data.startswith(magic) and (encoding is None or magic in textual):
            raise Refused(code, said)
    if data.startswith(OLD_OFFICE):
        raise _old_office(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("format", "Ce texte est écrit en UTF-16. Enregistrez-le en UTF-8 (« CSV UTF-8 » dans Excel).")
    if encoding is None:
        raise Refused("format", f"Ce format n'est pas reconnu. {_say_accepted(allowed)}")
    if has_markup(data) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        if b"<svg" in data.lower():
            raise Refused("svg", "C'est un dessin SVG. Enregistrez-le au format PDF ou PNG, puis envoyez-le.")
        raise Refused("html", "C'est une page web ou du code (HTML, XML). Enregistrez-la au format PDF.")
    if kind == Kind.CSV and _COMMANDS.search(data.decode(encoding)):
        raise Refused("commands", "Une case de ce tableau appelle un programme. Retirez cette formule.")
    return encoding


def _encoding(data: bytes) -> str | None:
    """Return how a text is written, UTF-8 or Windows-1252, or ``None`` if these bytes are no text."""
    if _CONTROLS.search(data):
        return None
    for encoding in ("utf-8", "windows-1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _old_office(data: bytes) -> Refused:
    """Say which of the two: a document that a password locks, or one of a format without a future."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted()
    return Refused(
        "format",
        "C'est un document d'une ancienne version d'Office (.doc, .xls, .ppt) ou un message Outlook. "
        "Enregistrez-le au format .docx, .xlsx, .pptx ou PDF.",
    )


def _say_accepted(allowed: frozenset[Kind]) -> str:
    return f"Sont acceptés les fichiers {accepted(allowed)}."
