"""Envelopes and what was committed and paid on them, read from the base: the same number of queries at any size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from levers.models import Lever
from projects.engine.committing import in_force, pot, sums_of_bodies
from projects.engine.envelopes import Balance, Scope, balances
from projects.models import Envelope, MoneyLine
from projects.procedures.vocabulary import MoneyKind


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
