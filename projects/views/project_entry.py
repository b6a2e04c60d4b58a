"""How a page reaches a project: fetching is authorising. What is not readable does not exist."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from apist.clock import now
from projects.depositing.moments import zone_of_project
from projects.engine.people import Actor, actor_of
from projects.models import Dossier, Project
from projects.procedures.vocabulary import Party
from projects.rights.predicates import project_acts, project_parties
from projects.rights.table import Act


@dataclass(frozen=True, slots=True)
class ProjectVisit:
    """Somebody before a project that they may read: as what, and what they may do."""

    project: Project
    actor: Actor
    parties: frozenset[Party]
    acts: frozenset[Act]
    at: datetime

    @property
    def zone(self) -> str:
        """Return on which clocks the moments of the project are read."""
        return zone_of_project(self.project)

    @property
    def may_edit(self) -> bool:
        """Tell whether the person may write in it."""
        return Act.EDIT in self.acts

    @property
    def may_share(self) -> bool:
        """Tell whether the person may invite others."""
        return Act.SHARE in self.acts

    def dossiers(self) -> list[Dossier]:
        """Return the project's dossiers that the person may read, the oldest first (two or three queries)."""
        rows = self.project.dossiers.visible_to(self.actor.holdings).with_names().order_by("opened_at", "pk")
        return list(rows.select_related("region").prefetch_related("call__events"))


def project_visit(request: HttpRequest, public_id: UUID) -> ProjectVisit:
    """Return the visit of a person to a project; 404 where they may not read it (four queries)."""
    at = now()
    actor = actor_of(request.user, at)
    rows = Project.objects.visible_to(actor.holdings).select_related("organisation__region", "owner")
    project = rows.filter(public_id=public_id).first()
    if project is None:
        raise Http404
    holdings = actor.holdings
    return ProjectVisit(project, actor, project_parties(holdings, project), project_acts(holdings, project), at)
