"""Writing a payment schedule: a new version closes the one before, and commits what changes year by year."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from projects.engine.door import Refused
from projects.engine.mails import News, tell_applicants
from projects.engine.money import Amount, move_money
from projects.engine.paying import AFTER_A_GRANT, instalments_of, paid_ranks, sums_of
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.following.budget import locked_pots, sums_of_bodies
from projects.following.envelopes import Scope, balances, is_beyond, pot_of
from projects.following.schedule import Row, by_year, differences, euros, numbered, problems
from projects.models import Instalment, JournalEntry, PaymentSchedule
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import MoneyKind
from projects.rights.table import Act

WRITTEN = News(
    "L'échéancier des versements est écrit", ("L'agence a écrit l'échéancier des versements de votre aide.",)
)

NOT_GRANTED = Refusal("not-granted", "Aucun montant n'est accordé : il n'y a rien à verser.")
CHANGED = Refusal(
    "changed", "Quelqu'un a écrit une autre version pendant que vous écriviez la vôtre. Relisez-la, puis enregistrez."
)


def row_of(one: Instalment) -> Row:
    """Return a row of a schedule as rules see it."""
    return Row(one.rank, one.year, one.kind, one.amount, one.due_on, one.condition, one.indicator_id, one.target)


def number_of(dossier) -> int:
    """Return the number of the schedule in force; 0 without any (one query)."""
    last = dossier.schedules.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def write_schedule(dossier_id: int, rows: Sequence[Row], seen: int, actor: Actor, at: datetime) -> PaymentSchedule:
    """Write a version of the schedule, what it commits, its act and the mail that tells of it; return it.

    ``seen``: the number of the version that the page showed. Raises ``NotAllowed`` where the person may not, and
    ``Refused`` where the rows are no schedule, or commit more than an envelope has left. The envelopes are locked: two
    dossiers never take the same money.
    """
    with act_on(dossier_id, Act.SCHEDULE, actor, at) as desk:
        dossier = desk.dossier
        number = number_of(dossier)
        granted, _ = sums_of(dossier)
        if dossier.macro not in AFTER_A_GRANT or not granted:
            raise Refused((NOT_GRANTED,))
        if number != seen:
            raise Refused((CHANGED,))
        before = [row_of(one) for one in instalments_of(dossier)]
        paid = paid_ranks(dossier.journal.filter(kind=JournalEntry.Kind.MOVE))
        if found := problems(rows, granted, before, paid):
            raise Refused(tuple(Refusal("schedule", words) for words in found))
        used = Instalment.objects.filter(schedule__dossier=dossier).values_list("rank", flat=True)
        kept = numbered(rows, used)
        moved = differences(by_year(before), by_year(kept))
        if beyond := _beyond(desk, moved):
            raise Refused(beyond)
        return _write(desk, number + 1, kept, moved)


def _write(desk: Desk, number: int, rows: Sequence[Row], moved: dict[int, Decimal]) -> PaymentSchedule:
    said = [
        {
            "rank": row.rank,
            "year": row.year,
            "kind": str(row.kind),
            "amount": str(row.amount),
            "due_on": row.due_on.isoformat(),
            "indicator": row.indicator,
            "target": None if row.target is None else str(row.target),
        }
        for row in rows
    ]
    texts = {f"condition-{row.rank}": row.condition for row in rows if row.condition}
    entry = desk.write(JournalEntry.Kind.SCHEDULED, {"schedule": number, "rows": said}, texts)
    schedule = PaymentSchedule.objects.create(dossier=desk.dossier, entry=entry, number=number, written_at=desk.at)
    Instalment.objects.bulk_create(
        Instalment(
            schedule=schedule, rank=row.rank, year=row.year, kind=row.kind, amount=row.amount, due_on=row.due_on,
            condition=row.condition, indicator_id=row.indicator, target=row.target,
        )
        for row in rows
    )  # fmt: skip
    day = timezone.localtime(desk.at).date()
    amounts = [Amount(MoneyKind.COMMITTED, year, amount, day) for year, amount in moved.items()]
    move_money(desk.dossier, amounts, entry)
    tell_applicants(desk.dossier, entry, WRITTEN, desk.at)
    return schedule


def _beyond(desk: Desk, moved: dict[int, Decimal]) -> tuple[Refusal, ...]:
    """Return what would go past an envelope, year by year; a year without envelope is not refused."""
    dossier = desk.dossier
    if dossier.body_id is None or not moved:
        return ()
    day = timezone.localtime(desk.at).date()
    pots = locked_pots([dossier.body_id], moved, day)
    on_pots = {one.pot.key: one for one in balances(pots, sums_of_bodies([dossier.body_id], moved)) if one.pot}
    found = []
    for year, wanted in moved.items():
        pot = pot_of(pots, Scope(dossier.body_id, year, dossier.lever_id, dossier.call_id))
        if pot is None or not is_beyond(pot.amount, on_pots[pot.key].committed, wanted):
            continue
        left = max(on_pots[pot.key].left, Decimal())
        words = f"Enveloppe {year} : il reste {euros(left)}, et l'échéancier en engagerait {euros(wanted)} de plus."
        found.append(Refusal("beyond-envelope", words))
    return tuple(found)
