"""Writing a payment schedule: a new version closes the one before, and commits what changes year by year."""

from collections.abc import Sequence
from datetime import datetime

from projects.engine.committing import beyond_envelopes, number_of, row_of, used_ranks, write_version
from projects.engine.door import Refused
from projects.engine.mails import News, tell_applicants
from projects.engine.paying import AFTER_A_GRANT, instalments_of, paid_ranks, sums_of
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.engine.schedule import Row, as_data, numbered, problems, words_of
from projects.letters.choosing import AGREEMENT, is_handed_over
from projects.models import JournalEntry, PaymentSchedule
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

WRITTEN = News(
    "L'échéancier des versements est écrit", ("L'agence a écrit l'échéancier des versements de votre aide.",)
)

NOT_GRANTED = Refusal("not-granted", "Aucun montant n'est accordé : il n'y a rien à verser.")
CHANGED = Refusal(
    "changed", "Quelqu'un a écrit une autre version pendant que vous écriviez la vôtre. Relisez-la, puis enregistrez."
)
SENT = Refusal(
    "agreement-sent",
    "La convention est envoyée avec cet échéancier : il ne change plus avant la signature. Reprenez d'abord la "
    "convention.",
)


def write_schedule(dossier_id: int, rows: Sequence[Row], seen: int, actor: Actor, at: datetime) -> PaymentSchedule:
    """Write a version of the schedule, what it commits, its act and the mail that tells of it; return it.

    ``seen``: the number of the version that the page showed. Raises ``NotAllowed`` where the person may not, and
    ``Refused`` where the rows are no schedule, or commit more than an envelope has left, or where the agreement that
    holds the one in force is out to be signed.
    """
    with act_on(dossier_id, Act.SCHEDULE, actor, at) as desk:
        dossier = desk.dossier
        number = number_of(dossier)
        granted, _ = sums_of(dossier)
        if dossier.macro not in AFTER_A_GRANT or not granted:
            raise Refused((NOT_GRANTED,))
        if is_handed_over(dossier.procedure, dossier.stage, AGREEMENT):
            raise Refused((SENT,))
        if number != seen:
            raise Refused((CHANGED,))
        before = [row_of(one) for one in instalments_of(dossier)]
        paid = paid_ranks(dossier.journal.filter(kind=JournalEntry.Kind.MOVE))
        if found := problems(rows, granted, before, paid):
            raise Refused(tuple(Refusal("schedule", words) for words in found))
        kept = numbered(rows, used_ranks(dossier))
        if beyond := beyond_envelopes(dossier, before, kept, at):
            raise Refused(beyond)
        entry = desk.write(JournalEntry.Kind.SCHEDULED, {"schedule": number + 1, "rows": as_data(kept)}, words_of(kept))
        schedule = write_version(dossier, entry, number + 1, kept, before)
        tell_applicants(dossier, entry, WRITTEN, at)
        return schedule
