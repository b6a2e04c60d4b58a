"""One yearly campaign of international cooperation (MIG) over the agencies: received by both, opinion, decision."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from actors.models import Agency
from apist.clock import start_of
from projects.models import Dossier, Participation
from projects.procedures.decision_moves import GRANT
from projects.procedures.mig_sections import CRITERIA
from projects.procedures.vocabulary import Macro, MoneyKind, Party
from projects.rights.holdings import Holdings
from projects.rights.table import INSTRUCTING_SIDE
from projects.steering.acts import Acts
from projects.steering.delegated import acts_of, money_of

PROCEDURE = "mig"
MOVES = ("territorial-opinion", "go-without-opinion", "admit", "refuse-admission", "decide")
COHERENCE = {"coherent": "Cohérent", "partly": "Cohérent en partie", "not": "Pas cohérent"}
ASKED_CRITERIA = len(CRITERIA)


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier of the campaign, in words. ``amount``: granted, once notified."""

    dossier: Dossier
    stage: str
    by_ministry: bool
    by_agency: bool
    opinion: str
    criteria: str
    outcome: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """What one agency has in the campaign, nothing included."""

    name: str
    dossiers: int
    both: int
    opinions: int
    granted: int
    refused: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Campaign:
    """The dossiers and, agency by agency, what they come to."""

    lines: list[Line]
    agencies: list[AgencyLine]


def deposited(holdings: Holdings) -> QuerySet[Dossier]:
    """Return the dossiers of every campaign that somebody may read as one who instructs."""
    rows = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE).filter(procedure_key=PROCEDURE)
    return rows.exclude(deposited_at=None)


def years(holdings: Holdings, today: date) -> list[int]:
    """Return the years in which something was deposited, and this one, the newest first (one query)."""
    found = deposited(holdings).order_by().values_list(ExtractYear("deposited_at"), flat=True).distinct()
    return sorted({*found, today.year}, reverse=True)


def campaign(holdings: Holdings, year: int, agencies: Iterable[Agency]) -> Campaign:
    """Return a campaign before some agencies (six queries, whatever the number of dossiers)."""
    first, last = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
    rows = deposited(holdings).filter(deposited_at__gte=first, deposited_at__lt=last)
    dossiers = list(rows.select_related("project", "organisation", "body").order_by("body__name", "deposited_at", "pk"))
    numbers = [one.pk for one in dossiers]
    acts, money = acts_of(numbers, MOVES), money_of(numbers)
    ministry = Participation.objects.filter(dossier__in=numbers, capacity=Party.DGOS)
    handed = set(ministry.values_list("dossier_id", flat=True))
    lines = [_line(one, acts.get(one.pk, Acts()), money, one.pk in handed) for one in dossiers]
    return Campaign(lines, [_of(agency, lines) for agency in agencies])


def _line(dossier: Dossier, acts: Acts, money, by_ministry: bool) -> Line:
    coherent = acts.given("territorial-opinion", "coherent")
    opinion = COHERENCE.get(str(coherent), "")
    if not opinion and acts.last("go-without-opinion"):
        opinion = "Passé outre, sans avis"
    met = acts.given("admit", "criteria_met")
    decided = acts.given("decide", "outcome")
    outcome = "" if decided is None else "Accordé" if decided == GRANT else "Refusé"
    if acts.last("refuse-admission") and dossier.macro == Macro.REFUSED and not outcome:
        outcome = "Non recevable"
    return Line(
        dossier=dossier,
        stage=dossier.stage_now.agency_label,
        by_ministry=by_ministry,
        by_agency=dossier.body_id is not None,
        opinion=opinion,
        criteria=f"{len(met)} sur {ASKED_CRITERIA}" if isinstance(met, list) else "",
        outcome=outcome,
        amount=money[dossier.pk][MoneyKind.GRANTED],
    )


def _of(agency: Agency, lines: list[Line]) -> AgencyLine:
    own = [line for line in lines if line.dossier.body and line.dossier.body.agency_id == agency.pk]
    outcomes = Counter(line.outcome for line in own)
    return AgencyLine(
        name=agency.name,
        dossiers=len(own),
        both=sum(line.by_ministry and line.by_agency for line in own),
        opinions=sum(line.opinion in COHERENCE.values() for line in own),
        granted=outcomes["Accordé"],
        refused=outcomes["Refusé"] + outcomes["Non recevable"],
        amount=sum((line.amount for line in own), Decimal(0)),
    )
