"""Envelopes and what was committed and paid on them, read from the base: the same number of queries at any size."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from levers.models import Lever
from projects.engine.committing import in_force, numbers_of_bodies, pot, sums_of_bodies
from projects.engine.envelopes import Balance, Pot, Scope, balances
from projects.models import Envelope, MoneyLine
from projects.procedures.vocabulary import MoneyKind


@dataclass(frozen=True, slots=True)
class Line:
    """An envelope in words, with its amounts. ``amount`` and ``left`` are None where no envelope is known.

    ``dossiers``: for how many the sums stand, where they are to be counted; ``committed`` and ``paid`` are None where
    they are withheld.
    """

    body: str
    year: int
    what: str
    amount: Decimal | None
    committed: Decimal | None
    paid: Decimal | None
    left: Decimal | None
    source: str
    dossiers: int | None = None


def years_of(bodies: Iterable[int], today: date, counted: frozenset[int] = frozenset()) -> list[int]:
    """Return the budget years of which something is known, and this one, the last first (two queries).

    ``counted``: administrations whose amounts are told by :func:`lines_of` with numbers; a year is not told by them.
    """
    known = list(bodies)
    years = set(Envelope.objects.filter(body__in=known).order_by().values_list("year", flat=True).distinct())
    kinds = (MoneyKind.COMMITTED, MoneyKind.PAID)
    lines = MoneyLine.objects.filter(dossier__body__in=set(known) - counted, kind__in=kinds).order_by()
    return sorted({*years, *lines.values_list("year", flat=True).distinct(), today.year}, reverse=True)


def lines_of(bodies: Iterable, year: int, day: date, counted: frozenset[int] = frozenset()) -> list[Line]:
    """Return the envelopes of a year with their amounts, then what no envelope covers (three queries).

    ``counted``: administrations of which each line says for how many dossiers it stands (one query more).
    """
    names = {one.pk: one.name for one in bodies}
    rows = list(in_force(names, day).filter(year=year).select_related("lever", "call"))
    known = {one.pk: one for one in rows}
    pots = [pot(one) for one in rows]
    found = balances(pots, sums_of_bodies(names, [year]))
    labels = _labels([one.scope for one in found if one.pot is None])
    numbers = _numbers(pots, year, counted) if counted else {}
    lines = [
        replace(_line(one, names, known, labels), dossiers=numbers.get(one.scope, 0))
        if one.scope.body in counted
        else _line(one, names, known, labels)
        for one in found
    ]
    return sorted(lines, key=lambda line: (line.body, line.amount is None, line.what))


def _numbers(pots: list[Pot], year: int, bodies: frozenset[int]) -> dict[Scope, int]:
    """Return for how many dossiers each line stands: they are shared out among envelopes as amounts are."""
    numbers = {scope: (Decimal(n), Decimal()) for scope, n in numbers_of_bodies(bodies, [year]).items()}
    return {one.scope: int(one.committed) for one in balances(pots, numbers)}


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
