"""Appending to a journal: the rank, the chain, the salted texts. Called under the lock of the dossier."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from projects.engine.chain import GENESIS, TEXTS, Link, digest_of_text, hash_of
from projects.models import Dossier, JournalEntry, JournalText
from projects.procedures.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Entry:
    """An act to write down. ``texts``: what somebody wrote, by field; kept apart and erasable."""

    kind: JournalEntry.Kind
    at: datetime
    party: Party
    actor: UUID | None = None
    move: str = ""
    from_stage: str = ""
    to_stage: str = ""
    stage_version: int | None = None
    clock: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    request_key: UUID | None = None


def append(dossier: Dossier, act: Entry) -> JournalEntry:
    """Write an act at the end of a dossier's journal and return it; the dossier must be locked by the caller.

    The dossier holds where its journal ends, so that acts removed from the end are missed.
    """
    last = dossier.journal.order_by("-seq").values_list("seq", "hash").first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    salts = {name: secrets.token_hex(16) for name in act.texts}
    data = dict(act.data)
    if salts:
        data[TEXTS] = {name: digest_of_text(salts[name], text) for name, text in act.texts.items()}
    row = JournalEntry(
        dossier=dossier, seq=seq, kind=act.kind, at=act.at, actor=act.actor, party=act.party, move=act.move,
        from_stage=act.from_stage, to_stage=act.to_stage, stage_version=act.stage_version, clock=act.clock,
        data=data, request_key=act.request_key, previous_hash=previous,
    )  # fmt: skip
    row.hash = hash_of(link_of(row, dossier.reference))
    row.save(force_insert=True)
    JournalText.objects.bulk_create(
        JournalText(entry=row, field=name, text=text, salt=salts[name]) for name, text in act.texts.items()
    )
    dossier.journal_length, dossier.journal_hash = row.seq, row.hash
    dossier.save(update_fields=["journal_length", "journal_hash"])
    return row


def link_of(row: JournalEntry, reference: str) -> Link:
    """Return an entry as it is hashed."""
    return Link(
        reference, row.seq, row.kind, row.at, row.actor, row.party, row.move, row.from_stage, row.to_stage,
        row.stage_version, row.clock, row.data, row.request_key, row.previous_hash, row.hash,
    )  # fmt: skip
