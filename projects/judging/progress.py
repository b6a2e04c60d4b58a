"""Where a jury stands: who marked what, and when; never a mark."""

from dataclasses import dataclass
from datetime import datetime

from projects.judging.revealing import GONE, missing_marks
from projects.models import Candidate, Dossier, Interest, Judgement, Juror, Jury
from projects.rights.holdings import Holdings
from projects.rights.table import INSTRUCTING_SIDE


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a jury: how many dossiers are marked, how many remain, from how many they stepped back."""

    juror: Juror
    marked: int
    left: int
    stepped_back: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Before:
    """A dossier before a jury. ``own``: whether the reader marked it; ``declared``: what they declared."""

    candidate: Candidate
    marked: int
    left: int
    own: bool
    declared: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """A jury as somebody may see it. ``hidden``: dossiers that are closed to them."""

    members: tuple[Member, ...]
    dossiers: tuple[Before, ...]
    hidden: int
    marked: int
    left: int

    @property
    def is_complete(self) -> bool:
        """Tell whether no mark is missing."""
        return not self.left and bool(self.marked)


def progress_of(jury: Jury, holdings: Holdings) -> Progress:
    """Return where a jury stands (a fixed number of queries)."""
    jurors = list(Juror.objects.filter(jury=jury, left_at=None).select_related("user"))
    every = Candidate.objects.filter(jury=jury)
    shown = list(
        every.filter(dossier__in=Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE))
        .select_related("dossier__project", "dossier__organisation")
        .order_by("dossier__project__title", "dossier__reference")
    )
    missing = missing_marks(jury)
    given = Judgement.objects.of_jury(jury).counted().values_list("user_id", "dossier_id", "given_at")
    marked = {(user, dossier): at for user, dossier, at in given}
    conflicts = Interest.objects.filter(candidate__jury=jury)
    said = list(conflicts.values_list("juror__user_id", "candidate__dossier_id", "conflict"))
    members = tuple(
        Member(
            one,
            sum(user == one.user_id for user, _ in marked),
            sum(user == one.user_id for user, _ in missing),
            sum(user == one.user_id and conflict for user, _, conflict in said),
            max((at for (user, _), at in marked.items() if user == one.user_id), default=None),
        )
        for one in jurors
    )
    own = {dossier for user, dossier in marked if user == holdings.user}
    declared = {dossier for user, dossier, _ in said if user == holdings.user}
    dossiers = tuple(
        Before(
            one,
            sum(dossier == one.dossier_id for _, dossier in marked),
            sum(dossier == one.dossier_id for _, dossier in missing),
            one.dossier_id in own,
            one.dossier_id in declared,
            one.dossier.macro in GONE,
        )
        for one in shown
    )
    return Progress(members, dossiers, every.count() - len(shown), len(marked), len(missing))
