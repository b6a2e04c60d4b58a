"""What a jury gives once its marks are read: averages, spreads, ranks, and the line of an envelope."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import Sum

from projects.content.answers import money
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.engine.reading import FIELDS
from projects.engine.recording import act_on
from projects.judging.filled import Said, said_of
from projects.judging.revealing import GONE, is_chair, locked_jury, may_manage, refuse
from projects.judging.rules import (
    PLACE_WORDS,
    Line,
    Place,
    Ranked,
    Spread,
    against_envelope,
    ranking,
    spread_of,
)
from projects.models import Candidate, Dossier, JournalEntry, Judgement, Jury, MoneyLine
from projects.procedures.grids import Criterion
from projects.procedures.types import Move
from projects.procedures.vocabulary import MoneyKind
from projects.rights.holdings import Holdings
from projects.rights.predicates import party_for
from projects.rights.table import INSTRUCTING_SIDE, Act

PROPOSED_FIELD = "amount_granted"
"""The field of a proposal that says how much (``procedures/decision_moves.py``)."""


class Amounts(StrEnum):
    """Which amounts are set against the envelope."""

    ASKED = "demandes"
    PROPOSED = "proposes"


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier in the ranking. ``line`` is there where an envelope is simulated."""

    candidate: Candidate
    ranked: Ranked
    average: Spread | None
    criteria: tuple[tuple[Criterion, Spread | None], ...]
    filled: tuple[Said, ...]
    amount: Decimal | None
    line: Line | None
    moves: tuple[Move, ...]

    @property
    def dossier(self) -> Dossier:
        """Return the dossier."""
        return self.candidate.dossier

    @property
    def place(self) -> str:
        """Return in words on which side of the line it falls."""
        return PLACE_WORDS[self.line.place] if self.line else ""

    @property
    def is_partly(self) -> bool:
        """Tell whether the envelope pays a part of it."""
        return self.line is not None and self.line.place is Place.PARTLY


@dataclass(frozen=True, slots=True)
class Board:
    """The ranking as somebody may read it. ``hidden``: dossiers that are closed to them, still counted in ranks."""

    rows: tuple[Standing, ...]
    hidden: int
    cuts_ties: bool
    left: Decimal | None


def board_of(jury: Jury, holdings: Holdings, envelope: Decimal | None = None, kind: Amounts = Amounts.ASKED) -> Board:
    """Return the ranking of a jury (a fixed number of queries); :class:`NotAllowed` while its marks are sealed.

    Ranks are those of all dossiers. What somebody stepped back from is not shown to them; nor, then, are the sums
    that would tell its amount.
    """
    if jury.is_sealed:
        raise NotAllowed
    every = list(Candidate.objects.filter(jury=jury).exclude(dossier__macro__in=GONE))
    totals: dict[int, list[Decimal]] = defaultdict(list)
    counted = Judgement.objects.of_jury(jury).revealed().counted()
    for dossier, total in counted.values_list("dossier_id", "total"):
        totals[dossier].append(total)
    names = dict(Dossier.objects.filter(candidacies__jury=jury).values_list("pk", "reference"))
    averages = {one.dossier_id: spread_of(totals[one.dossier_id]) for one in every}
    marks = {names[one.dossier_id]: _mark(one, averages[one.dossier_id]) for one in every}
    ranked = {one.key: one for one in ranking(marks)}
    amounts = amounts_of(jury, kind)
    by_reference = {names[pk]: amount for pk, amount in amounts.items() if pk in names}
    lines, cuts = {}, False
    if envelope is not None:
        found, cuts = against_envelope(list(ranked.values()), by_reference, envelope)
        lines = {one.key: one for one in found}
    shown = _shown(jury, holdings)
    hidden = len(every) - len(shown)
    given = _given(jury, holdings)
    rows = [
        Standing(
            candidate,
            ranked[candidate.dossier.reference],
            averages[candidate.dossier_id],
            _by_criterion(jury, given[candidate.dossier_id]),
            tuple(said_of(one) for one in given[candidate.dossier_id]),
            amounts.get(candidate.dossier_id),
            lines.get(candidate.dossier.reference),
            _moves(candidate.dossier, holdings),
        )
        for candidate in shown
    ]
    order = list(ranked)
    rows.sort(key=lambda row: order.index(row.dossier.reference))
    spent = sum((line.covered for line in lines.values()), Decimal(0))
    left = envelope - spent if envelope is not None and not hidden else None
    return Board(tuple(rows), hidden, cuts, left)


def amounts_of(jury: Jury, kind: Amounts) -> dict[int, Decimal]:
    """Return the amount of each dossier of a jury: what was asked, or what was last proposed (one query)."""
    dossiers = Candidate.objects.filter(jury=jury).values("dossier_id")
    if kind is Amounts.ASKED:
        rows = MoneyLine.objects.of_kind(MoneyKind.ASKED).filter(dossier__in=dossiers).order_by()
        return dict(rows.values_list("dossier_id").annotate(total=Sum("amount")))
    moves = JournalEntry.objects.filter(dossier__in=dossiers, move="propose", kind=JournalEntry.Kind.MOVE)
    found = {}
    for dossier, data in moves.order_by("seq").values_list("dossier_id", "data"):
        amount = money(str(data.get(FIELDS, {}).get(PROPOSED_FIELD) or ""))
        if amount is not None:
            found[dossier] = amount
    return found


def deliberate(jury_id: int, dossier_id: int, said: Mapping[str, object], actor: Actor, at: datetime) -> Candidate:
    """Write what the jury said of a dossier, once marks are read; ``said``: deliberation, final_mark, final_reason.

    Whoever chairs, or composes the jury. The journal holds that it was done. :class:`~projects.engine.door.Refused`
    before the reveal and after the closing.
    """
    with transaction.atomic():
        jury = locked_jury(jury_id)
        chairs = is_chair(jury, actor)
        if not (chairs or may_manage(actor.holdings, jury)):
            raise NotAllowed
        if jury.state != Jury.State.REVEALED:
            raise refuse("not-revealed", "On délibère une fois les notes révélées, et avant la clôture du jury.")
        candidate = Candidate.objects.filter(jury=jury, dossier=dossier_id).first()
        if candidate is None:
            raise NotAllowed
        with act_on(dossier_id, Act.MARK if chairs else Act.NOTE, actor, at) as desk:
            for name in ("deliberation", "final_mark", "final_reason"):
                setattr(candidate, name, said[name])
            candidate.deliberated_at = at
            candidate.save(update_fields=["deliberation", "final_mark", "final_reason", "deliberated_at"])
            desk.write(JournalEntry.Kind.MARKED, {"jury": jury.pk, "deliberated": True})
    return candidate


def _mark(candidate: Candidate, average: Spread | None) -> Decimal | None:
    if candidate.final_mark is not None:
        return candidate.final_mark
    return average.mean if average else None


def _shown(jury: Jury, holdings: Holdings) -> list[Candidate]:
    rows = Candidate.objects.filter(jury=jury, dossier__in=Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE))
    rows = rows.exclude(dossier__macro__in=GONE).select_related("dossier__project", "dossier__organisation")
    return list(rows.prefetch_related("dossier__participations", "dossier__recusals"))


def _given(jury: Jury, holdings: Holdings) -> dict[int, list[Judgement]]:
    rows = Judgement.objects.of_jury(jury).readable_by(holdings).counted().select_related("user", "grid")
    found = defaultdict(list)
    for one in rows.order_by("given_at", "pk"):
        found[one.dossier_id].append(one)
    return found


def _by_criterion(jury: Jury, given: list[Judgement]) -> tuple[tuple[Criterion, Spread | None], ...]:
    return tuple(
        (one, spread_of(Decimal(row.marks[one.key]) for row in given if one.key in row.marks))
        for one in jury.grid.grid.criteria
    )


def _moves(dossier: Dossier, holdings: Holdings) -> tuple[Move, ...]:
    return tuple(move for move in dossier.procedure.moves_from(dossier.stage) if party_for(move, holdings, dossier))
