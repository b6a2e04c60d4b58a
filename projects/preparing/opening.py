"""Opening a dossier: for a lever or a call, in a new project or in one that exists; nothing is asked twice."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from actors.models import Body, Organisation, Region, User
from levers.availability import CANNOT_ENTER
from levers.models import Call, Lever
from levers.rulebook import availability_of
from projects.channels import procedure_of_call
from projects.engine.door import NotAllowed
from projects.engine.opening import Target, open_dossier
from projects.engine.people import Actor
from projects.models import Dossier, Project
from projects.preparing.origin import facts_of, origin_of
from projects.preparing.places import Place
from projects.preparing.prefill import Params, prefilled
from projects.preparing.saving import begin_section
from projects.procedures.catalogue import LATEST, for_lever
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Macro, Scope
from projects.rights.predicates import project_acts
from projects.rights.table import Act

FIRST_CONTACT = "first-contact"
"""The procedure by which anybody may speak to an agency, whatever the lever: what one opens without naming any."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to open. ``project``: one that exists; else ``title`` names a new one.

    ``params``: what the diagnostic or the checklist said. ``request``: drawn with the page; sent twice, it opens once.
    """

    target: Target
    title: str = ""
    project: Project | None = None
    organisation: Organisation | None = None
    params: Params = field(default_factory=dict)
    request: str = ""


def procedure_for(lever: Lever | None, call: Call | None, on: date, *, first_contact: bool = False) -> Procedure | None:
    """Return the procedure by which a call, a lever or nothing in particular is asked for; None where there is none.

    There is none for a lever that is asked for through its calls alone, nor for one that nobody may enter any more.
    """
    if first_contact or (lever is None and call is None):
        return LATEST[FIRST_CONTACT]
    if call is not None:
        return procedure_of_call(call, on)
    found = for_lever(lever.slug)
    closed = availability_of(lever, on).status in CANNOT_ENTER
    return None if found is None or found.needs_call or closed else found


def body_for(region: Region | None, call: Call | None) -> Body | None:
    """Return the agency that would instruct: the call's own, else that of the region (one query)."""
    if call is not None and call.agency_id:
        return Body.objects.filter(agency=call.agency_id).first()
    return Body.objects.filter(kind=Body.Kind.AGENCY, region=region).first() if region else None


@transaction.atomic
def open_wish(wish: Wish, actor: Actor, at: datetime) -> Dossier:
    """Open what is wished and return the draft: the one that is there already, where it was asked for before.

    :class:`NotAllowed` where the person may not write in the project, or is no member of the organisation.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)
    if wish.organisation is not None and wish.organisation.pk not in actor.holdings.of("organisations"):
        raise NotAllowed
    project = wish.project or _new_project(wish, actor, at)
    if Act.EDIT not in project_acts(actor.holdings, project):
        raise NotAllowed
    there = draft_for(project, wish.target)
    if there is not None:
        return there
    if project.organisation_id is None and wish.organisation is not None:
        project.organisation = wish.organisation
        project.save(update_fields=["organisation"])
    dossier = open_dossier(project, wish.target, project.organisation, actor, at)
    _answer_beforehand(dossier, actor, at)
    return dossier


def draft_for(project: Project, target: Target) -> Dossier | None:
    """Return the draft of a project for the same thing (one query)."""
    same = project.dossiers.filter(procedure_key=target.procedure.key, lever=target.lever, call=target.call)
    return same.filter(macro=Macro.DRAFT, region=target.region).first()


def _new_project(wish: Wish, actor: Actor, at: datetime) -> Project:
    if wish.request:
        made = Project.objects.filter(owner=actor.user, origin__request=wish.request).first()
        if made is not None:
            return made
    return Project.objects.create(
        title=wish.title,
        owner=actor.user,
        organisation=wish.organisation,
        origin=origin_of(wish.params, timezone.localtime(at).date(), wish.request),
        created_at=at,
    )


def _answer_beforehand(dossier: Dossier, actor: Actor, at: datetime) -> None:
    """Write what the diagnostic answered, section by section; what the project already says stays."""
    project, procedure = dossier.project, dossier.procedure
    found = prefilled(procedure.sections, facts_of(project.origin))
    for section in procedure.sections:
        if section.key in found:
            own = dossier if section.scope is Scope.DOSSIER else None
            begin_section(Place(project, section, own), found[section.key], actor, at)
