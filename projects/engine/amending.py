"""Whether an amendment that was prepared may be signed, and what its signature changes.

Nothing that is dated is written over: the amount moves by the difference, the
schedule takes another version, the years commit what differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from projects.engine.amended import Amended, prepared
from projects.engine.committing import beyond_envelopes, number_of, row_of, write_version
from projects.engine.paying import instalments_of, paid_ranks
from projects.engine.schedule import as_new, problems
from projects.models import Dossier, JournalEntry
from projects.procedures.conditions import Refusal
from projects.procedures.types import Facts, Move
from projects.procedures.vocabulary import Value

MOVED_ON = Refusal(
    "schedule-moved",
    "L'échéancier ou les versements ont changé depuis que l'avenant est préparé : l'instructeur le reprend d'abord.",
)
PAST = Refusal("end-past", "La nouvelle fin est déjà passée : un avenant ne change que ce qui reste à venir.")
NOTHING = Refusal("nothing-changes", "L'avenant ne change rien : ni montant, ni fin, ni ligne de l'échéancier.")


def problems_of(
    dossier: Dossier, amended: Amended, known: Mapping[str, Value], paid: Decimal, entries: Sequence[JournalEntry],
    at: datetime,
) -> tuple[Refusal, ...]:  # fmt: skip
    """Return why an amendment may not be: less than what was paid, past an envelope, a schedule that is none.

    ``known``: the records before it. The envelopes are locked until the end of the transaction.
    """
    found = []
    before = [row_of(one) for one in instalments_of(dossier)]
    if amended.amount < paid:
        found.append(Refusal("not-below-paid", "Le nouveau montant est inférieur à ce qui est déjà versé."))
    if amended.ends_on != known.get("exercise_ends_on") and amended.ends_on < timezone.localtime(at).date():
        found.append(PAST)
    same = (known.get("amount_granted"), known.get("amount_per_year"), known.get("exercise_ends_on"))
    if (amended.amount, amended.per_year, amended.ends_on) == same and set(amended.rows) == set(before):
        found.append(NOTHING)
    if before or amended.rows:
        wrong = problems(amended.rows, amended.amount, before, paid_ranks(entries))
        found += [Refusal("schedule", words) for words in wrong]
        found += beyond_envelopes(dossier, before, amended.rows, at)
    return tuple(found)


def unfit(dossier: Dossier, move: Move, entries: Sequence[JournalEntry], facts: Facts) -> tuple[Refusal, ...]:
    """Return why the amendment that waits may not be signed as it is; nothing for a move that signs none."""
    waiting = prepared(entries) if move.amends else None
    if waiting is None:
        return ()
    if waiting.schedule != number_of(dossier):
        return (MOVED_ON,)
    known = {one.rank for one in instalments_of(dossier)}
    amended = replace(waiting.amended, rows=as_new(waiting.amended.rows, known))
    return problems_of(dossier, amended, facts.records, facts.paid, entries, facts.at)


def apply_amendment(dossier: Dossier, move: Move, entries: Sequence[JournalEntry], entry: JournalEntry) -> None:
    """Write the version of the schedule that an amendment brings in, with the act that signed it."""
    waiting = prepared(entries) if move.amends else None
    if waiting is None or not waiting.amended.rows:
        return
    before = [row_of(one) for one in instalments_of(dossier)]
    if list(waiting.amended.rows) != before:
        write_version(dossier, entry, waiting.schedule + 1, waiting.amended.rows, before)
