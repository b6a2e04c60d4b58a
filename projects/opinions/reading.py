"""What the pages of opinions show: the requests of a dossier, those put to somebody, and what a link lets read."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q

from projects.engine.reading import known
from projects.instruction.reading import Deposit, deposit_of
from projects.models import Attachment, Dossier, InterestDeclaration, OpinionRequest, Paper
from projects.opinions.prefilling import Recording, recording_of
from projects.opinions.standing import WORDS, Standing, may_be_read, standing_of
from projects.papers.reading import of_opinions
from projects.rights.holdings import Holdings

HIDDEN = "Non communiqué : le porteur l'a signalé comme secret des affaires."

BADGES = {Standing.LATE: "warning", Standing.GIVEN: "success", Standing.READING: "info", Standing.WAITING: "info"}


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a list shows it. ``recording``: the move that may record it now; ``papers``: what was joined."""

    request: OpinionRequest
    standing: Standing
    recording: Recording | None = None
    papers: tuple[Paper, ...] = ()

    @property
    def words(self) -> str:
        """Return in words where it stands, and why it ended."""
        return WORDS.get(self.standing) or self.request.get_ending_display()

    @property
    def badge(self) -> str:
        """Return the kind of its badge."""
        return BADGES.get(self.standing, "")

    @property
    def waits(self) -> bool:
        """Tell whether an answer is still expected, as far as the request itself says."""
        return self.standing in (Standing.WAITING, Standing.READING, Standing.LATE)


def rows_of(dossier: Dossier, on: date, papers: list[Paper]) -> list[Row]:
    """Return the requests of a dossier, the last one first (one query), each with those of the documents it has."""
    joined = of_opinions(papers)
    declared = InterestDeclaration.objects.filter(request=OuterRef("pk"), has_interest=False)
    rows = dossier.opinion_requests.with_names().annotate(declared=Exists(declared))
    return [
        Row(
            one,
            standing_of(one, on, declared=one.declared),
            recording_of(dossier.procedure, dossier.stage, one.capacity) if one.answered_at else None,
            tuple(joined.get(one.pk, ())),
        )
        for one in rows
    ]


def counts_of(dossier: Dossier) -> tuple[int, int]:
    """Return how many opinions are expected, and how many were given (one query)."""
    waiting = Count("pk", filter=Q(ended_at=None, answered_at=None))
    found = dossier.opinion_requests.aggregate(waiting=waiting, given=Count("pk", filter=~Q(answered_at=None)))
    return found["waiting"], found["given"]


def put_to(holdings: Holdings, on: date) -> list[Row]:
    """Return what is asked of somebody, what waits first, then what was given and may still be read (one query)."""
    declared = InterestDeclaration.objects.filter(request=OuterRef("pk"), user=holdings.user, has_interest=False)
    rows = OpinionRequest.objects.addressed_to(holdings).filter(ended_at=None).annotate(declared=Exists(declared))
    rows = rows.select_related("dossier__project", "dossier__organisation", "dossier__body", "body", "user")
    found = [
        Row(one, standing_of(one, on, declared=one.declared))
        for one in rows.order_by("due_on", "pk")
        if may_be_read(one, one.dossier.macro)
    ]
    return sorted(found, key=lambda row: not row.waits)


def given_on(dossier: Dossier) -> list[OpinionRequest]:
    """Return the opinions given, confidential or not, the last one first: what a signatory weighs (one query)."""
    return list(dossier.opinion_requests.given().select_related("body").order_by("-answered_at", "-pk"))


def for_the_applicant(dossier: Dossier) -> list[OpinionRequest]:
    """Return the opinions that the applicant reads, the last one first; no expert is named (one query)."""
    return list(dossier.opinion_requests.for_the_applicant().select_related("body").order_by("-answered_at", "-pk"))


def deposit_for_link(request: OpinionRequest, at: datetime) -> Deposit:
    """Return the frozen deposit as whoever holds a link reads it: what is secret is hidden unless the request says so.

    A file is given only once the scanner found nothing in it.
    """
    deposit = deposit_of(known(request.dossier, at))
    if request.with_secrets:
        return deposit
    parts = tuple(
        replace(part, answers=tuple(replace(one, words=HIDDEN) if one.is_secret else one for one in part.answers))
        for part in deposit.review.parts
    )
    files = [one for one in deposit.files if not one.joined.is_secret]
    return replace(deposit, review=replace(deposit.review, parts=parts), files=files)


def file_for_link(request: OpinionRequest, public_id, at: datetime) -> Attachment | None:
    """Return a file of the deposit that a link may open: clean, and not hidden; None else."""
    files = deposit_for_link(request, at).files
    rows = (one.row for one in files if one.row is not None and one.row.public_id == public_id)
    return next((row for row in rows if row.scan == Attachment.Scan.CLEAN), None)
