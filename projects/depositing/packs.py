"""The pack of a dossier that is deposited elsewhere: its content as PDF, its files, a checklist, their digests.

Written as it leaves: one file in memory at a time, whatever their number.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from levers.documents.rendering import pdf_of
from projects.channels import Place
from projects.content.completeness import Missing
from projects.depositing.receipts import content_document
from projects.depositing.scanning import may_be_opened
from projects.engine.reading import Known, frozen_content
from projects.files.names import safe_name
from projects.models import Attachment
from projects.models.files import KeptFile
from projects.procedures.types import Procedure

CHUNK = 65_536


class Pipe(io.RawIOBase):
    """What an archive is written to, and from which what was written is taken out."""

    def __init__(self):
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It is written to, and never gone back in: sizes come after each file, as in any streamed archive."""
        return True

    def write(self, data) -> int:
        """Keep some bytes until they are taken."""
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Give what was written since the last time."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def pack_of(state: Known, at: datetime) -> Iterator[bytes]:
    """Yield the archive. A file that may not be opened is left out, and the checklist says so."""
    dossier = state.dossier
    pdf = pdf_of(content_document(dossier.procedure, frozen_content(state), at, place=place_said(state.place)))
    files = list(dossier.attachments.present())
    given = [(f"pieces/{rank:02d}-{safe_name(one.name)}", one) for rank, one in enumerate(files, 1)]
    open_to = [(name, one) for name, one in given if may_be_opened(one)]
    shut = [one for _, one in given if not may_be_opened(one)]
    content = {f"dossier-{dossier.reference}.pdf": pdf}
    content["liste-de-controle.txt"] = checklist(dossier.procedure, state, given, shut).encode()
    sums = [(hashlib.sha256(data).hexdigest(), name) for name, data in content.items()]
    sums += [(one.sha256, name) for name, one in open_to]
    content["SHA256SUMS"] = "".join(f"{digest}  {name}\n" for digest, name in sums).encode()
    return archive_of(content, open_to, timezone.localtime(at))


def archive_of(content: dict[str, bytes], files: list[tuple[str, KeptFile]], at: datetime) -> Iterator[bytes]:
    """Yield an archive: what is in memory first, then each file read as it leaves."""
    pipe, stamp = Pipe(), at.timetuple()[:6]
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(_entry(name, stamp), data)
            yield pipe.take()
        for name, one in files:
            with one.file.open("rb") as source, archive.open(_entry(name, stamp), "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield pipe.take()
    yield pipe.take()


def _entry(name: str, stamp: tuple) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def place_said(place: Place) -> str:
    """Return where to deposit, in words; empty where nobody said."""
    return ", ".join(part for part in (place.place, place.url, place.email) if part)


def checklist(procedure: Procedure, state: Known, files: list[tuple[str, Attachment]], shut: list[Attachment]) -> str:
    """Return what to check before depositing elsewhere: what is missing, each piece and its file."""
    where = place_said(state.place) or "à vérifier auprès de l'agence"
    lines = [
        f"{procedure.title} : dossier {state.dossier.reference}",
        "",
        "CE DOSSIER N'EST PAS DÉPOSÉ SUR LE PORTAIL.",
        f"Où le déposer : {where}",
        *([state.place.instructions, ""] if state.place.instructions else [""]),
        "Pièces demandées :",
    ]
    for piece in procedure.pieces:
        if not piece.is_asked(state.facts.answers):
            continue
        joined = [name for name, one in files if one.piece == piece.key]
        mark = "x" if joined else " "
        lines.append(f"[{mark}] {piece.label}{'' if piece.required else ' (facultatif)'}{_after(joined)}")
    free = [name for name, one in files if not one.piece]
    lines += ["", "Autres fichiers :", *(f"- {name}" for name in free)] if free else []
    lines += _lacking(state.missing)
    if shut:
        lines += ["", "Laissés hors de cette archive (analyse en attente ou virus trouvé) :"]
        lines += [f"- {safe_name(one.name)}" for one in shut]
    lines += ["", "Après le dépôt, notez sur le portail sa date et le numéro de l'accusé."]
    return "\r\n".join(lines) + "\r\n"


def _after(names: list[str]) -> str:
    return f" : {', '.join(names)}" if names else ""


def _lacking(missing: list[Missing]) -> list[str]:
    if not missing:
        return ["", "Rien d'obligatoire ne manque."]
    return ["", "Ce qui manque encore :", *(f"[ ] {one.label}" for one in missing)]
