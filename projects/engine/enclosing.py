"""A document that an act of those who instruct brings in: its row, and the line of the journal that holds its digest.

With an opinion, with a move, or by itself, it is written the same way, in the transaction of the act.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings

from projects.engine.journal import Entry, append
from projects.engine.people import Actor
from projects.models import Dossier, JournalEntry, OpinionRequest, Paper
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Party

JOINED, REMOVED, SCANNED = "joined", "removed", "scanned"
"""What the journal says of a document, under ``step``."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that was looked at, and whose bytes are kept under ``stored``. ``shown``: the applicant reads it too.

    ``carries``: the document of the dossier whose bytes these are already, by its number; they are kept once.
    """

    name: str
    content_type: str
    size: int
    sha256: str
    stored: str
    shown: bool = False
    sort: str = Paper.Sort.OTHER
    words: str = ""
    carries: int | None = None


def carried(paper: Paper) -> Enclosed:
    """Return a document of the dossier as one that goes with something else too: the same bytes, sent once."""
    return Enclosed(paper.name, paper.content_type, paper.size, paper.sha256, paper.file.name, carries=paper.pk)


def not_to_carry(dossier: Dossier, one: Enclosed | None) -> tuple[Refusal, ...]:
    """Return why a document that is there already may not go with a move; nothing for one that is sent now."""
    if one is None or one.carries is None:
        return ()
    row = dossier.papers.present().select_related("request").filter(pk=one.carries, file=one.stored).first()
    if row is None or row.scan == Paper.Scan.INFECTED:
        return (Refusal("document-gone", "Le document choisi n'est plus au dossier : joignez-le."),)
    if one.shown and row.request and row.request.confidential:
        return (Refusal("confidential-opinion", "Cet avis est confidentiel : le porteur ne lit pas son document."),)
    return ()


class Doing(Protocol):
    """A locked dossier, and who acts on it: a desk (``recording.py``) or a move."""

    dossier: Dossier
    party: Party
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Moving:
    """Who moves a locked dossier."""

    dossier: Dossier
    party: Party
    actor: Actor
    at: datetime


def enclose(doing: Doing, one: Enclosed, beside: OpinionRequest | JournalEntry | None = None) -> Paper:
    """Write a document down, with the opinion or the move that it goes with where there is one."""
    same = Paper.objects.get(pk=one.carries) if one.carries is not None else None
    waits = Paper.Scan.WAITING if settings.CLAMAV_ADDRESS else Paper.Scan.UNSCANNED
    row = Paper.objects.create(
        dossier=doing.dossier, name=one.name, content_type=one.content_type, size=one.size, sha256=one.sha256,
        file=one.stored, shown=one.shown, sort=one.sort, words=one.words, added_at=doing.at, added_by=doing.actor.user,
        scan=same.scan if same else waits, scanned_at=same.scanned_at if same else None,
        request=beside if isinstance(beside, OpinionRequest) else None,
        entry=beside if isinstance(beside, JournalEntry) else None,
    )  # fmt: skip
    texts = {name: text for name, text in (("name", one.name), ("words", one.words)) if text}
    facts = facts_of(row, JOINED) | ({"same": str(same.public_id)} if same else {})
    append(doing.dossier, _act(doing, facts, texts))
    return row


def take_out(doing: Doing, row: Paper) -> None:
    """Take a document away; its row and its bytes stay, since the journal holds its digest."""
    row.removed_at = doing.at
    row.save(update_fields=["removed_at"])
    append(doing.dossier, _act(doing, facts_of(row, REMOVED), {"name": row.name}))


def facts_of(row: Paper, step: str) -> dict[str, object]:
    """Return what the journal keeps of a document: which one, its digest, what it goes with, whether it is shown."""
    beside = {"request": row.request_id} if row.request_id else {"act": row.entry.seq} if row.entry else {}
    held = {"step": step, "file": str(row.public_id), "sha256": row.sha256, "size": row.size, "shown": row.shown}
    return held | beside


def _act(doing: Doing, facts: dict[str, object], texts: dict[str, str]) -> Entry:
    return Entry(JournalEntry.Kind.FILED, doing.at, doing.party, doing.actor.pseudonym, data=facts, texts=texts)
