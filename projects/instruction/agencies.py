"""Several agencies on one dossier: who leads, who reads and comments beside, and how the lead changes hands.

The leader is the body that instructs (``Dossier.body``): it decides. An associated agency reads and comments, and
decides nothing. The lead changes when the agency that is asked accepts it; clocks and journal go on as they are.
"""

from datetime import datetime

from django.db.models import QuerySet

from actors.models import Body
from projects.engine.door import NotAllowed, Refused
from projects.engine.mails import News, tell_agents, tell_applicants, tell_body
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.models import Dossier, JournalEntry, LeaderChange, OpinionRequest, Participation
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings
from projects.rights.table import APPLICANT_SIDE, Act

ASSOCIATED = JournalEntry.Kind.ASSOCIATED
GUEST = News("Votre agence est associée à un dossier", ("Votre agence lit désormais ce dossier et peut le commenter.",))
ASKED = News(
    "Votre agence est sollicitée pour piloter un dossier",
    ("Un responsable ou la direction de votre agence répond depuis la page « Agences » du dossier.",),
)
FOR_APPLICANTS = News(
    "Une autre agence suit votre dossier",
    ("L'agence qui instruit votre dossier a changé ; les délais et ce qui a été fait restent les mêmes.",),
)
NEW_LEADER = News(
    "Votre agence pilote un dossier", ("Votre agence instruit désormais ce dossier : le pilotage a changé.",)
)


def associated(dossier: Dossier) -> QuerySet[Participation]:
    """Return the agencies that are associated now."""
    return dossier.participations.current().filter(capacity=Party.ASSOCIATE).exclude(body=None)


def agencies_to_associate(dossier: Dossier) -> QuerySet[Body]:
    """Return the agencies that may still be associated."""
    taken = associated(dossier).values("body_id")
    return Body.objects.filter(kind=Body.Kind.AGENCY).exclude(pk__in=taken).exclude(pk=dossier.body_id)


def associate(dossier_id: int, body: Body, actor: Actor, at: datetime) -> Participation:
    """Let another agency read and comment a dossier; the same one twice is one.

    Raises :class:`NotAllowed`; :class:`Refused` for a confidential dossier (the row would open nothing), one that is
    not deposited here, a body that is no agency, or the one that leads.
    """
    with act_on(dossier_id, Act.ASSOCIATE, actor, at) as desk:
        return bring_in(desk, body)


def bring_in(desk: Desk, body: Body) -> Participation:
    """Associate an agency on a dossier that is locked already: see :func:`associate`."""
    dossier = desk.dossier
    if dossier.confidential or dossier.procedure.confidential:
        raise _refused("confidential", "Ce dossier est confidentiel : aucune autre agence ne le lit.")
    if dossier.deposited_at is None:
        raise _refused("not-here", "Ce dossier n'est pas déposé sur le portail : il n'y a rien à lire.")
    if body.kind != Body.Kind.AGENCY:
        raise _refused("not-an-agency", "Seule une agence régionale peut être associée.")
    if body.pk == dossier.body_id:
        raise _refused("leader", "Cette agence pilote déjà le dossier.")
    if known := associated(dossier).filter(body=body).first():
        # What an opinion let in stays once the agency is associated: the end of the opinion must not end it.
        OpinionRequest.objects.filter(participation=known).update(participation=None)
        return known
    row = dossier.participations.create(capacity=Party.ASSOCIATE, body=body, since=desk.at)
    entry = desk.write(ASSOCIATED, {"body": body.code, "capacity": Party.ASSOCIATE})
    tell_body(dossier, entry, body.pk, GUEST, desk.at)
    return row


def end_association(dossier_id: int, number: int, actor: Actor, at: datetime) -> bool:
    """End the part of an agency; False where it is over already. What it is asked to lead is withdrawn."""
    with act_on(dossier_id, Act.ASSOCIATE, actor, at) as desk:
        row = desk.dossier.participations.filter(pk=number, capacity=Party.ASSOCIATE).exclude(body=None).first()
        if row is None:
            raise NotAllowed
        if row.until is not None:
            return False
        _end(desk, row)
        desk.dossier.leader_changes.filter(answered_at=None, to_body=row.body_id).update(
            answered_at=at, answered_by=actor.user
        )
        return True


def ask_to_lead(dossier_id: int, body: Body, reason: str, actor: Actor, at: datetime) -> LeaderChange:
    """Ask an associated agency to lead, with a reason; nothing changes before it accepts.

    :class:`Refused` where it is not associated, or where another agency is being asked.
    """
    with act_on(dossier_id, Act.ASSOCIATE, actor, at) as desk:
        dossier = desk.dossier
        if dossier.body_id is None or not associated(dossier).filter(body=body).exists():
            raise _refused("not-associated", "Associez d'abord cette agence : elle doit pouvoir lire le dossier.")
        if dossier.leader_changes.filter(answered_at=None).exists():
            raise _refused("asked-already", "Une agence est déjà sollicitée : attendez sa réponse, ou retirez-la.")
        row = dossier.leader_changes.create(
            from_body=dossier.body, to_body=body, reason=reason, asked_at=at, asked_by=actor.user
        )
        data = {"lead": row.pk, "from": dossier.body.code, "to": body.code}
        tell_body(dossier, desk.write(ASSOCIATED, data, {"reason": reason}), body.pk, ASKED, at)
        return row


def may_answer(holdings: Holdings, change: LeaderChange) -> bool:
    """Tell whether somebody answers for the agency that is asked: a head of unit or its director."""
    return change.to_body_id in holdings.of("head_bodies") | holdings.of("director_bodies")


def answer_to_lead(dossier_id: int, *, accept: bool, actor: Actor, at: datetime) -> LeaderChange:
    """Accept or decline to lead. Accepted: the agency instructs from now on, and the one that did is associated.

    :class:`NotAllowed` for whoever does not answer for the agency that is asked, or where nothing is asked.
    """
    with act_on(dossier_id, Act.READ, actor, at) as desk:
        change = desk.dossier.leader_changes.filter(answered_at=None).select_related("to_body", "from_body").first()
        if change is None or desk.party in APPLICANT_SIDE or not may_answer(actor.holdings, change):
            raise NotAllowed
        change.answered_at, change.answered_by, change.accepted = at, actor.user, accept
        change.save(update_fields=["answered_at", "answered_by", "accepted"])
        entry = desk.write(ASSOCIATED, {"lead": change.pk, "accepted": accept, "to": change.to_body.code})
        if accept:
            _hand_over(desk, change)
            tell_agents(desk.dossier, entry, NEW_LEADER, at)
            tell_applicants(desk.dossier, entry, FOR_APPLICANTS, at)
        return change


def _hand_over(desk: Desk, change: LeaderChange) -> None:
    """Give the lead: the body and its region; stage, version and dates stay as they are."""
    dossier = desk.dossier
    for row in associated(dossier).filter(body=change.to_body):
        _end(desk, row)
    dossier.body, dossier.region_id = change.to_body, change.to_body.region_id
    dossier.save(update_fields=["body", "region"])
    bring_in(desk, change.from_body)


def _end(desk: Desk, row: Participation) -> None:
    row.until = desk.at
    row.save(update_fields=["until"])
    desk.write(ASSOCIATED, {"body": row.body.code, "capacity": row.capacity, "ended": True})


def _refused(key: str, words: str) -> Refused:
    return Refused((Refusal(key, words),))
