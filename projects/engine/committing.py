"""Writing a version of the payment schedule with the act that caused it, and what it commits year by year.

Called under the lock of the dossier. The envelopes are locked too: two dossiers never take the same money.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from projects.engine.envelopes import Pot, Scope, balances, is_beyond, pot_of
from projects.engine.money import Amount, move_money
from projects.engine.schedule import Row, by_year, differences, euros
from projects.models import Dossier, Envelope, Instalment, JournalEntry, MoneyLine, PaymentSchedule
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Macro, MoneyKind

SUMMED = (MoneyKind.COMMITTED, MoneyKind.PAID, MoneyKind.RECOVERED)
"""The amounts of which envelopes are told."""


def row_of(one: Instalment) -> Row:
    """Return a row of a schedule as rules see it."""
    return Row(one.rank, one.year, one.kind, one.amount, one.due_on, one.condition, one.indicator_id, one.target)


def number_of(dossier: Dossier) -> int:
    """Return the number of the schedule in force; 0 without any (one query)."""
    last = dossier.schedules.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def used_ranks(dossier: Dossier) -> QuerySet:
    """Return every number that a row of any version had."""
    return Instalment.objects.filter(schedule__dossier=dossier).values_list("rank", flat=True)


def write_version(
    dossier: Dossier, entry: JournalEntry, number: int, rows: Sequence[Row], before: Sequence[Row]
) -> PaymentSchedule:
    """Write a version of the schedule, and as committed what differs from the one before, year by year."""
    schedule = PaymentSchedule.objects.create(dossier=dossier, entry=entry, number=number, written_at=entry.at)
    Instalment.objects.bulk_create(
        Instalment(
            schedule=schedule, rank=row.rank, year=row.year, kind=row.kind, amount=row.amount, due_on=row.due_on,
            condition=row.condition, indicator_id=row.indicator, target=row.target,
        )
        for row in rows
    )  # fmt: skip
    day = timezone.localtime(entry.at).date()
    moved = differences(by_year(before), by_year(rows))
    amounts = [Amount(MoneyKind.COMMITTED, year, amount, day) for year, amount in moved.items()]
    move_money(dossier, amounts, entry)
    return schedule


def in_force(bodies: Iterable[int], day: date) -> QuerySet[Envelope]:
    """Return the envelopes of administrations that are in force on a day, the oldest first."""
    return Envelope.objects.in_force(day).filter(body__in=list(bodies)).order_by("year", "valid_from", "pk")


def pot(one: Envelope) -> Pot:
    """Return an envelope as rules see it."""
    return Pot(one.pk, one.body_id, one.year, one.amount, one.lever_id, one.call_id)


def locked_pots(bodies: Iterable[int], years: Iterable[int], day: date) -> list[Pot]:
    """Return envelopes, locked until the end of the transaction (one query)."""
    return [pot(one) for one in in_force(bodies, day).filter(year__in=list(years)).select_for_update(no_key=True)]


def sums_of_bodies(bodies: Iterable[int], years: Iterable[int]) -> dict[Scope, tuple[Decimal, Decimal]]:
    """Return what was committed, and paid less what came back, by administration, year, lever and call (one query).

    An aid that was given up commits nothing any more; what was paid of it still counts.
    """
    committed = Q(kind=MoneyKind.COMMITTED) & ~Q(dossier__macro=Macro.WITHDRAWN)
    rows = (
        MoneyLine.objects.filter(dossier__body__in=list(bodies), year__in=list(years))
        .order_by()
        .values_list("dossier__body", "year", "dossier__lever", "dossier__call")
        .annotate(
            committed=Sum("amount", filter=committed),
            paid=Sum("amount", filter=Q(kind=MoneyKind.PAID)),
            recovered=Sum("amount", filter=Q(kind=MoneyKind.RECOVERED)),
        )
    )
    zero = Decimal()
    return {Scope(*scope): (done or zero, (paid or zero) - (back or zero)) for *scope, done, paid, back in rows}


def numbers_of_bodies(bodies: Iterable[int], years: Iterable[int]) -> dict[Scope, int]:
    """Return for how many dossiers the sums of :func:`sums_of_bodies` stand (one query)."""
    rows = MoneyLine.objects.filter(dossier__body__in=list(bodies), year__in=list(years), kind__in=SUMMED).order_by()
    found = rows.values_list("dossier__body", "year", "dossier__lever", "dossier__call")
    return {Scope(*scope): n for *scope, n in found.annotate(n=Count("dossier", distinct=True))}


def beyond_envelopes(
    dossier: Dossier, before: Sequence[Row], after: Sequence[Row], at: datetime
) -> tuple[Refusal, ...]:
    """Return what a schedule would commit past an envelope, year by year; a year without envelope is not refused."""
    moved = differences(by_year(before), by_year(after))
    if dossier.body_id is None or not moved:
        return ()
    day = timezone.localtime(at).date()
    pots = locked_pots([dossier.body_id], moved, day)
    on_pots = {one.pot.key: one for one in balances(pots, sums_of_bodies([dossier.body_id], moved)) if one.pot}
    found = []
    for year, wanted in moved.items():
        one = pot_of(pots, Scope(dossier.body_id, year, dossier.lever_id, dossier.call_id))
        if one is None or not is_beyond(one.amount, on_pots[one.key].committed, wanted):
            continue
        left = max(on_pots[one.key].left, Decimal())
        words = f"Enveloppe {year} : il reste {euros(left)}, et l'échéancier en engagerait {euros(wanted)} de plus."
        found.append(Refusal("beyond-envelope", words))
    return tuple(found)
