"""The evaluator of a dossier: an outside person named by who associates, where the procedure expects a report of one.

They come in by their own account, read the dossier once it is granted, and make the moves of an evaluator.
"""

from datetime import datetime

from projects.access import holdings_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.mails import News, tell_people
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.models import Dossier, JournalEntry, Participation
from projects.opinions.recipients import account_of
from projects.procedures.conditions import Refusal
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Party
from projects.rights.predicates import parties
from projects.rights.table import APPLICANT_SIDE, Act

NAMED = News(
    "Vous évaluez un projet",
    ("Une agence vous désigne comme évaluateur d'un dossier : vous pouvez le lire et y remettre votre rapport.",),
)


def expects_evaluator(procedure: Procedure) -> bool:
    """Tell whether a procedure has something for an evaluator to do."""
    return any(Party.EVALUATOR in move.by for move in procedure.moves)


def evaluators(dossier: Dossier) -> list[Participation]:
    """Return who evaluates now (one query)."""
    rows = dossier.participations.current().filter(capacity=Party.EVALUATOR).exclude(user=None)
    return list(rows.select_related("user"))


def name_evaluator(dossier_id: int, email: str, actor: Actor, at: datetime) -> Participation:
    """Let somebody evaluate a dossier, by the confirmed address of their account; the same one twice is one.

    Raises :class:`Refused` where nobody has that address, where they carry or judge the dossier, or stepped back.
    """
    with act_on(dossier_id, Act.ASSOCIATE, actor, at) as desk:
        dossier = desk.dossier
        if not expects_evaluator(dossier.procedure):
            raise NotAllowed
        user = account_of(email)
        if user is None:
            raise _refused("unknown", "Aucun compte n'a cette adresse confirmée : la personne doit d'abord s'inscrire.")
        held = parties(holdings_of(user, at), dossier)
        if held & APPLICANT_SIDE:
            raise _refused("own", "Cette personne est du côté du porteur : elle ne peut pas évaluer son projet.")
        if held - {Party.EVALUATOR}:
            raise _refused("judge", "Cette personne instruit ou juge ce dossier : l'évaluateur est extérieur.")
        if dossier.recusals.filter(user=user).exists():
            raise _refused("recused", "Cette personne s'est déportée de ce dossier.")
        row, is_new = dossier.participations.get_or_create(
            capacity=Party.EVALUATOR, user=user, body=None, until=None, defaults={"since": at}
        )
        if is_new:
            entry = desk.write(JournalEntry.Kind.ASSOCIATED, {"capacity": Party.EVALUATOR})
            tell_people(dossier, entry, NAMED, [user], at)
        return row


def end_evaluation(dossier_id: int, number: int, actor: Actor, at: datetime) -> None:
    """End somebody's part as an evaluator; nothing changes where it is over already."""
    with act_on(dossier_id, Act.ASSOCIATE, actor, at) as desk:
        rows = desk.dossier.participations.current().filter(pk=number, capacity=Party.EVALUATOR)
        if rows.update(until=at):
            desk.write(JournalEntry.Kind.ASSOCIATED, {"capacity": Party.EVALUATOR, "ended": True})


def _refused(key: str, words: str) -> Refused:
    return Refused((Refusal(key, words),))
