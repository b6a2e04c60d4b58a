"""The access that a request gives, and takes back: no more than what it gave.

A body or a person is brought in only once one of them has declared no interest. The row that this made goes when the
request ends or when the dossier is decided, unless a move of the procedure or another request rests on it.
"""

from datetime import datetime

from projects.models import Dossier, JournalEntry, OpinionRequest, Participation
from projects.procedures.vocabulary import Party


def give(asked: OpinionRequest, at: datetime) -> None:
    """Bring in whoever declared no interest: the person in their own name, or the body; the link needs nothing."""
    if asked.by_link or asked.participation_id is not None:
        return
    one = {"user": asked.user, "body": None} if asked.user_id else {"user": None, "body": asked.body}
    row, is_new = Participation.objects.get_or_create(
        dossier=asked.dossier, capacity=asked.capacity, until=None, **one, defaults={"since": at}
    )
    if is_new:
        asked.participation = row
        asked.save(update_fields=["participation"])


def take_back(asked: OpinionRequest) -> None:
    """Take back the access that a request gave, and kill its link; what something else rests on stays."""
    row, asked.participation, asked.token_digest, asked.expires_at = asked.participation, None, "", None
    asked.save(update_fields=["participation", "token_digest", "expires_at"])
    if row is None or _rests_on_a_move(row):
        return
    heir = _another(asked, row)
    if heir is not None:
        heir.participation = row
        heir.save(update_fields=["participation"])
    else:
        row.delete()


def _another(asked: OpinionRequest, row: Participation) -> OpinionRequest | None:
    """Return another request, not ended, by which the same person or body reads the dossier."""
    same = {"user": row.user_id} if row.user_id else {"user": None, "email": "", "body": row.body_id}
    others = OpinionRequest.objects.filter(dossier=row.dossier_id, capacity=row.capacity, ended_at=None, **same)
    return others.exclude(pk=asked.pk).filter(declarations__has_interest=False).first()


def _rests_on_a_move(row: Participation) -> bool:
    """Tell whether a move handed the dossier to this sort of body: the procedure counts on it from then on."""
    dossier: Dossier = row.dossier
    handing = {move.key for move in dossier.procedure.moves if move.hands_to == Party(row.capacity)}
    made = dossier.journal.filter(kind=JournalEntry.Kind.MOVE, move__in=handing) if handing else None
    return made is not None and row.user_id is None and made.exists()


def must_declare_first(dossier: Dossier, user: int, bodies: frozenset[int]) -> bool:
    """Tell whether a body's member, let in by a request alone, has not declared their own interests yet (two queries).

    A colleague who declared brought the body in; each one who reads declares for themself.
    """
    let_in = OpinionRequest.objects.filter(dossier=dossier, participation__body__in=bodies)
    if not let_in.exists():
        return False
    declared = OpinionRequest.objects.filter(dossier=dossier, declarations__user=user, declarations__has_interest=False)
    return not declared.exists()
