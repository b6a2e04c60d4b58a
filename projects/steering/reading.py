"""What a page reads of the last counts: sums over the cells of one scope, kept by each process while they hold.

A run never changes and its stamp names it for ever: what was summed for it may be kept without ever being false.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from actors.models import Body
from projects.models import Dossier, Envelope, SteeringCell
from projects.rights.holdings import Holdings
from projects.steering.figures import Chosen, Figures, Standing

Block = SteeringCell.Block
KEPT = 256
EVERYTHING = Chosen()
SUMS = ("n", "late", "granted", "decided")


@lru_cache(maxsize=KEPT)
def figures(stamp: UUID, scope: str, chosen: Chosen) -> Figures:
    """Return the figures of a scope, as filtered (four queries, none once kept)."""
    rows = cells(stamp, scope, chosen)
    standing = rows.filter(block=Block.DOSSIERS).values_list("procedure", "stage", "macro", "lever", "department")
    answers = rows.filter(block=Block.FACETS).values_list("key", "value").annotate(n=Sum("n"))
    money = rows.filter(block=Block.MONEY).values_list("year", "key").annotate(cents=Sum("cents"))
    stage_days, decision_days = _histograms(rows)
    return Figures(
        standing=tuple(Standing(*row) for row in standing.annotate(*(Sum(name) for name in SUMS))),
        stage_days=stage_days,
        decision_days=decision_days,
        money={(year, kind): Decimal(cents) / 100 for year, kind, cents in money},
        answers={(name, value): n for name, value, n in answers},
    )


def cells(stamp: UUID, scope: str, chosen: Chosen = EVERYTHING) -> QuerySet[SteeringCell]:
    """Return the cells of a scope that the filters keep, without an order, ready to be summed."""
    wanted = {name: value for name, value in chosen._asdict().items() if value}
    return SteeringCell.objects.order_by().filter(run__stamp=stamp, scope=scope, **wanted)


def _histograms(rows: QuerySet[SteeringCell]) -> tuple[dict, dict]:
    """Return how many times each number of days was seen, by procedure and stage, and by procedure to a decision."""
    found = rows.filter(block__in=[Block.STAGE_DAYS, Block.DECISION_DAYS])
    stages, decisions = defaultdict(dict), defaultdict(dict)
    for block, key, stage, days, n in found.values_list("block", "procedure", "stage", "days").annotate(n=Sum("n")):
        if block == Block.STAGE_DAYS:
            stages[key, stage][days] = n
        else:
            decisions[key][days] = n
    return dict(stages), dict(decisions)


@lru_cache(maxsize=KEPT)
def values_of(stamp: UUID, scope: str) -> Mapping[str, tuple]:
    """Return the values that a filter may take in a scope, each in its order (one query, none once kept)."""
    rows = cells(stamp, scope).filter(block__in=[Block.DOSSIERS, Block.MONEY])
    found = set(rows.values_list("year", "lever", "call", "department").distinct())
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    named = zip(Chosen._fields, columns, strict=True)
    return {name: tuple(sorted({one for one in column if one})) for name, column in named}


def is_withheld_from(holdings: Holdings, body: Body | None) -> bool:
    """Tell whether a dossier that goes on and counts here is shut to somebody: as recused or applicant (one query)."""
    shut = _going_on(holdings)
    if body is not None:
        shut = shut.filter(Q(body=body) | Q(participations__body=body))
    return shut.exists()


def bodies_withheld_from(holdings: Holdings, bodies: Iterable[int]) -> frozenset[int]:
    """Return the administrations that instruct a dossier that goes on and is shut to somebody (one query)."""
    return frozenset(_going_on(holdings).filter(body__in=list(bodies)).order_by().values_list("body_id", flat=True))


def _going_on(holdings: Holdings) -> QuerySet[Dossier]:
    return Dossier.objects.shut_to(holdings).open().exclude(deposited_at=None)


def envelopes(body: int | None, chosen: Chosen, on: date) -> dict[int, Decimal]:
    """Return the envelopes in force on a day by budget year (one query); of every administration without ``body``."""
    rows = Envelope.objects.in_force(on).order_by()
    wanted = {
        "body": body, "year": chosen.year, "lever__slug": chosen.lever, "call__slug": chosen.call,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found: dict[int, Decimal] = defaultdict(Decimal)
    for year, amount in rows.values_list("year", "amount"):
        found[year] += amount
    return dict(found)
