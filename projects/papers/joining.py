"""Keeping the bytes of a document until a row names them, joining one by itself, taking it away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

from projects.depositing.scanning import scan_paper
from projects.engine.door import NotAllowed, Refused
from projects.engine.enclosing import Enclosed, enclose, take_out
from projects.engine.mails import News, tell_applicants
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.files.inspection import Inspection
from projects.files.storage import attachments, random_name
from projects.models import Paper
from projects.papers.rules import MOST
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

SHOWN = News(
    "Un document est joint à votre dossier",
    ("L'administration joint à votre dossier un document que vous pouvez lire : il est sur la page du dossier.",),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it came, and what it was found to be (``files/inspection.py``)."""

    file: BinaryIO
    found: Inspection


@contextmanager
def stored(looked: Iterable[Looked]) -> Iterator[tuple[Enclosed, ...]]:
    """Keep the bytes of files while the act that names them is done; those that no row names then are removed.

    The same bytes sent twice are there once. The antivirus is asked as soon as the act is written.
    """
    several = {one.found.sha256: one for one in looked}
    kept: list[Enclosed] = []
    try:
        for one in several.values():
            name = attachments().save(random_name(), File(one.file))
            found = one.found
            kept.append(Enclosed(found.safe_name, found.content_type, found.size, found.sha256, name))
        yield tuple(kept)
    finally:
        rows = dict(Paper.objects.filter(file__in=[one.stored for one in kept]).values_list("file", "pk"))
        for one in kept:
            if one.stored not in rows:
                attachments().delete(one.stored)
    if settings.CLAMAV_ADDRESS:
        for pk in sorted(rows.values()):
            scan_paper.enqueue(pk)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of the documents of one sending."""

    sort: str
    words: str
    shown: bool = False


def join(dossier_id: int, looked: Iterable[Looked], said: Said, actor: Actor, at: datetime) -> list[Paper]:
    """Join internal documents to a dossier and return their rows; one that is there already is not joined again.

    Raises ``NotAllowed`` where the person writes no internal note on it (``rights/table.py``), :class:`Refused` where
    there are too many. The applicant is told of what they are shown.
    """
    with stored(looked) as files, act_on(dossier_id, Act.NOTE, actor, at) as desk:
        present = desk.dossier.papers.present().free()
        there = set(present.values_list("sha256", flat=True))
        new = [one for one in files if one.sha256 not in there]
        if present.count() + len(new) > MOST:
            raise Refused((Refusal("number", f"Ce dossier a déjà {MOST} documents : retirez-en d'abord."),))
        rows = [enclose(desk, replace(one, sort=said.sort, words=said.words, shown=said.shown)) for one in new]
        if rows and said.shown:
            entry = desk.dossier.journal.order_by("-seq").first()
            tell_applicants(desk.dossier, entry, SHOWN, at)
    return rows


def remove(paper: Paper, actor: Actor, at: datetime) -> None:
    """Take away a document that was joined by itself; ``NotAllowed`` for any other, or to whoever writes no note."""
    with act_on(paper.dossier_id, Act.NOTE, actor, at) as desk:
        row = desk.dossier.papers.present().free().filter(pk=paper.pk).first()
        if row is None:
            raise NotAllowed
        take_out(desk, row)
