"""Dossiers with everything that an erasure must take, and the days at which the calendar acts."""

from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile

from actors.models import Body, User
from projects.engine.people import actor_of
from projects.engine.recording import act_on
from projects.models import Dossier, FinancingLine, JournalEntry, Message, SectionVersion
from projects.rights.table import Act
from tests.dossier_factories import NOW, drive, fill, make_attachment, make_dossier, make_officer

SECRET = "Une phrase que plus personne ne doit lire"
NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)


def make_stored(dossier: Dossier, **fields):
    """Return an attachment with a real file behind it."""
    row = make_attachment(dossier, **fields)
    row.file.save(row.name, ContentFile(SECRET.encode()))
    return row


def full_dossier(owner: User, body: Body | None = None, **fields) -> Dossier:
    """Return a deposited dossier with answers, versions, a plan, a file, a message and a text in its journal."""
    dossier = fill(make_dossier(owner, body=body, **fields), {"purposes": ["need"], "availability": SECRET})
    for section in dossier.sections.all():
        SectionVersion.objects.create(
            section=section, number=1, answers=section.answers, written_at=NOW, written_by=owner
        )
    FinancingLine.objects.create(
        project=dossier.project, dossier=dossier, expense="staff", amount=10, payer="fir", label=SECRET
    )
    make_stored(dossier, added_by=owner, name="note.pdf")
    drive(dossier, "deposit", owner)
    with act_on(dossier.pk, Act.MESSAGE, actor_of(owner, NOW), NOW) as desk:
        entry = desk.write(JournalEntry.Kind.MESSAGE)
        Message.objects.create(dossier=dossier, entry=entry, author=owner, from_agency=False, text=SECRET, sent_at=NOW)
    return dossier


def ended_dossier(owner: User, **fields) -> Dossier:
    """Return the same, sent elsewhere by the agency: it is finished."""
    dossier = full_dossier(owner, **fields)
    drive(dossier, "orient", make_officer(dossier.body), orientation=SECRET)
    return dossier


def after(days: int, start: datetime = NIGHT) -> datetime:
    """Return the night some days later."""
    return start + timedelta(days=days)
