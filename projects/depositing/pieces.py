"""Joining a file to a dossier and taking it away: the file is looked at first, kept apart, written in the journal.

Nothing is thrown away: a file that is removed keeps its row and its bytes, since a deposit may hold its digest.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

from projects.depositing.scanning import scan_attachment
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.files.inspection import Inspection, inspect
from projects.files.kinds import Refused
from projects.files.storage import attachments, random_name
from projects.models import Attachment, Dossier, JournalEntry, OutsideDeposit
from projects.procedures.vocabulary import Party
from projects.rights.table import Act

MOST = 100
"""Files present in a dossier at once."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it arrives: under which piece (empty: freely), what the browser called it, what it holds."""

    piece: str
    name: str
    file: BinaryIO
    is_secret: bool = False


def attach(dossier_id: int, sent: Sent, actor: Actor, at: datetime, act: Act = Act.ATTACH) -> Attachment:
    """Join a file and return its row; sent twice, it is there once. ``act``: ``Act.ENTER``, for the applicant.

    Raises ``Refused`` (``files/kinds.py``) where the file is not accepted, ``NotAllowed`` where the person may not
    join anything now. Where a piece is one file, another takes its place.
    """
    looked = inspect(sent.name, sent.file)
    stored = attachments().save(random_name(), File(sent.file))
    kept = False
    try:
        with act_on(dossier_id, act, actor, at) as desk:
            row, kept = _joined(desk, sent, looked, stored)
    finally:
        if not kept:
            attachments().delete(stored)
    return row


def attach_receipt(outside: OutsideDeposit, sent: Sent, actor: Actor, at: datetime) -> Attachment:
    """Join to the record of a deposit made elsewhere what was received there; the person who noted it alone may."""
    looked = inspect(sent.name, sent.file)
    stored = attachments().save(random_name(), File(sent.file))
    kept = False
    try:
        with act_on(outside.dossier_id, Act.READ, actor, at) as desk:
            if outside.entry.actor != actor.pseudonym or outside.receipt_id is not None:
                raise Refused("receipt", "Un accusé est déjà joint à ce dépôt, ou quelqu'un d'autre l'a noté.")
            row, kept = _joined(desk, sent, looked, stored)
            OutsideDeposit.objects.filter(pk=outside.pk).update(receipt=row)
    finally:
        if not kept:
            attachments().delete(stored)
    return row


def joined_by_agents(dossier: Dossier) -> set[str]:
    """Return the files that agents joined for the applicant, by their public numbers (one query)."""
    acts = dossier.journal.filter(kind=JournalEntry.Kind.ATTACHED, party=Party.ENTERER)
    return {data["file"] for data in acts.values_list("data", flat=True)}


def remove(attachment: Attachment, actor: Actor, at: datetime, act: Act = Act.ATTACH) -> None:
    """Take a file away from a dossier; ``NotAllowed`` where the person may not now. Twice changes nothing."""
    with act_on(attachment.dossier_id, act, actor, at) as desk:
        row = desk.dossier.attachments.present().filter(pk=attachment.pk).first()
        if row is not None:
            _take_away(desk, row)


def pieces_taken(dossier: Dossier, key: str) -> bool:
    """Tell whether the procedure knows a piece of this name; empty is a file joined freely."""
    return not key or key in {piece.key for piece in dossier.procedure.pieces}


def _joined(desk: Desk, sent: Sent, looked: Inspection, stored: str) -> tuple[Attachment, bool]:
    """Write the row and the act; return the row, and whether the stored bytes are its own."""
    present = desk.dossier.attachments.present()
    same = present.filter(piece=sent.piece, sha256=looked.sha256).first()
    if same is not None:
        return same, False
    if present.count() >= MOST:
        raise Refused("number", f"Ce dossier a déjà {MOST} fichiers. Retirez-en, ou réunissez-les en un seul PDF.")
    piece = next((one for one in desk.dossier.procedure.pieces if one.key == sent.piece), None)
    if piece is not None and not piece.several:
        for former in present.filter(piece=piece.key):
            _take_away(desk, former)
    scan = Attachment.Scan.WAITING if settings.CLAMAV_ADDRESS else Attachment.Scan.UNSCANNED
    row = Attachment.objects.create(
        dossier=desk.dossier, piece=sent.piece, name=looked.safe_name, content_type=looked.content_type,
        size=looked.size, sha256=looked.sha256, file=stored, is_secret=sent.is_secret, scan=scan, added_at=desk.at,
        added_by=desk.actor.user,
    )  # fmt: skip
    desk.write(JournalEntry.Kind.ATTACHED, _facts_of(row), {"name": row.name})
    if settings.CLAMAV_ADDRESS:
        scan_attachment.enqueue(row.pk)
    return row, True


def _take_away(desk: Desk, row: Attachment) -> None:
    row.removed_at = desk.at
    row.save(update_fields=["removed_at"])
    desk.write(JournalEntry.Kind.DETACHED, _facts_of(row), {"name": row.name})


def _facts_of(row: Attachment) -> dict:
    return {
        "file": str(row.public_id), "piece": row.piece, "sha256": row.sha256, "size": row.size, "secret": row.is_secret
    }  # fmt: skip
