"""Envelopes and what was committed and paid on them, read from the base: the same number of queries at any size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from levers.models import Lever
from projects.following.envelopes import Balance, Pot, Scope, balances
from projects.models import Envelope, MoneyLine
from projects.procedures.vocabulary import Macro, MoneyKind


@dataclass(frozen=True, slots=True)
class Line:
    """An envelope in words, with its amounts. ``amount`` and ``left`` are None where no envelope is known."""

    body: str
    year: int
    what: str
    amount: Decimal | None
    committed: Decimal
    paid: Decimal
    left: Decimal | None
    source: str


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


def years_of(bodies: Iterable[int], today: date) -> list[int]:
    """Return the budget years of which something is known, and this one, the last first (two queries)."""
    known = list(bodies)
    years = set(Envelope.objects.filter(body__in=known).order_by().values_list("year", flat=True).distinct())
    kinds = (MoneyKind.COMMITTED, MoneyKind.PAID)
    lines = MoneyLine.objects.filter(dossier__body__in=known, kind__in=kinds).order_by()
    return sorted({*years, *lines.values_list("year", flat=True).distinct(), today.year}, reverse=True)


def lines_of(bodies: Iterable, year: int, day: date) -> list[Line]:
    """Return the envelopes of a year with their amounts, then what no envelope covers (three queries)."""
    names = {one.pk: one.name for one in bodies}
    rows = list(in_force(names, day).filter(year=year).select_related("lever", "call"))
    known = {one.pk: one for one in rows}
    found = balances([pot(one) for one in rows], sums_of_bodies(names, [year]))
    labels = _labels([one.scope for one in found if one.pot is None])
    lines = [_line(one, names, known, labels) for one in found]
    return sorted(lines, key=lambda line: (line.body, line.amount is None, line.what))


def _line(one: Balance, names: dict, known: dict[int, Envelope], labels: dict) -> Line:
    if one.pot is None:
        what, amount, source = labels[one.scope.lever], None, ""
    else:
        envelope = known[one.pot.key]
        target = envelope.call or envelope.lever
        what, amount, source = getattr(target, "short_name", "") or target.title, envelope.amount, envelope.source
    return Line(names[one.scope.body], one.scope.year, what, amount, one.committed, one.paid, one.left, source)


def _labels(scopes: Iterable[Scope]) -> dict[int | None, str]:
    """Return the words of the levers of amounts that no envelope covers (one query)."""
    wanted = {scope.lever for scope in scopes}

    found = dict(Lever.objects.filter(pk__in=wanted - {None}).values_list("pk", "short_name"))
    return {None: "Autre", **found}
