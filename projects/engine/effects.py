"""What follows a move, as its attributes say: a frozen deposit, a request, a body brought in, mails.

All of it in the transaction of the move.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Body
from projects.engine.amending import apply_amendment
from projects.engine.decisions import notify
from projects.engine.facets import write_facets
from projects.engine.mails import tell_of_move
from projects.engine.money import amounts_of, move_money
from projects.engine.people import Actor
from projects.engine.reading import Known, digest_of_content, known_after
from projects.engine.register import follow_register
from projects.engine.spans import pass_stage
from projects.models import CompletionRequest, Dossier, JournalEntry, OutsideDeposit, Participation, Snapshot
from projects.procedures.types import Move
from projects.procedures.vocabulary import Macro, Party

KINDS: Mapping[Party, Body.Kind] = {
    Party.RAPPORTEUR: Body.Kind.RAPPORTEUR,
    Party.DGOS: Body.Kind.DGOS,
    Party.CNSA: Body.Kind.CNSA,
    Party.DEPARTMENT: Body.Kind.DEPARTMENT,
    Party.INSURANCE: Body.Kind.INSURANCE,
    Party.GRADES: Body.Kind.GRADES,
}
"""Which kind of body a party speaks for."""


ONCE_GRANTED = frozenset({Macro.GRANTED, Macro.RUNNING, Macro.OPINION, Macro.CLOSED})
"""Statuses at which a dossier may have an entry in the public register."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a deposit keeps: the content, and who deposited it, as what, before whom."""

    content: dict
    circumstances: dict


def follow(
    state: Known, move: Move, points: tuple[Mapping[str, str], ...], frozen: Frozen | None, entry: JournalEntry,
    actor: Actor,
) -> None:  # fmt: skip
    """Do what the attributes of a move ask for, in their order; mails last, since they speak of the rest.

    ``frozen``: what the move keeps, where it does.
    """
    dossier, at = state.dossier, state.facts.at
    pass_stage(dossier, entry)
    if frozen:
        freeze(dossier, frozen, entry)
    if move.opens_request:
        _open_request(dossier, points, state, entry, at)
    if move.closes_request:
        dossier.completion_requests.filter(answered_at=None).update(answered_at=at)
    if move.external:
        _record_outside(state, entry)
    if move.hands_to:
        _bring_in(dossier, move.hands_to, at)
    move_money(dossier, amounts_of(state, move, frozen.content if frozen else None, entry), entry)
    apply_amendment(dossier, move, state.entries, entry)
    if Macro(dossier.macro) in ONCE_GRANTED:
        follow_register(dossier, known_after(move, state.facts))
    decision = notify(dossier, move, entry)
    tell_of_move(dossier, move, entry, actor.user, at, decision)


def freeze(dossier: Dossier, frozen: Frozen, entry: JournalEntry) -> Snapshot:
    """Keep a dossier as it is, under a number: the reference and the rank of the deposit; and what sorts it."""
    write_facets(dossier, frozen.content)
    return Snapshot.objects.create(
        dossier=dossier,
        entry=entry,
        number=f"{dossier.reference}-{dossier.snapshots.count() + 1}",
        content=frozen.content,
        sha256=digest_of_content(frozen.content),
        circumstances=frozen.circumstances,
        taken_at=entry.at,
    )


def circumstances_of(dossier: Dossier, actor: Actor, entered: str = "", sender: str = "") -> dict:
    """Return in words who deposits, by which mandate, before whom: a receipt says the same years later.

    ``entered``: what is said of what an agent enters for somebody; ``sender``: whose name it bears.
    """
    user, organisation = actor.user, dossier.organisation
    member = user.memberships.filter(organisation=organisation).first() if user and organisation else None
    return {
        "by": str(user) if user else "",
        "mandate": member.mandate if member else "",
        "may_deposit": bool(member and member.may_deposit),
        "body": dossier.body.name if dossier.body_id else "",
        "lever": dossier.lever.title if dossier.lever_id else "",
        "call": dossier.call.title if dossier.call_id else "",
        "call_zone": dossier.call.time_zone if dossier.call_id else "",
        "region": dossier.region.code if dossier.region_id else "",
        "entered": entered,
    } | ({"sender": sender} if sender else {})


def _open_request(dossier: Dossier, points, state: Known, entry: JournalEntry, at: datetime) -> None:
    answer_by = state.facts.given.get("answer_by")
    CompletionRequest.objects.create(
        dossier=dossier,
        entry=entry,
        points=[dict(point) for point in points],
        asked_at=at,
        answer_by=answer_by if isinstance(answer_by, date) else None,
    )


def _record_outside(state: Known, entry: JournalEntry) -> None:
    """Write down a deposit made elsewhere: the fields ``place``, ``deposited_on``, ``receipt_number`` of the move."""
    given = state.facts.given
    on = given.get("deposited_on")
    OutsideDeposit.objects.create(
        dossier=state.dossier,
        entry=entry,
        place=str(given.get("place") or state.place.place)[:200],
        deposited_on=on if isinstance(on, date) else timezone.localtime(entry.at).date(),
        receipt_number=str(given.get("receipt_number") or "")[:100],
    )


def bodies_for(dossier: Dossier, party: Party) -> QuerySet[Body]:
    """Return the bodies that a dossier goes to: the national one, or that of its region or of its department."""
    bodies = Body.objects.filter(kind=KINDS[party])
    if party in (Party.INSURANCE, Party.GRADES):
        return bodies.filter(region=dossier.region_id)
    if party is Party.DEPARTMENT:
        return bodies.filter(department=dossier.organisation.department_id if dossier.organisation_id else None)
    return bodies


def _bring_in(dossier: Dossier, party: Party, at: datetime) -> None:
    """Give a part to the body that a dossier goes to."""
    for body in bodies_for(dossier, party):
        Participation.objects.get_or_create(
            dossier=dossier, capacity=party, body=body, user=None, until=None, defaults={"since": at}
        )
