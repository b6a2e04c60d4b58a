"""Documents joined by those who instruct, real files every one, and what is kept of them."""

from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from actors.models import User
from apist.clock import now
from projects.engine.people import actor_of
from projects.files.inspection import inspect
from projects.models import Dossier, Paper
from projects.papers.joining import Looked, Said, join
from tests.files import samples

PDF = samples.pdf()
PNG = samples.png()
BAD = samples.docx({"word/vbaProject.bin": b"x"})
"""A document that holds macros: refused."""


def sent(name: str = "courrier.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it, whatever it says of its type."""
    return SimpleUploadedFile(name, data, "text/html")


def looked(name: str = "courrier.pdf", data: bytes = PDF) -> Looked:
    """Return a file that was found right."""
    return Looked(BytesIO(data), inspect(name, BytesIO(data)))


def joined(dossier: Dossier, officer: User, name: str = "courrier.pdf", data: bytes = PDF, **said) -> Paper:
    """Return a document that somebody joined by itself."""
    given = Said(**{"sort": "letter", "words": "Reçu le 12"} | said)
    (row,) = join(dossier.pk, [looked(name, data)], given, actor_of(officer, now()), now())
    return row


def files_in(folder: Path) -> list[Path]:
    """Return the files that are kept."""
    return [path for path in folder.rglob("*") if path.is_file()]


def bytes_of(answer) -> bytes:
    """Return what an answer hands over."""
    return b"".join(answer.streaming_content)
