"""The kinds of files that a dossier accepts, and the kinds that are recognised only to say why they are refused."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of file, told from its content; the value is kept in the database."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    CSV = "csv"
    TXT = "txt"
    ZIP = "zip"


@dataclass(frozen=True)
class Traits:
    """What is known of a kind: its name for people, its type for browsers, the ends of its names (ours first)."""

    label: str
    content_type: str
    extensions: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

TRAITS: dict[Kind, Traits] = {
    Kind.PDF: Traits("un document PDF", "application/pdf", (".pdf",)),
    Kind.PNG: Traits("une image PNG", "image/png", (".png",)),
    Kind.JPEG: Traits("une image JPEG", "image/jpeg", (".jpg", ".jpeg")),
    Kind.DOCX: Traits("un document Word", f"{_OOXML}wordprocessingml.document", (".docx",)),
    Kind.XLSX: Traits("un classeur Excel", f"{_OOXML}spreadsheetml.sheet", (".xlsx",)),
    Kind.PPTX: Traits("une présentation PowerPoint", f"{_OOXML}presentationml.presentation", (".pptx",)),
    Kind.ODT: Traits("un texte OpenDocument", f"{_ODF}text", (".odt",)),
    Kind.ODS: Traits("un classeur OpenDocument", f"{_ODF}spreadsheet", (".ods",)),
    Kind.ODP: Traits("une présentation OpenDocument", f"{_ODF}presentation", (".odp",)),
    Kind.CSV: Traits("un tableau CSV", "text/csv", (".csv",)),
    Kind.TXT: Traits("un texte", "text/plain", (".txt",)),
    Kind.ZIP: Traits("une archive ZIP", "application/zip", (".zip",)),
}

DOCUMENTS: frozenset[Kind] = frozenset(Kind) - {Kind.ZIP}
"""What a piece of a dossier may be unless its procedure says otherwise. An archive must be asked for."""

MAIN_PARTS: dict[str, Kind] = {
    f"{_OOXML}wordprocessingml.document.main+xml": Kind.DOCX,
    f"{_OOXML}spreadsheetml.sheet.main+xml": Kind.XLSX,
    f"{_OOXML}presentationml.presentation.main+xml": Kind.PPTX,
}
"""The content type of the main part of an Office document (ECMA-376, part 2): it decides, not the folders' names."""

ODF_TYPES: dict[str, Kind] = {TRAITS[kind].content_type: kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
"""What the entry ``mimetype`` of an OpenDocument says (ODF 1.3, part 2, 3.3)."""


class Refused(Exception):
    """A file that is not accepted: ``code`` for tests and the journal, ``reason`` for the person who sent it.

    The reason is a whole text in French, in two or three sentences: what was found, and what to do. It never
    repeats the content of the file.
    """

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason


_AS_PDF = "Enregistrez-le au format PDF, puis envoyez ce PDF."

MAGICS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "executable", "C'est un programme pour Windows. Aucun programme n'est accepté."),
    (b"\x7fELF", "executable", "C'est un programme. Aucun programme n'est accepté."),
    (b"\xcf\xfa\xed\xfe", "executable", "C'est un programme pour Mac. Aucun programme n'est accepté."),
    (b"\xce\xfa\xed\xfe", "executable", "C'est un programme pour Mac. Aucun programme n'est accepté."),
    (b"\xca\xfe\xba\xbe", "executable", "C'est un programme. Aucun programme n'est accepté."),
    (b"#!", "script", "C'est un script, c'est-à-dire une suite de commandes. Aucun programme n'est accepté."),
    (b"GIF8", "format", "C'est une image GIF. Enregistrez-la au format PNG ou JPEG, puis envoyez-la."),
    (b"BM", "format", "Cela semble être une image BMP. Enregistrez-la au format PNG ou JPEG, puis envoyez-la."),
    (b"II*\0", "format", "C'est une image TIFF. Enregistrez-la au format PDF, PNG ou JPEG, puis envoyez-la."),
    (b"MM\0*", "format", "C'est une image TIFF. Enregistrez-la au format PDF, PNG ou JPEG, puis envoyez-la."),
    (b"RIFF", "format", "C'est une image WebP, un son ou une vidéo. Une image s'envoie au format PNG ou JPEG."),
    (b"{\\rtf", "format", f"C'est un texte au format RTF. {_AS_PDF}"),
    (b"%!PS", "format", f"C'est un document PostScript. {_AS_PDF}"),
    (b"Rar!", "archive", "C'est une archive RAR. Envoyez ses fichiers un par un."),
    (b"7z\xbc\xaf\x27\x1c", "archive", "C'est une archive 7z. Envoyez ses fichiers un par un."),
    (b"\x1f\x8b", "archive", "C'est une archive compressée (gzip). Envoyez ses fichiers un par un."),
    (b"BZh", "archive", "C'est une archive compressée (bzip2). Envoyez ses fichiers un par un."),
    (b"\xfd7zXZ\0", "archive", "C'est une archive compressée (xz). Envoyez ses fichiers un par un."),
    (b"\x28\xb5\x2f\xfd", "archive", "C'est une archive compressée (zstd). Envoyez ses fichiers un par un."),
)
"""Beginnings that are refused, each with its code and what is said of it. Those of two letters come with a check
that the rest is not text (``inspection``)."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a .doc, .xls or .ppt begins, and a .docx that a password protects (MS-CFB 2.2)."""

PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
"""How a program begins, wherever it is met inside another file."""
