"""Opening a dossier: the only insertion, and the first entry of its journal."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from actors.models import Body, Organisation, Region
from levers.models import Call, Lever
from projects.engine.journal import Entry, append
from projects.engine.people import Actor
from projects.engine.spans import pass_stage
from projects.models import Dossier, JournalEntry, Project
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Target:
    """What a dossier is opened for: a lever or a call, by a procedure, before a body."""

    procedure: Procedure
    lever: Lever | None = None
    call: Call | None = None
    region: Region | None = None
    body: Body | None = None


@transaction.atomic
def open_dossier(
    project: Project, target: Target, organisation: Organisation | None, actor: Actor, at: datetime,
    *, origin: str = Dossier.Origin.PORTAL, contact_email: str = "",
    received_on: date | None = None,
) -> Dossier:  # fmt: skip
    """Open a dossier in the first stage of its procedure and return it.

    ``origin`` other than the portal: an agent enters what somebody sent or said, received on a day, and the dossier
    says so. The caller has checked that the person may write in the project.
    """
    procedure = target.procedure
    entered = origin != Dossier.Origin.PORTAL
    dossier = Dossier.objects.create(
        project=project, organisation=organisation, lever=target.lever, call=target.call, region=target.region,
        body=target.body, procedure_key=procedure.key, procedure_version=procedure.version,
        confidential=procedure.confidential, origin=origin, entered_by=actor.user if entered else None,
        contact_email=contact_email, received_on=received_on, opened_at=at,
    )  # fmt: skip
    first = procedure.initial
    entry = append(
        dossier,
        Entry(
            JournalEntry.Kind.MOVE,
            at,
            Party.ENTERER if entered else Party.CARRIER,
            actor.pseudonym,
            to_stage=first.key,
            stage_version=1,
            data={"procedure": procedure.key, "procedure_version": procedure.version, "origin": origin},
        ),
    )
    dossier.stage, dossier.version, dossier.staged_at = first.key, 1, at
    dossier.macro, dossier.turn = first.macro, first.turn
    dossier.save(update_fields=["stage", "version", "macro", "turn", "staged_at"])
    pass_stage(dossier, entry)
    return dossier
