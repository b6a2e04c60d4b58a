"""What a ZIP holds, read without ever writing it out: bounded in number, in weight, in depth, and in names.

Office documents (OOXML, OpenDocument) are ZIP files too. The announced sizes are checked before anything is
unpacked, the real ones while unpacking.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from projects.files.kinds import Refused
from projects.files.structure import has_markup

MAX_ENTRIES = 3_000
MAX_UNPACKED = 200_000_000
"""Bytes, over everything that an archive holds, archives inside included."""

MAX_RATIO = 100
RATIO_FROM = 20_000_000
"""A long spreadsheet packs well: the ratio is looked at only where the weight begins to matter."""

MAX_DEPTH = 2
_CHUNK = 65_536
_HEAD = 512
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    IndexError,  # a name that is empty: zipfile looks at its last letter
)


@dataclass
class Budget:
    """What is left to spend on one sent file, shared by the archives inside it."""

    entries: int = MAX_ENTRIES
    unpacked: int = MAX_UNPACKED

    def count(self, entries: int) -> None:
        """Spend entries; refuse the file once there are too many."""
        self.entries -= entries
        if self.entries < 0:
            raise _too_much()

    def weigh(self, size: int) -> None:
        """Spend unpacked bytes; refuse the file once there are too many."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise _too_much()


class Archive:
    """An archive whose headers have been found sound; its members are read through :meth:`read` alone."""

    def __init__(self, data: bytes, budget: Budget):
        self.budget = budget
        self._file = _open(data)
        self.infos = _files_of(self._file)
        self._check_shape(data)
        for info in self._file.infolist():
            _check_entry(info)
        self._check_weight(len(data))

    @property
    def names(self) -> list[str]:
        """The names of the members, folders apart, in the order of the directory."""
        return [info.filename for info in self.infos]

    def read(self, info: zipfile.ZipInfo, keep: int = _HEAD) -> bytes:
        """Unpack a member whole, so that its sum is verified, and return its first bytes, ``keep`` at most."""
        kept, size = bytearray(), 0
        try:
            with self._file.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self.budget.weigh(len(chunk))
                    kept += chunk[: keep - len(kept)]
        except _UNREADABLE as error:
            raise damaged() from error
        if size != info.file_size:
            raise damaged()
        return bytes(kept)

    def text(self, name: str) -> bytes:
        """Return a small member by its name (lists and manifests), or nothing if there is none."""
        found = next((info for info in self.infos if info.filename == name), None)
        return self.read(found, keep=2_000_000) if found else b""

    def heads(self) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        """Unpack every member, and give each with how it begins."""
        for info in self.infos:
            yield info, self.read(info)

    def _check_shape(self, data: bytes) -> None:
        """Refuse what is before the first member or after the end record: another file would be hiding there."""
        every = self._file.infolist()
        comment = self._file.comment
        at_end = data[len(data) - 22 - len(comment) :].startswith(b"PK\x05\x06")
        starts = min((info.header_offset for info in every), default=0)
        if not at_end or starts or has_markup(comment):
            raise Refused(
                "polyglot",
                "Ce fichier contient aussi des données d'une autre nature, avant ou après son contenu. "
                "Ouvrez-le, enregistrez-le à nouveau, puis envoyez la copie.",
            )
        self.budget.count(len(every))
        lowered = [info.filename.casefold() for info in every]
        if not every or len(set(lowered)) != len(lowered):
            raise damaged()

    def _check_weight(self, packed: int) -> None:
        """Refuse a bomb on what its headers say, before unpacking anything."""
        announced = sum(info.file_size for info in self.infos)
        if announced > self.budget.unpacked or (announced > RATIO_FROM and announced > MAX_RATIO * packed):
            raise _too_much()


def _open(data: bytes) -> zipfile.ZipFile:
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:  # before the directory is read: reading it is what costs
        raise _too_much()
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise damaged() from error


def _files_of(file: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    try:
        return [info for info in file.infolist() if not info.is_dir()]
    except _UNREADABLE as error:
        raise damaged() from error


def _check_entry(info: zipfile.ZipInfo) -> None:
    """Refuse a member that a password locks, that is packed in an unusual way, or whose name leads elsewhere."""
    if info.flag_bits & 0x41:
        raise encrypted()
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(
            "method",
            "Ce fichier est compressé d'une façon qui ne peut pas être contrôlée. "
            "Refaites l'archive avec l'outil de votre système, ou envoyez ses fichiers un par un.",
        )
    name = info.orig_filename
    leads_away = re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name)
    if leads_away or re.search(r"[\x00-\x1f\x7f]", name) or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused(
            "names",
            "Ce fichier contient des noms qui mènent hors de lui-même. "
            "Refaites-le avec l'outil de votre système, ou envoyez ses fichiers un par un.",
        )


def damaged() -> Refused:
    """Say that a file built as an archive cannot be read to its end."""
    return Refused(
        "damaged",
        "Ce fichier est abîmé ou incomplet. Ouvrez-le pour vérifier, enregistrez-le à nouveau, puis envoyez-le.",
    )


def encrypted() -> Refused:
    """Say that a password locks the file."""
    return Refused(
        "encrypted",
        "Ce fichier est protégé par un mot de passe : il ne pourrait être ni contrôlé, ni relu. "
        "Enregistrez-en une copie sans mot de passe, puis envoyez-la.",
    )


def _too_much() -> Refused:
    return Refused(
        "bomb",
        "Une fois ouvert, ce fichier serait beaucoup trop volumineux. "
        "Réduisez-le (images plus petites, feuilles inutiles en moins) ou enregistrez-le au format PDF.",
    )
