"""The archive of evidence of a dossier, written as it leaves: journal, texts, deposits, files, digests, a page."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from levers.documents.rendering import pdf_of
from projects.depositing.packs import archive_of
from projects.depositing.receipts import receipt_of
from projects.depositing.scanning import may_be_opened
from projects.engine.chain import canonical
from projects.engine.journal import link_of
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.engine.verifying import Verified, verify
from projects.evidence.proofs import Act, Proof, Written, decision_proof, deposit_proof, journal_proofs, sums
from projects.files.names import safe_name
from projects.models import Attachment, Decision, Dossier, JournalEntry, Paper, Snapshot
from projects.papers.reading import papers_for
from projects.papers.rules import Reader
from projects.rights import table
from projects.rights.predicates import acts, parties

PAGE = "LISEZ-MOI.html"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Archive:
    """What leaves: its name, and its bytes as they are read."""

    name: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is read of a dossier under its lock, all of one moment: nothing is drawn or written out meanwhile."""

    dossier: Dossier
    verified: Verified
    acts: list[Act]
    snapshots: list[Snapshot]
    decisions: list[Decision]
    files: list[tuple[str, Attachment]]
    papers: list[tuple[str, Paper]]


def take_away(dossier_id: int, actor: Actor, at: datetime, *, for_applicant: bool) -> Archive:
    """Write in the journal that somebody takes the archive, and return it; ``NotAllowed`` where they may not.

    The act itself is the last one in the archive.
    """
    with act_on(dossier_id, table.Act.ARCHIVE, actor, at) as desk:
        desk.write(JournalEntry.Kind.ARCHIVED)
        open_to = acts(actor.holdings, desk.dossier, editable=False)
        carries = for_applicant or bool(parties(actor.holdings, desk.dossier) & table.APPLICANT_SIDE)
        reader = Reader(open_to, actor.user.pk, carries, desk.dossier.procedure.confidential)
        found = gathered(desk.dossier, reader, for_applicant=for_applicant)
    # Receipts are drawn once the lock is given back: on SQLite the whole base would wait for them.
    content = written(found, at, for_applicant=for_applicant)
    stamp = timezone.localtime(at)
    return Archive(f"preuve-{found.dossier.reference}.zip", archive_of(content, found.files + found.papers, stamp))


def gathered(dossier: Dossier, reader: Reader, *, for_applicant: bool) -> Gathered:
    """Return what an archive is made of, as one side reads it; documents of the instruction, as ``reader`` does."""
    snapshots = list(dossier.snapshots.order_by("taken_at", "pk").select_related("entry", "dossier"))
    decisions = [one for one in decisions_of(dossier, for_applicant=for_applicant) if one.content]
    files, papers = files_of(dossier, snapshots), papers_of(dossier, reader)
    return Gathered(dossier, verify(dossier), acts_of(dossier), snapshots, decisions, files, papers)


def written(found: Gathered, at: datetime, *, for_applicant: bool) -> dict[str, bytes]:
    """Return what the archive holds besides the files of the dossier, by name."""
    snapshots, decisions, files = found.snapshots, found.decisions, found.files
    proofs = journal_proofs(found.dossier.procedure, found.acts, for_applicant=for_applicant)
    for one in snapshots:
        if one.content:
            proofs.append(deposit_proof(one.number, one.content, one.sha256))
            known = one.entry.data.get("circumstances", "")
            proofs.append(Proof(f"depots/{one.number}-qui.json", canonical(one.circumstances).encode(), known))
    proofs += [decision_proof(one.number, one.content, one.sha256, for_applicant=for_applicant) for one in decisions]
    receipts = {f"documents/recepisse-{one.number}.pdf": pdf_of(receipt_of(one)) for one in snapshots if one.content}
    lines = [(one.sha256, one.name) for one in proofs] + [(one.sha256, name) for name, one in files + found.papers]
    lines += [(hashlib.sha256(data).hexdigest(), name) for name, data in receipts.items()]
    context = {
        "dossier": found.dossier,
        "at": at,
        "verified": found.verified,
        "for_applicant": for_applicant,
        "hidden": sum(one.name.endswith(".empreinte") for one in proofs),
        "has_files": bool(files),
        "has_papers": bool(found.papers),
        "has_decisions": bool(decisions),
    }
    content = {PAGE: render_to_string("evidence/readme.html", context).encode()}
    content |= {one.name: one.content for one in proofs} | receipts
    content[SUMS] = sums(lines)
    return content


def acts_of(dossier: Dossier) -> list[Act]:
    """Return the journal with the texts that remain (two queries)."""
    entries = dossier.journal.order_by("seq").prefetch_related("texts")
    return [
        Act(
            link_of(entry, dossier.reference),
            tuple(Written(one.field, one.salt, one.text) for one in entry.texts.all()),
        )
        for entry in entries
    ]


def files_of(dossier: Dossier, snapshots: list[Snapshot]) -> list[tuple[str, Attachment]]:
    """Return the files that a deposit names and that may be handed over, each once (one query)."""
    named = {file["sha256"] for one in snapshots for file in one.content.get("files", ())}
    rows = {row.sha256: row for row in dossier.attachments.filter(sha256__in=named).order_by("added_at", "pk")}
    kept = [row for row in rows.values() if may_be_opened(row)]
    return [(f"pieces/{rank:03d}-{safe_name(row.name)}", row) for rank, row in enumerate(kept, 1)]


def papers_of(dossier: Dossier, reader: Reader) -> list[tuple[str, Paper]]:
    """Return the documents of the instruction that a reader may open now, in the order in which they came (one query).

    The act that joined each one holds its digest.
    """
    kept = [row for row in reversed(papers_for(dossier, reader)) if may_be_opened(row)]
    return [(f"instruction/{rank:03d}-{safe_name(row.name)}", row) for rank, row in enumerate(kept, 1)]


def decisions_of(dossier: Dossier, *, for_applicant: bool) -> list[Decision]:
    """Return the signed decisions; the applicant's side has those that were notified (one query)."""
    rows = dossier.decisions.order_by("signed_at", "pk")
    return list(rows.notified() if for_applicant else rows)
