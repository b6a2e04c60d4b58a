"""A ZIP made while it is sent: nothing is written on a disk, and no file is held whole in memory."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase

from django.core.files.base import File

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its path, and its bytes or the stored file that holds them."""

    path: str
    content: bytes | File


class _Pipe(RawIOBase):
    """What the archive writes, until it is handed over; it cannot go back, as a connection cannot."""

    def __init__(self):
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def streamed(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """Yield a ZIP, piece by piece; what is already compressed (stored files) is not compressed again."""
    pipe, moment = _Pipe(), at.timetuple()[:6]
    with zipfile.ZipFile(pipe, "w", allowZip64=True) as archive:
        for member in members:
            info = zipfile.ZipInfo(member.path, moment)
            info.external_attr = 0o600 << 16
            stored = isinstance(member.content, File)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=stored) as target:
                for piece in _pieces(member.content):
                    target.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def _pieces(content: bytes | File) -> Iterator[bytes]:
    if isinstance(content, File):
        with content:
            yield from content.chunks(PIECE)
    else:
        yield content
