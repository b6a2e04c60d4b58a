"""What a regional group for e-health (GRADeS) carries out, supervised by the agency (``003``, lines 291 to 294)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from projects.engine.reading import FIELDS
from projects.models import Dossier, JournalEntry, MoneyLine, StageSpan
from projects.procedures.vocabulary import Macro, MoneyKind
from projects.rights.holdings import Holdings
from projects.rights.table import INSTRUCTING_SIDE
from projects.steering.acts import Act, Acts, by_dossier, report_due

PROCEDURE = "grades-support"
MOVES = ("deliver-study", "report-use")


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the portfolio. ``report_due``: None unless it runs."""

    dossier: Dossier
    stage: str
    progress: str
    use: str
    reported_at: datetime | None
    report_due: datetime | None
    is_late: bool
    capacity: str
    indicators: str
    cost: Decimal | None
    money: Mapping[str, Decimal]


def portfolio(holdings: Holdings) -> QuerySet[Dossier]:
    """Return the projects that somebody may read as one who instructs, those that run first."""
    rows = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE).filter(procedure_key=PROCEDURE)
    rows = rows.exclude(deposited_at=None).select_related("project", "organisation", "body")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "staged_at", "pk")


def projects_of(dossiers: Iterable[Dossier], at: datetime) -> list[Project]:
    """Return what is told of some projects (four queries, whatever their number)."""
    dossiers = list(dossiers)
    numbers = [one.pk for one in dossiers]
    acts, money = acts_of(numbers, MOVES), money_of(numbers)
    running = StageSpan.objects.filter(dossier__in=numbers, macro=Macro.RUNNING).order_by("-version")
    began = dict(running.values_list("dossier_id", "entered_at"))
    return [_project(one, acts.get(one.pk, Acts()), money[one.pk], began.get(one.pk), at) for one in dossiers]


def _project(
    dossier: Dossier, acts: Acts, money: Mapping[str, Decimal], began: datetime | None, at: datetime
) -> Project:
    told, cost = acts.last("report-use"), acts.given("deliver-study", "cost")
    due = report_due(began, told.at if told else None) if dossier.macro == Macro.RUNNING else None
    return Project(
        dossier=dossier,
        stage=dossier.stage_now.agency_label,
        progress=acts.written("report-use", "progress"),
        use=acts.written("report-use", "use"),
        reported_at=told.at if told else None,
        report_due=due,
        is_late=due is not None and due <= at,
        capacity=acts.written("deliver-study", "capacity"),
        indicators=acts.written("deliver-study", "use_indicators"),
        cost=Decimal(str(cost)) if cost else None,
        money=money,
    )


def acts_of(numbers: list[int], moves: Iterable[str]) -> dict[int, Acts]:
    """Return the acts of some dossiers that are one of these moves, with their texts (two queries)."""
    rows = JournalEntry.objects.filter(dossier__in=numbers, kind=JournalEntry.Kind.MOVE, move__in=moves)
    return by_dossier(
        (
            one.dossier_id,
            Act(one.move, one.at, one.data.get(FIELDS, {}), {text.field: text.text for text in one.texts.all()}),
        )
        for one in rows.order_by("dossier_id", "seq").prefetch_related("texts")
    )


def money_of(numbers: list[int]) -> Mapping[int, dict[str, Decimal]]:
    """Return the amounts of some dossiers, by kind (one query)."""
    found: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(MoneyKind, Decimal(0)))
    for dossier, kind, amount in MoneyLine.objects.filter(dossier__in=numbers).values_list(
        "dossier_id", "kind", "amount"
    ):
        found[dossier][kind] += amount
    return found


def totals_of(dossiers: QuerySet[Dossier]) -> dict[str, Decimal]:
    """Return the amounts of a whole portfolio, by kind (one query)."""
    rows = MoneyLine.objects.filter(dossier__in=dossiers.order_by().values("pk")).order_by()
    found = dict(rows.values_list("kind").annotate(total=Sum("amount")))
    return {kind: Decimal(found.get(kind) or 0) for kind in MoneyKind}
