"""Which agreements are published as essential data, and what stands in the way of others.

Published: every agreement that the agency signed with a legal person, whatever its amount (the law obliges above
23,000 € a year with a private body; a smaller or a public one is said all the same). Never: a confidential procedure,
a natural person, a receiver without SIRET.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from actors.models import Body, Organisation
from projects.engine.clock import FRANCE
from projects.engine.reading import FIELDS
from projects.following.essential import Agreement
from projects.models import Dossier, Instalment, JournalEntry, MoneyLine
from projects.procedures.vocabulary import MoneyKind

SIGNED = "sign-agreement"
"""The move by which the agency signs; the first one counts: what follows is an amendment."""


@dataclass(frozen=True, slots=True)
class Year:
    """The agreements of an administration in a year, and how many cannot be published, by reason."""

    agreements: list[Agreement]
    without_siret: list[str]
    people: int


def signed_in(body: Body, year: int) -> QuerySet[Dossier]:
    """Return the dossiers whose agreement was signed in a year, in France; never a confidential one."""
    begins, ends = (datetime.combine(date(one, 1, 1), time.min, FRANCE) for one in (year, year + 1))
    signed = JournalEntry.objects.filter(dossier=OuterRef("pk"), kind=JournalEntry.Kind.MOVE, move=SIGNED)
    found = Dossier.objects.filter(Exists(signed.filter(at__gte=begins, at__lt=ends)), body=body, confidential=False)
    found = found.exclude(Exists(signed.filter(at__lt=begins)))
    return found.select_related("project", "organisation").order_by("reference")


def years_of(body: Body) -> list[int]:
    """Return the years in which an administration signed, the last first (one query)."""
    moments = JournalEntry.objects.filter(dossier__body=body, kind=JournalEntry.Kind.MOVE, move=SIGNED).order_by()
    return sorted({timezone.localtime(at).year for at in moments.values_list("at", flat=True)}, reverse=True)


def agreements_of(body: Body, year: int) -> Year:
    """Return what is published of an administration in a year (four queries, whatever their number)."""
    dossiers = [one for one in signed_in(body, year) if not one.procedure.confidential]
    people = [one for one in dossiers if one.organisation is None or one.organisation.status == PERSON]
    alone = {one.pk for one in people}
    legal = [one for one in dossiers if one.pk not in alone]
    ready = [one for one in legal if one.organisation.siret]
    money, signed, payments, ends = _facts([one.pk for one in ready])
    return Year(
        [
            Agreement(
                payer=body.name,
                payer_siret=body.siret,
                signed_on=signed[one.pk],
                reference=one.reference,
                receiver=one.organisation.name,
                receiver_siret=one.organisation.siret,
                purpose=one.procedure.title if one.erased_at else one.project.title,
                amount=money.get(one.pk, Decimal()),
                payments=tuple(payments.get(one.pk, ())),
                ends_on=ends.get(one.pk),
            )
            for one in ready
        ],
        [one.reference for one in legal if not one.organisation.siret],
        len(people),
    )


PERSON = Organisation.Status.PERSON


def _facts(pks: Iterable[int]):
    """Return the amounts granted, the days of signing and of payments, the ends of exercises (three queries)."""
    known = list(pks)
    money: dict[int, Decimal] = {}
    for pk, amount in (
        MoneyLine.objects.of_kind(MoneyKind.GRANTED).filter(dossier__in=known).values_list("dossier", "amount")
    ):
        money[pk] = money.get(pk, Decimal()) + amount
    signed: dict[int, date] = {}
    ends: dict[int, date] = {}
    moves = JournalEntry.objects.filter(dossier__in=known, kind=JournalEntry.Kind.MOVE).order_by("seq")
    for pk, move, at, data in moves.values_list("dossier", "move", "at", "data"):
        if move == SIGNED:
            signed.setdefault(pk, timezone.localtime(at, FRANCE).date())
        given = data.get(FIELDS, {})
        if ends_on := given.get("corrected_ends_on") or given.get("exercise_ends_on"):
            ends[pk] = date.fromisoformat(ends_on)
    payments: dict[int, list[date]] = {}
    last: dict[int, int] = {}
    rows = Instalment.objects.filter(schedule__dossier__in=known).order_by("-schedule__number", "due_on")
    for pk, number, due_on in rows.values_list("schedule__dossier", "schedule__number", "due_on"):
        if last.setdefault(pk, number) == number:
            payments.setdefault(pk, []).append(due_on)
    return money, signed, payments, ends
