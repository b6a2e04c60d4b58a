"""How a page reaches a dossier: fetching is authorising. What is not readable does not exist."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone

from apist.clock import now
from projects.engine.people import Actor, actor_of
from projects.instruction.tabs import Tab, tabs_for
from projects.judging.access import ALONE, jury_of
from projects.models import Dossier
from projects.opinions.access import must_declare_first
from projects.papers.rules import Reader
from projects.procedures.vocabulary import Party
from projects.retention.calendar import Notice, notice_for
from projects.rights.predicates import acts, lost_to_their_side, parties
from projects.rights.table import APPLICANT_SIDE, Act

ASKED_AS_A_BODY = frozenset({Party.ASSOCIATE, Party.CNSA, Party.DEPARTMENT, Party.INSURANCE, Party.GRADES})
"""As what the people of a body read a dossier that a request for an opinion may have opened to them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody before a dossier that they may read: as what, and what they may do."""

    dossier: Dossier
    actor: Actor
    parties: frozenset[Party]
    acts: frozenset[Act]
    at: datetime

    @property
    def is_applicant(self) -> bool:
        """Tell whether the person is on the applicant's side."""
        return bool(self.parties & APPLICANT_SIDE)

    @property
    def is_on_both_sides(self) -> bool:
        """Tell whether the person would instruct or judge it, if they were not on the applicant's side."""
        return bool(lost_to_their_side(self.actor.holdings, self.dossier))

    @property
    def tabs(self) -> list[Tab]:
        """Return the pages of this dossier that the person may open among those of the instruction."""
        return tabs_for(self.acts, self.dossier.procedure)

    @property
    def notice(self) -> Notice | None:
        """Return what is to be said of the keeping of the dossier (``dossiers/personal/notice.html``)."""
        return notice_for(self.dossier, timezone.localtime(self.at).date())


def visit(request: HttpRequest, reference: str, *, declaring: bool = False) -> Visit:
    """Return the visit of a person to a dossier; 404 where they may not read it (six queries).

    ``declaring``: on the page of a jury, where whoever is in it says first whether they have a link with the dossier.
    """
    at = now()
    actor = actor_of(request.user, at)
    rows = Dossier.objects.visible_to(actor.holdings).with_names().select_related("project__owner", "region")
    dossier = rows.prefetch_related("participations", "recusals").filter(reference=reference).first()
    if dossier is None:
        raise Http404
    held = parties(actor.holdings, dossier)
    if held <= ASKED_AS_A_BODY and must_declare_first(dossier, actor.user.pk, actor.holdings.of("served_bodies")):
        raise Http404  # the way in is the page of the request, where interests come first
    if held == ALONE and not declaring and jury_of(dossier, actor.user.pk) is None:
        raise Http404  # the way in is the page of the jury, for the same reason
    return Visit(dossier, actor, held, acts(actor.holdings, dossier, editable=dossier.stage_now.editable), at)


def visit_by(actor: Actor, dossier: Dossier, at: datetime) -> Visit:
    """Return the visit of somebody to a dossier that something else than the table let them reach."""
    open_to = acts(actor.holdings, dossier, editable=dossier.stage_now.editable)
    return Visit(dossier, actor, parties(actor.holdings, dossier), open_to, at)


def reader_of(visited: Visit) -> Reader:
    """Return a visitor as the rule of documents looks at them (``papers/rules.py``)."""
    user = visited.actor.user.pk if visited.actor.user else None
    return Reader(visited.acts, user, visited.is_applicant, visited.dossier.procedure.confidential)
