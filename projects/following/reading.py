"""Everything that the page « Suivi » says of a dossier, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from projects.engine.committing import row_of
from projects.engine.paying import instalments_by_dossier, instalments_of, paid_ranks
from projects.engine.reading import records
from projects.following.dues import STATES, Due, Known, dues_of
from projects.following.indicators import AGENCY, APPLICANT, Line, Said, lines_of
from projects.models import Dossier, EvaluationReport, Indicator, IndicatorValue, Instalment, JournalEntry
from projects.procedures.payments import is_reached
from projects.procedures.vocabulary import MONEY_LABELS, MoneyKind

BEGINNINGS = ("sign-agreement", "start")
"""The moves with which an action begins."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of the schedule in force: when and how much was paid of it, and whether its target is reached."""

    row: Instalment
    paid_on: date | None
    is_reached: bool
    paid: Decimal | None = None

    @property
    def is_reduced(self) -> bool:
        """Tell whether less was paid than planned: a balance, where less was spent."""
        return self.paid is not None and self.paid != self.row.amount


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator and its days, both sides beside one another."""

    indicator: Indicator
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Followed:
    """What follows the grant of a dossier."""

    granted: Decimal
    committed: Decimal
    paid: Decimal
    years: list[tuple[int, dict[str, Decimal]]]
    number: int
    planned: list[Planned]
    dues: list[tuple[Due, str]]
    measured: list[Measured]
    evaluations: list[EvaluationReport]

    @property
    def is_in_step(self) -> bool:
        """Tell whether the schedule plans what was granted; an amendment may have changed it."""
        return not self.planned or sum(one.row.amount for one in self.planned) == self.granted


def followed(dossier: Dossier, at: datetime) -> Followed:
    """Read what follows a grant (seven queries)."""
    entries = list(dossier.journal.filter(kind=JournalEntry.Kind.MOVE).order_by("seq").prefetch_related("texts"))
    rows = instalments_of(dossier)
    values = list(IndicatorValue.objects.filter(indicator__dossier=dossier))
    indicators = list(dossier.indicators.all())
    money = list(dossier.money.all())
    paid = paid_ranks(entries)
    last = {
        one.indicator_id: one.value
        for one in sorted(values, key=lambda v: (v.on, v.said_at, v.pk))
        if one.side == AGENCY
    }
    given = {one.entry_id: one.amount for one in money if one.kind == MoneyKind.PAID}
    planned = [
        Planned(row, _paid_on(act), _reached(row, last), given.get(act.pk) if act else None)
        for row in rows
        for act in (paid.get(row.rank),)
    ]
    sums = {kind: sum((one.amount for one in money if one.kind == kind), Decimal()) for kind in MoneyKind}
    lines = lines_of(Said(one.indicator_id, one.on, one.side, one.value, one.said_at) for one in values)
    today = timezone.localtime(at).date()
    owed = dues_of(dossier.procedure, _known(dossier, entries, planned, indicators, values))
    return Followed(
        granted=sums[MoneyKind.GRANTED],
        committed=sums[MoneyKind.COMMITTED],
        paid=sums[MoneyKind.PAID] - sums[MoneyKind.RECOVERED],
        years=_years(money),
        number=rows[0].schedule.number if rows else 0,
        planned=planned,
        dues=[(one, STATES[one.state(today)]) for one in owed],
        measured=[Measured(one, lines.get(one.pk, [])) for one in indicators],
        evaluations=list(dossier.evaluations.select_related("entry").prefetch_related("entry__papers")),
    )


def owed_by_each(dossiers: Collection[Dossier]) -> dict[int, list[Due]]:
    """Return what the applicants of some dossiers owe, by dossier (five queries, whatever their number)."""
    keys = [one.pk for one in dossiers]
    moves = JournalEntry.objects.filter(dossier__in=keys, kind=JournalEntry.Kind.MOVE).order_by("seq")
    entries = _by(moves.prefetch_related("texts"), lambda one: one.dossier_id)
    schedules = instalments_by_dossier(keys)
    indicators = _by(Indicator.objects.filter(dossier__in=keys), lambda one: one.dossier_id)
    said = IndicatorValue.objects.filter(indicator__dossier__in=keys).select_related("indicator")
    values = _by(said.order_by("on", "said_at", "pk"), lambda one: one.indicator.dossier_id)
    found = {}
    for one in dossiers:
        last = {value.indicator_id: value.value for value in values[one.pk] if value.side == AGENCY}
        planned = [Planned(row, None, _reached(row, last)) for row in schedules.get(one.pk, [])]
        known = _known(one, entries[one.pk], planned, indicators[one.pk], values[one.pk])
        found[one.pk] = dues_of(one.procedure, known)
    return found


def _by(rows: Iterable, key: Callable[[object], int]) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _known(dossier: Dossier, entries, planned: list[Planned], indicators, values) -> Known:
    began = [entry.at for entry in entries if entry.move in BEGINNINGS]
    told = {one.pk: [] for one in indicators}
    for value in values:
        if value.side == APPLICANT:
            told[value.indicator_id].append(value.on)
    return Known(
        records=records(dossier.procedure, entries),
        done=[entry.move for entry in entries],
        began_on=timezone.localtime(began[0]).date() if began else None,
        rows=[row_of(one.row) for one in planned],
        reached=frozenset(one.row.rank for one in planned if one.is_reached),
        told=told,
        labels={one.pk: one.label for one in indicators},
    )


def _paid_on(entry: JournalEntry | None) -> date | None:
    if entry is None:
        return None
    said = entry.data.get("fields", {}).get("paid_on")
    return date.fromisoformat(said) if said else timezone.localtime(entry.at).date()


def _reached(row: Instalment, last: dict[int, Decimal]) -> bool:
    if row.indicator is None:
        return False
    return is_reached(last.get(row.indicator_id), row.target, row.indicator.direction)


def _years(money) -> list[tuple[int, dict[str, Decimal]]]:
    kinds = (MoneyKind.GRANTED, MoneyKind.COMMITTED, MoneyKind.PAID, MoneyKind.RECOVERED)
    years = sorted({one.year for one in money if one.kind in kinds})
    return [
        (
            year,
            {
                MONEY_LABELS[kind]: sum(
                    (one.amount for one in money if (one.year, one.kind) == (year, kind)), Decimal()
                )
                for kind in kinds
            },
        )
        for year in years
    ]
