"""What the page of a dossier shows to those who instruct: the frozen deposit, its files, points, messages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from projects.engine.reading import Known, frozen_content
from projects.instruction.summary import Part, Plan, Words, parts, piece_label, plan
from projects.models import Attachment, CompletionRequest, Dossier, FinancingLine, Message, Snapshot
from projects.procedures.types import Procedure

WORDS = Words(
    dict(FinancingLine.Expense.choices), dict(FinancingLine.Payer.choices), dict(FinancingLine.State.choices)
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a deposit. ``row``: the attachment as it is now, with the scanner's verdict; None once it is erased."""

    name: str
    piece: str
    size: int
    sha256: str
    secret: bool
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
    """What was deposited. Without ``snapshot`` nothing was: what is shown is a draft, which may still change."""

    snapshot: Snapshot | None
    parts: list[Part]
    plan: Plan
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
    content = snapshot.content if snapshot else frozen_content(known)
    procedure = dossier.procedure
    return Deposit(snapshot, parts(procedure, content), plan(content, WORDS), files(dossier, procedure, content))


def files(dossier: Dossier, procedure: Procedure, content: dict) -> list[File]:
    """Return the files of a deposit, each with its row where it still is (one query).

    The same content joined twice is told apart by its name; a file that was renamed since keeps its digest.
    """
    rows = {(row.sha256, row.name): row for row in dossier.attachments.all()}
    return [
        File(
            one["name"],
            piece_label(procedure, one["piece"]),
            one["size"],
            one["sha256"],
            one["secret"],
            rows.get((one["sha256"], one["name"])),
        )
        for one in content.get("files", ())
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for completion, its points in words."""

    asked_at: datetime
    answer_by: object
    answered_at: datetime | None
    points: list[tuple[str, str]]


def requests_of(dossier: Dossier) -> list[Asked]:
    """Return the requests for completion, the last one first (one query)."""
    rows: QuerySet[CompletionRequest] = dossier.completion_requests.all()
    return [
        Asked(row.asked_at, row.answer_by, row.answered_at, [named(dossier.procedure, one) for one in row.points])
        for row in rows
    ]


def named(procedure: Procedure, point: dict) -> tuple[str, str]:
    """Return what a point is about, in the words of the procedure, and what is asked."""
    if key := point.get("piece"):
        return piece_label(procedure, key), point["asked"]
    for section in procedure.sections:
        for question in section.questions:
            if (section.key, question.key) == (point.get("section"), point.get("question")):
                return question.label, point["asked"]
    return "Autre demande", point["asked"]


def messages_of(dossier: Dossier) -> QuerySet[Message]:
    """Return the messages in their order, with their authors (one query)."""
    return dossier.messages.select_related("author")
