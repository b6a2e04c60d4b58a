"""What is known of the money of a dossier once it is granted: what was granted and paid, the schedule in force."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Sum

from projects.models import Dossier, IndicatorValue, Instalment, JournalEntry
from projects.procedures.funding import Scheduled
from projects.procedures.payments import INSTALMENT, is_reached
from projects.procedures.vocabulary import Macro, MoneyKind

AFTER_A_GRANT = frozenset({Macro.GRANTED, Macro.RUNNING})


def money_facts(dossier: Dossier, entries: Iterable[JournalEntry]) -> dict[str, object]:
    """Return what the rules of payments ask (two queries, three with use targets); nothing before a grant."""
    if dossier.macro not in AFTER_A_GRANT:
        return {}
    granted, paid = sums_of(dossier)
    return {"granted": granted, "paid": paid, "scheduled": scheduled(dossier, entries)}


def sums_of(dossier: Dossier) -> tuple[Decimal, Decimal]:
    """Return what was granted, and what was paid less what came back (one query)."""
    rows = dossier.money.order_by().values_list("kind").annotate(Sum("amount"))
    sums = dict(rows)
    paid = sums.get(MoneyKind.PAID, Decimal()) - sums.get(MoneyKind.RECOVERED, Decimal())
    return sums.get(MoneyKind.GRANTED, Decimal()), paid


def paid_ranks(entries: Iterable[JournalEntry]) -> dict[int, JournalEntry]:
    """Return the rows of the schedule that payments named, each with the act that paid it."""
    found = {}
    for entry in entries:
        rank = entry.data.get("fields", {}).get(INSTALMENT) if entry.kind == JournalEntry.Kind.MOVE else None
        if rank:
            found[int(rank)] = entry
    return found


def instalments_of(dossier: Dossier) -> list[Instalment]:
    """Return the rows of the schedule in force, in order (one query)."""
    return instalments_by_dossier([dossier.pk]).get(dossier.pk, [])


def instalments_by_dossier(keys: Collection[int]) -> dict[int, list[Instalment]]:
    """Return the rows of the schedules in force of some dossiers, in order (one query, whatever their number)."""
    rows = Instalment.objects.filter(schedule__dossier__in=keys).select_related("schedule", "indicator")
    found: dict[int, list[Instalment]] = {}
    for row in rows.order_by("-schedule__number", "due_on", "rank"):
        own = found.setdefault(row.schedule.dossier_id, [])
        if not own or own[0].schedule_id == row.schedule_id:
            own.append(row)
    return found


def scheduled(dossier: Dossier, entries: Iterable[JournalEntry]) -> tuple[Scheduled, ...]:
    """Return the schedule in force as the rules of payments see it."""
    rows = instalments_of(dossier)
    paid = paid_ranks(entries)
    waited = [row.indicator_id for row in rows if row.indicator_id]
    values = latest_of_agency(waited) if waited else {}
    return tuple(
        Scheduled(
            row.rank,
            row.amount,
            row.rank in paid,
            row.indicator_id is None or is_reached(values.get(row.indicator_id), row.target, row.indicator.direction),
            row.kind == Instalment.Kind.BALANCE,
        )
        for row in rows
    )


def latest_of_agency(indicators: Iterable[int]) -> dict[int, Decimal]:
    """Return the value of the last period that the agency gave of each indicator, as last corrected (one query)."""
    rows = IndicatorValue.objects.filter(indicator__in=list(indicators), side=IndicatorValue.Side.AGENCY)
    return {row.indicator_id: row.value for row in rows.order_by("on", "said_at", "pk")}
