"""What each facet of the list of dossiers keeps, by name, on the desk of whoever asks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import ActorType, Department
from levers.models import Call, Lever
from projects.content.facets import FACETS as OF_ANSWERS
from projects.instruction.facets import (
    BANDS,
    KNOWN,
    LATE,
    LEGAL_DAYS,
    LEGAL_SOON,
    ME,
    MINE,
    MONTH,
    NEW,
    NEW_DAYS,
    NOBODY,
    NONE,
    OTHERS,
    PAST,
    SILENT,
    UNOWNED,
    WEEK,
    stage_of,
)
from projects.models import Assignment, Dossier, DossierFacet, DossierLabel
from projects.models.lateness import past_stage, silent
from projects.procedures.catalogue import LATEST
from projects.rights.holdings import Holdings
from projects.rights.queries import in_sight
from projects.rights.table import INSTRUCTING_SIDE

MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose list it is, at what moment, and all that it may show."""

    holdings: Holdings
    at: datetime
    rows: QuerySet

    @property
    def bodies(self) -> list[int]:
        """Return the administrations whose own words (people, labels) the person may read."""
        return sorted(self.holdings.of("served_bodies"))


def desk_of(holdings: Holdings, at: datetime) -> Desk:
    """Return the desk of somebody (one query)."""
    return Desk(holdings, at, in_sight(Dossier.objects.all(), holdings, INSTRUCTING_SIDE))


def by_text(rows: QuerySet, text: str) -> QuerySet:
    """Keep those whose reference, project, organisation, or free answer to a facet (an objective) holds a text."""
    written = DossierFacet.objects.filter(dossier=OuterRef("pk"), words__icontains=text)
    return rows.filter(
        Q(reference__iexact=text)
        | Q(project__title__icontains=text)
        | Q(organisation__name__icontains=text)
        | Exists(written)
    )


def standing_is(desk: Desk) -> dict[str, Callable[[QuerySet], QuerySet]]:
    """Return what keeps each situation."""
    return {
        ME: lambda rows: rows.waiting_for(desk.holdings).entrusted_to(desk.holdings.user, desk.at),
        MINE: lambda rows: rows.waiting_for(desk.holdings),
        UNOWNED: lambda rows: rows,
        OTHERS: lambda rows: rows.waiting_for_others(desk.holdings),
        LATE: lambda rows: rows.late(desk.at),
        NEW: lambda rows: rows.deposited_since(desk.at - timedelta(days=NEW_DAYS)),
    }


def due_is(at: datetime) -> dict[str, Q]:
    """Return the condition of each deadline, of the stage and of the law; what is finished has none."""
    return {
        PAST: past_stage(at),
        WEEK: Q(ended_at=None, due_at__gt=at, due_at__lte=at + timedelta(days=7)),
        MONTH: Q(ended_at=None, due_at__gt=at, due_at__lte=at + timedelta(days=30)),
        NONE: Q(due_at=None) | Q(ended_at__isnull=False),
        SILENT: silent(at),
        LEGAL_SOON: Q(ended_at=None, legal_due_at__gt=at, legal_due_at__lte=at + timedelta(days=LEGAL_DAYS)),
    }


def asked_is() -> dict[str, Q]:
    """Return the condition of each band of amounts."""
    bands = {
        band.value: Q(asked__gte=band.low) & (Q(asked__lt=band.high) if band.high is not None else Q())
        for band in BANDS
    }
    return bands | {NONE: Q(asked=None)}


def _standing(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
    """Keep those that are in all of these situations: late *and* waiting for others is what one looks for.

    What nobody has in charge was looked up before (:meth:`Asked._searched`).
    """
    kept = standing_is(desk)
    for value in values:
        rows = kept[value](rows) if value in kept else rows.none()
    return rows


def _any(rows: QuerySet, conditions: Mapping[str, Q], values: list[str]) -> QuerySet:
    known = [conditions[value] for value in values if value in conditions]
    wanted = Q()
    for one in known:
        wanted |= one
    return rows.filter(wanted) if known else rows.none()


def _column(column: str, known: Collection[str]):
    def keep(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
        return rows.filter(**{f"{column}__in": [value for value in values if value in known]})

    return keep


def _row(model, column: str, key: str):
    def keep(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
        return rows.filter(**{f"{column}__in": model.objects.filter(**{f"{key}__in": values}).values("pk")})

    return keep


def _stage(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
    named = {value: stage_of(value) for value in values}
    conditions = {value: Q(procedure_key=one[0], stage=one[1]) for value, one in named.items() if one}
    return _any(rows, conditions, values)


def _person(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
    """Keep what is entrusted to some people of one's own administrations, as leader or as expert; or to no leader."""
    own = rows.filter(body_id__in=desk.bodies)
    numbers = [int(value) for value in values if value.isdecimal() and len(value) <= MOST_DIGITS]
    numbers += [desk.holdings.user] if ME in values else []
    current = Assignment.objects.current(desk.at)
    wanted = Q(pk__in=current.filter(user_id__in=numbers).values("dossier_id"))
    if NOBODY in values:
        wanted |= ~Q(Exists(current.filter(dossier=OuterRef("pk"), role=Assignment.Role.LEAD)))
    return own.filter(wanted)


def _label(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
    puts = DossierLabel.objects.filter(label__body_id__in=desk.bodies, label__slug__in=values)
    return rows.filter(pk__in=puts.values("dossier_id"))


def _answer(name: str):
    def keep(desk: Desk, rows: QuerySet, values: list[str]) -> QuerySet:
        given = DossierFacet.objects.filter(dossier=OuterRef("pk"), name=name)
        wanted = Q(Exists(given.filter(value__in=[one for one in values if one != NONE])))
        if NONE in values:
            wanted |= ~Q(Exists(given))
        return rows.filter(wanted)

    return keep


CONDITIONS: Mapping[str, Callable[[Desk, QuerySet, list[str]], QuerySet]] = {
    "standing": _standing,
    "due": lambda desk, rows, values: _any(rows, due_is(desk.at), values),
    "macro": _column("macro", KNOWN["macro"]),
    "turn": _column("turn", KNOWN["turn"]),
    "person": _person,
    "label": _label,
    "procedure": _column("procedure_key", LATEST.keys()),
    "stage": _stage,
    "lever": _row(Lever, "lever_id", "slug"),
    "call": _row(Call, "call_id", "slug"),
    "asked": lambda desk, rows, values: _any(rows, asked_is(), values),
    "department": _row(Department, "organisation__department_id", "code"),
    "actor_type": _row(ActorType, "organisation__actor_type_id", "slug"),
    **{name: _answer(name) for name in OF_ANSWERS},
}
"""What each facet keeps, by name."""
