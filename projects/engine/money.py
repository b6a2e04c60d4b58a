"""The amounts that an act moves: asked by a deposit, granted, paid or taken back by a move. Written once, with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from projects.content.answers import money
from projects.engine.reading import Known
from projects.models import Dossier, JournalEntry, MoneyLine
from projects.procedures.types import Move
from projects.procedures.vocabulary import MoneyKind

ASKED = "amount_asked"
"""The question, in any section, that asks for an amount here."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros, of a budget year."""

    kind: MoneyKind
    year: int
    amount: Decimal
    on: date


def amounts_of(state: Known, move: Move, content: Mapping | None, entry: JournalEntry) -> list[Amount]:
    """Return what a move moves. ``content``: what it freezes; a first deposit asks for what its plan asks here.

    Without a date of its own, an amount counts on the day of the act, in France. A field that the move itself asks for
    counts only as given with it: what an earlier one said (last year's balance) is not moved twice.
    """
    day = timezone.localtime(entry.at).date()
    own = {one.key for one in move.fields}
    values = {key: value for key, value in state.facts.records.items() if key not in own} | dict(state.facts.given)
    found = asked_in(content, day) if content and not move.external and _is_first(state.dossier) else []
    for one in move.money:
        amount = values.get(one.amount)
        if not isinstance(amount, Decimal) or not amount or (one.when is not None and not one.when.holds(values)):
            continue
        dated = values.get(one.on)
        on = dated if isinstance(dated, date) else day
        if one.in_place:
            amount -= state.dossier.money.filter(kind=one.kind).aggregate(total=Sum("amount"))["total"] or 0
        if amount:
            found.append(Amount(one.kind, on.year, amount, on))
    return found


def asked_in(content: Mapping, day: date) -> list[Amount]:
    """Return what a deposit asks of this lever, by year: the lines of its financing plan that are asked here.

    Where the plan has none, the amount that a question asks for, in the year of the deposit.
    """
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in content.get("financing", ()):
        if line["here"]:
            sums[int(line["year"] or day.year)] += Decimal(line["amount"])
    if not sums and (said := _said(content)):
        sums[day.year] = said
    return [Amount(MoneyKind.ASKED, year, amount, day) for year, amount in sorted(sums.items()) if amount]


def move_money(dossier: Dossier, amounts: Iterable[Amount], entry: JournalEntry) -> list[MoneyLine]:
    """Write amounts with the act that moves them; what is asked is held by the dossier too, for lists to sort by."""
    amounts = list(amounts)
    if asked := sum((one.amount for one in amounts if one.kind is MoneyKind.ASKED), Decimal()):
        dossier.asked = asked
        dossier.save(update_fields=["asked"])
    return MoneyLine.objects.bulk_create(
        MoneyLine(dossier=dossier, entry=entry, kind=one.kind, year=one.year, amount=one.amount, on=one.on)
        for one in amounts
    )


def _is_first(dossier: Dossier) -> bool:
    return not dossier.money.filter(kind=MoneyKind.ASKED).exists()


def _said(content: Mapping) -> Decimal | None:
    """Return the amount asked that was answered, where it was, as typed in the frozen content."""
    raw = next((one[ASKED] for one in content.get("answers", {}).values() if one.get(ASKED)), None)
    return money(str(raw)) if raw is not None else None
