"""Commenting a specification, and settling a comment: both sides, section by section."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from projects.engine.door import NotAllowed
from projects.engine.mails import News, tell_agents, tell_applicants
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.models import JournalEntry, SpecificationComment
from projects.rights.table import APPLICANT_SIDE, Act

TOGETHER = timedelta(hours=1)
"""Comments of one person within that time are told once."""

NEWS = News(
    "Le cahier des charges est commenté",
    ("De nouveaux commentaires sont sur la page « Cahier des charges » du dossier.",),
)


@dataclass(frozen=True, slots=True)
class About:
    """What is commented: a section, perhaps a question of it, as a version has it (``snapshot``: its number)."""

    section: str
    question: str = ""
    snapshot: int | None = None


def comment(dossier_id: int, about: About, text: str, actor: Actor, at: datetime) -> SpecificationComment:
    """Write a comment and tell the other side; :class:`NotAllowed` where the person may not, or the part is unknown.

    The same words sent twice on the same part, while the first are not settled, are one comment.
    """
    with act_on(dossier_id, Act.COMMENT, actor, at) as desk:
        _check(desk, about)
        comments = desk.dossier.comments
        same = {"section": about.section, "question": about.question, "author": actor.user, "text": text}
        if known := comments.open().filter(**same).first():
            return known
        is_told = comments.filter(author=actor.user, written_at__gt=at - TOGETHER).exists()
        row = comments.create(**same, party=desk.party, snapshot_id=about.snapshot, written_at=at)
        data = {"comment": row.pk, "section": about.section, "question": about.question, "version": about.snapshot}
        entry = desk.write(JournalEntry.Kind.COMMENTED, data, {"text": text})
        if not is_told:
            tell = tell_agents if desk.party in APPLICANT_SIDE else tell_applicants
            tell(desk.dossier, entry, NEWS, at)
        return row


def settle(dossier_id: int, number: int, actor: Actor, at: datetime) -> bool:
    """Say that a comment is settled; False where it already is. :class:`NotAllowed` where it is not of this dossier."""
    with act_on(dossier_id, Act.COMMENT, actor, at) as desk:
        row = desk.dossier.comments.filter(pk=number).first()
        if row is None:
            raise NotAllowed
        if row.resolved_at is not None:
            return False
        row.resolved_at, row.resolved_by = at, actor.user
        row.save(update_fields=["resolved_at", "resolved_by"])
        desk.write(JournalEntry.Kind.COMMENTED, {"comment": row.pk, "settled": True})
        return True


def _check(desk: Desk, about: About) -> None:
    """Refuse a part that the specification does not have, and a version that is not this dossier's."""
    questions = {one.key: {q.key for q in one.questions} for one in desk.dossier.procedure.later_sections}
    if about.section not in questions or (about.question and about.question not in questions[about.section]):
        raise NotAllowed
    if about.snapshot is not None and not desk.dossier.snapshots.filter(pk=about.snapshot).exists():
        raise NotAllowed
