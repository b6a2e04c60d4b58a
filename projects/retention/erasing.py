"""Erasing a dossier: what people wrote and sent goes, a sealed act says what went, the journal stays whole.

In this order: under the lock, everything that is in the base, with the act that seals it; then, after the commit,
each file, and only then the row that named it. Killed in between, the rows that are left say what remains to do, and
the next night does it; nobody may open these files meanwhile.
"""

import logging
from collections.abc import Mapping

from django.db.models import QuerySet

from apist import outbox
from projects import guards
from projects.engine.mails import topic_of
from projects.engine.recording import Desk
from projects.models import (
    Attachment,
    DecisionDraft,
    DigestLine,
    Dossier,
    JournalEntry,
    JournalText,
    Project,
    Section,
    SectionVersion,
)

logger = logging.getLogger("projects.retention")

NO_TITLE = "Projet effacé"


def erase(desk: Desk, data: Mapping[str, object]) -> JournalEntry:
    """Erase what a dossier holds and seal it in its journal; the dossier is locked (``as_the_portal``).

    What remains: the reference, the procedure, the organisation, the dates, the journal without its texts. ``data``
    says why. The caller removes the files once this is committed (:func:`remove_files`).
    """
    dossier = desk.dossier
    project = Project.objects.select_for_update(no_key=True).get(pk=dossier.project_id)
    alone = not project.dossiers.filter(erased_at=None).exclude(pk=dossier.pk).exists()
    sealed = {"counts": _counts(dossier, project if alone else None)} | {
        "files": sorted(dossier.attachments.values_list("sha256", flat=True)),
        "deposits": sorted(dossier.snapshots.values_list("sha256", flat=True)),
    }
    with guards.maintenance(f"Effacement du dossier {dossier.reference}", desk.at):
        dossier.snapshots.update(content={}, circumstances={})
        dossier.decisions.update(content={})
    DecisionDraft.objects.filter(dossier=dossier).delete()
    _texts(dossier).delete()
    dossier.messages.all().delete()
    dossier.sections.all().delete()
    dossier.completion_requests.update(points=[])
    dossier.outside_deposits.update(place="", receipt_number="", receipt=None)
    dossier.recusals.update(reason="")
    dossier.public_wordings.update(text="")
    DigestLine.objects.filter(dossier=dossier).delete()
    outbox.forget(topic_of(dossier))
    if alone:
        empty(project)
    dossier.contact_email, dossier.erased_at, dossier.due_at = "", desk.at, None
    dossier.save(update_fields=["contact_email", "erased_at", "due_at"])
    return desk.write(JournalEntry.Kind.PURGED, {**data, **sealed})


def empty(project: Project) -> None:
    """Take everything out of a project, none of whose dossiers is left; those who had a part in it still see that."""
    project.sections.all().delete()
    project.financing.all().delete()
    project.shares.filter(accepted_at=None).delete()
    project.shares.update(email="")
    project.title, project.origin = NO_TITLE, {}
    project.save(update_fields=["title", "origin"])


def remove_files(files: QuerySet[Attachment]) -> int:
    """Remove files of erased dossiers from where they are kept, then the rows that named them; return how many.

    A file that is already gone is no fault. One that cannot be removed keeps its row: the next night tries again.
    """
    removed = 0
    for row in files.exclude(dossier__erased_at=None):
        try:
            row.file.storage.delete(row.file.name)
        except Exception:
            logger.exception("Le fichier de la pièce %s n'a pas pu être effacé", row.public_id)
            continue
        row.delete()
        removed += 1
    return removed


def left_files() -> QuerySet[Attachment]:
    """Return the rows of files that an erasure has still to remove."""
    return Attachment.objects.exclude(dossier__erased_at=None).order_by("pk")


def _texts(dossier: Dossier) -> QuerySet[JournalText]:
    return JournalText.objects.filter(entry__dossier=dossier)


def _counts(dossier: Dossier, project: Project | None) -> dict[str, int]:
    """Return how much of each sort goes, the project's own content included where it goes too."""
    sections = Section.objects.filter(dossier=dossier)
    if project is not None:
        sections = sections | Section.objects.filter(project=project)
    return {
        "sections": sections.count(),
        "versions": SectionVersion.objects.filter(section__in=sections).count(),
        "texts": _texts(dossier).count(),
        "messages": dossier.messages.count(),
        "files": dossier.attachments.count(),
        "deposits": dossier.snapshots.count(),
        "decisions": dossier.decisions.count(),
    }
