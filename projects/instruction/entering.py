"""Entering what somebody wrote, said on the telephone or came to say: a dossier that says by whom it was entered.

Two transactions under one key, drawn with the page. The first opens the project and its draft; the second makes the
move that records it. Where the second is refused the draft remains, visible to whoever enters it alone. Sent twice,
the form opens one dossier and records it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from actors.models import Organisation
from projects.content.answers import Raw
from projects.engine.door import NotAllowed, Refused, Request, advance
from projects.engine.opening import Target, open_dossier
from projects.engine.people import Actor
from projects.engine.reading import known
from projects.engine.recording import act_on
from projects.instruction.offers import refused_before
from projects.instruction.scope import entering_bodies
from projects.models import Dossier, JournalEntry, Project, Section, SectionVersion
from projects.procedures.catalogue import LATEST
from projects.procedures.conditions import RECEIVED_ON, Refusal
from projects.procedures.prepared import PREPARED_ELSEWHERE
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import Party, Scope
from projects.rights.table import Act

OWN = Refusal(
    "own", "Vous êtes membre de cet organisme : un collègue saisit la demande, et l'agence l'instruit sans vous."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wrote or said. ``organisation``: as known, or one that is not saved yet."""

    title: str
    target: Target
    organisation: Organisation
    origin: str
    received_on: date
    contact_email: str = ""
    answers: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)


def entering_moves(procedure: Procedure) -> list[Move]:
    """Return the moves by which an agent records what was received; several where answers say where it goes."""
    return [move for move in procedure.moves_from(procedure.initial.key) if Party.ENTERER in move.by]


def enterable() -> list[Procedure]:
    """Return the procedures in which an agent may enter something for somebody, by their titles.

    Not what is prepared here to be deposited elsewhere: what reached the agency was deposited with it.
    """
    offered = (one for one in LATEST.values() if entering_moves(one) and one.key != PREPARED_ELSEWHERE.key)
    return sorted(offered, key=lambda one: one.title)


def known_organisation(name: str, siret: str, region_id: int) -> Organisation | None:
    """Return the organisation that a SIRET names; without one, that which an agent wrote down before by this name.

    A name alone never reaches an organisation that has members or a number: it would show them what somebody told.
    """
    if siret:
        return Organisation.objects.filter(siret=siret).first()
    unclaimed = Organisation.objects.filter(name__iexact=name, region_id=region_id, siret="", rpps="", finess="")
    return unclaimed.filter(memberships=None).order_by("pk").first()


def open_told(told: Told, key: UUID, actor: Actor, at: datetime) -> Dossier:
    """Open the draft of what was told, and return it; under a key already used by the person, the one that is there.

    :class:`~projects.engine.door.NotAllowed` where the person does not instruct for the body;
    :class:`~projects.engine.door.Refused` where they are of the organisation: nobody enters for their own.
    """
    if told.target.body is None or told.target.body.pk not in entering_bodies(actor.holdings):
        raise NotAllowed
    if told.organisation.pk in actor.holdings.of("organisations"):
        raise Refused((OWN,))
    with transaction.atomic():
        project, is_new = Project.objects.get_or_create(
            public_id=key, defaults={"title": told.title, "owner": None, "created_at": at}
        )
        if not is_new:
            return _opened_before(project, actor)
        if told.organisation.pk is None:
            told.organisation.created_at = at
            told.organisation.save()
        project.organisation = told.organisation
        project.save(update_fields=["organisation"])
        dossier = open_dossier(
            project, told.target, told.organisation, actor, at, origin=told.origin, contact_email=told.contact_email,
            received_on=told.received_on,
        )  # fmt: skip
        _write(dossier, told, actor, at)
    return dossier


def _opened_before(project: Project, actor: Actor) -> Dossier:
    dossier = project.dossiers.filter(entered_by=actor.user).first()
    if dossier is None:
        raise NotAllowed
    return dossier


def _write(dossier: Dossier, told: Told, actor: Actor, at: datetime) -> None:
    """Write the first version of each section that says something, and say so in the journal."""
    for section in dossier.procedure.sections:
        answers = told.answers.get(section.key)
        if not answers:
            continue
        own = dossier if section.scope is Scope.DOSSIER else None
        with act_on(dossier.pk, Act.EDIT, actor, at) as desk:
            row = Section.objects.create(
                project=dossier.project, dossier=own, key=section.key, answers=dict(answers), version=1,
                changed_at=at, changed_by=actor.user,
            )  # fmt: skip
            SectionVersion.objects.create(
                section=row, number=1, answers=row.answers, written_at=at, written_by=actor.user
            )
            desk.write(JournalEntry.Kind.SECTION, {"section": section.key, "version": 1})


def record(dossier: Dossier, key: UUID, actor: Actor, at: datetime) -> JournalEntry:
    """Record the draft as received, as the one who enters it; the refusals are those of the one door.

    A draft that was recorded already under this key is answered as it was.
    """
    moves = entering_moves(dossier.procedure)
    if not moves:
        raise NotAllowed
    facts = known(dossier, at).facts
    move = next((one for one in moves if not refused_before(one, facts)), moves[0])
    given = {RECEIVED_ON: dossier.received_on.isoformat()} if dossier.received_on else {}
    return advance(dossier.pk, Request(move.key, 1, key, given), actor, at)
