"""What the page of a dossier shows to those who instruct: the frozen deposit, its files as they are now, requests."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import User
from projects.access import impartial
from projects.depositing.completion import Point, points_of
from projects.depositing.review import PAYERS, Joined, Review, review_of_content
from projects.engine.reading import Known, frozen_content
from projects.instruction.judging import JudgedPlan, plan_of
from projects.models import Absence, Assignment, Attachment, Dossier, Snapshot
from projects.rights.holdings import Holdings
from projects.rights.table import INSTRUCTING_SIDE


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
    plan: JudgedPlan

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
    review = review_of_content(dossier.procedure, content)
    plan = plan_of(dossier.procedure, content, review.financing, PAYERS)
    rows = {(row.sha256, row.name): row for row in dossier.attachments.all()}
    return Deposit(snapshot, review, [File(one, rows.get((one.sha256, one.name))) for one in review.files], plan)


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


@dataclass(frozen=True, slots=True)
class InCharge:
    """To whom a dossier is entrusted. ``away_until``: the last day of an absence; ``deputy``: who stands in meanwhile.

    ``is_impartial``: whether they may instruct it; whoever joined the applicant's side may not, nor stand in.
    """

    row: Assignment
    deputy: User | None = None
    away_until: date | None = None
    is_impartial: bool = True


def in_charge(dossier: Dossier, at: datetime) -> list[InCharge]:
    """Return the pair to whom a dossier is entrusted, the one who leads first (two queries)."""
    rows = dossier.assignments.current(at).select_related("user")
    pair = list(rows.annotate(may_instruct=_may_instruct(dossier, "user_id")))
    on = timezone.localtime(at).date()
    absent = Absence.objects.current(on).filter(body=dossier.body_id, user__in=[row.user_id for row in pair])
    absent = absent.annotate(may_stand_in=_may_instruct(dossier, "deputy_id")).select_related("deputy")
    away = {row.user_id: row for row in absent} if pair else {}
    found = []
    for row in pair:
        absence = away.get(row.user_id)
        deputy = absence.deputy if absence and absence.may_stand_in else None
        found.append(InCharge(row, deputy, absence.until if absence else None, row.may_instruct))
    return found


def _may_instruct(dossier: Dossier, person: str) -> Exists:
    return Exists(impartial(User.objects.filter(pk=OuterRef(person)), dossier.pk))


MOST_BESIDE = 50
"""Other dossiers named on a page: beyond, the list finds them."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What else this person may read of the same project, and of the same organisation."""

    project: list[Dossier]
    organisation: list[Dossier]


def beside(dossier: Dossier, holdings: Holdings) -> Beside:
    """Return the other dossiers that a person instructs of the same project or organisation (one query).

    What they would read as an applicant is not among them: it is their own business.
    """
    near = Q(project=dossier.project_id)
    if dossier.organisation_id:
        near |= Q(organisation=dossier.organisation_id)
    rows = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE).filter(near).exclude(pk=dossier.pk).with_names()
    found = list(rows[:MOST_BESIDE])
    return Beside(
        [one for one in found if one.project_id == dossier.project_id],
        [one for one in found if one.project_id != dossier.project_id],
    )
