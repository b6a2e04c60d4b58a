"""Announcing a project that an agency thinks of, taking it off the board, asking to read more, answering.

An agency announces in its own words; another one asks to read; the one that announced answers. Where there is a
dossier, accepting associates the agency that asked, by the one rule of associations: whoever may not do that on the
dossier does not do it here either.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.models import Body, Region
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.envisaged.letters import tell_of_answer, tell_of_request
from projects.instruction.agencies import bring_in
from projects.models import EnvisagedProject, ReadingRequest
from projects.rights.holdings import Holdings
from projects.rights.table import Act


def writing_bodies(holdings: Holdings) -> frozenset[int]:
    """Return the agencies for which somebody may announce and answer: as an officer or a head of unit there."""
    return (holdings.of("officer_bodies") | holdings.of("head_bodies")) & holdings.of("agency_bodies")


def reading_bodies(holdings: Holdings) -> frozenset[int]:
    """Return the agencies as whose staff somebody reads the board."""
    return holdings.of("agency_bodies")


def announce(row: EnvisagedProject, wanted: Iterable[Region], actor: Actor, at: datetime) -> EnvisagedProject:
    """Put a project on the board, or change what it says.

    Raises :class:`NotAllowed` where the person does not write for the agency, of before or of now;
    ``ValidationError`` for a confidential dossier, or for an address that looks like a person's.
    """
    with transaction.atomic():
        if row.pk:
            _mine(row.pk, actor)
        else:
            row.since, row.written_by = timezone.localtime(at).date(), actor.user
        if row.body_id not in writing_bodies(actor.holdings):
            raise NotAllowed
        row.full_clean()
        row.save()
        row.wanted.set(wanted)
        return row


def take_off(number: int, actor: Actor, at: datetime) -> bool:
    """Take a project off the board; False where it is off already."""
    with transaction.atomic():
        row = _mine(number, actor)
        if row.until is not None:
            return False
        row.until = timezone.localtime(at).date()
        row.save(update_fields=["until"])
        return True


def ask_to_read(number: int, body: Body, reason: str, actor: Actor, at: datetime) -> ReadingRequest:
    """Ask the agency that announced a project to read more of it; asking again while it thinks is the same request.

    The agency is told by a mail, once a request.
    """
    with transaction.atomic():
        row = EnvisagedProject.objects.select_for_update(of=("self",)).on_board().open().filter(pk=number).first()
        if row is None or row.body_id == body.pk or body.pk not in writing_bodies(actor.holdings):
            raise NotAllowed
        if known := row.requests.filter(body=body, answered_at=None).first():
            return known
        asked = row.requests.create(body=body, reason=reason, asked_by=actor.user, asked_at=at)
        tell_of_request(asked, at)
        return asked


def answer(number: int, *, accept: bool, words: str, actor: Actor, at: datetime) -> ReadingRequest:
    """Answer a request, once; who asked is told. Accepted, their agency is associated with the dossier if there is one.

    Raises :class:`NotAllowed`, ``Refused`` where the dossier cannot be read by another agency; nothing changes then.
    """
    with transaction.atomic():
        request = ReadingRequest.objects.select_for_update(of=("self",)).filter(pk=number, answered_at=None)
        row = request.select_related("envisaged__body", "body").first()
        if row is None or row.envisaged.body_id not in writing_bodies(actor.holdings):
            raise NotAllowed
        if accept and row.envisaged.dossier_id:
            with act_on(row.envisaged.dossier_id, Act.ASSOCIATE, actor, at) as desk:
                bring_in(desk, row.body)
        row.answered_at, row.answered_by, row.accepted, row.words = at, actor.user, accept, words
        row.save(update_fields=["answered_at", "answered_by", "accepted", "words"])
        tell_of_answer(row, at)
        return row


def _mine(number: int, actor: Actor) -> EnvisagedProject:
    """Return a project, locked, to somebody who writes for the agency that announced it."""
    row = EnvisagedProject.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None or row.body_id not in writing_bodies(actor.holdings):
        raise NotAllowed
    return row
