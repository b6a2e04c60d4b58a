"""What the page of a dossier shows to those who instruct: the frozen deposit, its files as they are now, requests."""

from dataclasses import dataclass
from datetime import date, datetime

from projects.depositing.completion import Point, points_of
from projects.depositing.review import Joined, Review, review_of_content
from projects.engine.reading import Known, frozen_content
from projects.models import Attachment, Dossier, Snapshot


@dataclass(frozen=True, slots=True)
class File:
    """A file of a deposit. ``row``: the attachment as it is now, with the scanner's verdict; None once it is erased."""

    joined: Joined
    row: Attachment | None

    @property
    def may_be_opened(self) -> bool:
        """Tell whether it can be handed to somebody now."""
        return self.row is not None and self.row.may_be_opened

    @property
    def state(self) -> str:
        """Return in words what the scanner said of it."""
        return self.row.get_scan_display() if self.row else "Fichier effacé ; son empreinte reste"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What was deposited, in words. Without ``snapshot`` nothing was: it is a draft, which may still change."""

    snapshot: Snapshot | None
    review: Review
    files: list[File]

    @property
    def is_draft(self) -> bool:
        """Tell whether nothing was deposited yet."""
        return self.snapshot is None

    @property
    def is_erased(self) -> bool:
        """Tell whether the content went at its date; its digest remains."""
        return self.snapshot is not None and not self.snapshot.content


def deposit_of(known: Known) -> Deposit:
    """Return the last deposit of a dossier (two queries); before any, the draft of whoever enters it.

    What the applicant goes on writing after a deposit is not read here: a judgement rests on what was sent.
    """
    dossier = known.dossier
    snapshot = dossier.snapshots.first()
    review = review_of_content(dossier.procedure, snapshot.content if snapshot else frozen_content(known))
    rows = {(row.sha256, row.name): row for row in dossier.attachments.all()}
    return Deposit(snapshot, review, [File(one, rows.get((one.sha256, one.name))) for one in review.files])


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for completion, its points in words."""

    asked_at: datetime
    answer_by: date | None
    answered_at: datetime | None
    points: list[Point]


def requests_of(dossier: Dossier) -> list[Asked]:
    """Return the requests for completion, the last one first (one query)."""
    return [
        Asked(row.asked_at, row.answer_by, row.answered_at, points_of(dossier.procedure, row.points))
        for row in dossier.completion_requests.all()
    ]
