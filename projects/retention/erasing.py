"""Erasing a dossier: what people wrote and sent goes, a sealed act says what went, the journal stays whole.

In this order: under the lock, everything that is in the base, with the act that seals it; then, after the commit,
each file, and only then the row that named it. Killed in between, the rows that are left say what remains to do, and
the next night does it; nobody may open these files meanwhile.
"""

import logging
from collections.abc import Collection, Iterable, Mapping

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
    Instalment,
    JournalEntry,
    JournalText,
    Paper,
    Project,
    Section,
    SectionVersion,
)
from projects.models.files import KeptFile
from projects.opinions.erasing import erase_opinions

logger = logging.getLogger("projects.retention")

NO_TITLE = "Projet effacé"
NO_LABEL = "Indicateur effacé"


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
        "papers": sorted(dossier.papers.values_list("sha256", flat=True)),
        "deposits": sorted(dossier.snapshots.values_list("sha256", flat=True)),
    }
    with guards.maintenance(f"Effacement du dossier {dossier.reference}", desk.at):
        dossier.snapshots.update(content={}, circumstances={})
        _empty_follow_up(dossier)
        dossier.decisions.update(content={})
    DecisionDraft.objects.filter(dossier=dossier).delete()
    _texts(dossier).delete()
    dossier.messages.all().delete()
    dossier.sections.all().delete()
    dossier.completion_requests.update(points=[])
    dossier.outside_deposits.update(place="", receipt_number="", receipt=None)
    dossier.recusals.update(reason="")
    dossier.comments.all().delete()
    dossier.model_lines.all().delete()
    dossier.leader_changes.update(reason="")
    dossier.envisaged.update(dossier=None)
    dossier.facets.all().delete()
    dossier.notes.all().delete()
    dossier.papers.update(words="")
    dossier.labels.all().delete()
    erase_opinions(dossier)
    dossier.judgements.all().delete()
    dossier.candidacies.update(deliberation="", final_reason="")
    dossier.public_wordings.update(text="")
    DigestLine.objects.filter(dossier=dossier).delete()
    outbox.forget(topic_of(dossier))
    if alone:
        empty(project)
    dossier.contact_email, dossier.erased_at, dossier.facet_values = "", desk.at, None
    dossier.due_at = dossier.legal_due_at = None
    dossier.save(update_fields=["contact_email", "erased_at", "due_at", "legal_due_at", "facet_values"])
    return desk.write(JournalEntry.Kind.PURGED, {**data, **sealed})


def empty(project: Project) -> None:
    """Take everything out of a project, none of whose dossiers is left; those who had a part in it still see that."""
    project.sections.all().delete()
    project.financing.all().delete()
    project.shares.filter(accepted_at=None).delete()
    project.shares.update(email="")
    project.title, project.origin = NO_TITLE, {}
    project.save(update_fields=["title", "origin"])


def remove_files(files: Iterable[KeptFile]) -> int:
    """Remove files of erased dossiers from where they are kept, then the rows that named them; return how many.

    A file that is already gone is no fault. One that cannot be removed keeps its row: the next night tries again.
    """
    removed = 0
    for row in files:
        try:
            row.file.storage.delete(row.file.name)
        except Exception:
            logger.exception("Le fichier de la pièce %s n'a pas pu être effacé", row.public_id)
            continue
        row.delete()
        removed += 1
    return removed


def left_files(dossiers: Collection[int] | None = None) -> list[KeptFile]:
    """Return the rows of files, of either side, that an erasure has still to remove; of these dossiers, or of all."""
    found: list[KeptFile] = []
    for model in (Attachment, Paper):
        rows = model.objects.exclude(dossier__erased_at=None)
        found += (rows if dossiers is None else rows.filter(dossier__in=dossiers)).order_by("pk")
    return found


def _empty_follow_up(dossier: Dossier) -> None:
    """Take out the words of what followed a grant; amounts, dates and values stay, as in the accounts."""
    Instalment.objects.filter(schedule__dossier=dossier).update(condition="")
    dossier.indicators.update(label=NO_LABEL, unit="")
    dossier.evaluations.update(by="", reference="", summary="")


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
        "comments": dossier.comments.count(),
        "notes": dossier.notes.count(),
        "opinions": dossier.opinion_requests.given().count(),
        "judgements": dossier.judgements.count(),
        "files": dossier.attachments.count(),
        "papers": dossier.papers.count(),
        "deposits": dossier.snapshots.count(),
        "decisions": dossier.decisions.count(),
    }
