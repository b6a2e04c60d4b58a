"""The parameters of the list of dossiers, declared once: the list, the board, the exports, the views and the first page
all read the same addresses."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from actors.models import ActorType, Department
from levers.filters import SearchFilter, facet, order
from levers.models import Call, Lever
from projects.content.facets import FACETS as OF_ANSWERS
from projects.instruction.compiled import Compiled, compiled, these
from projects.instruction.facets import (
    BANDS,
    FACET_LABELS,
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

SORTS = [
    ("", "Échéance la plus proche"),
    ("legal", "Délai légal le plus proche"),
    ("deposited", "Derniers déposés"),
    ("opened", "Derniers ouverts"),
    ("asked", "Montants demandés les plus hauts"),
]
ORDERS = {
    "": (F("due_at").asc(nulls_last=True), "pk"),
    "legal": (F("legal_due_at").asc(nulls_last=True), "pk"),
    "deposited": (F("deposited_at").desc(nulls_last=True), "-pk"),
    "opened": ("-opened_at", "-pk"),
    "asked": (F("asked").desc(nulls_last=True), "pk"),
}
MOST_DIGITS = 9
FEW = 5_000
"""Up to so many dossiers that hold a text, their numbers stand for it."""


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


class DossierFilter(SearchFilter):
    """The query string: a text, facets that may be repeated, an order. What may be seen is decided before."""

    standing = facet(FACET_LABELS["standing"])
    due = facet(FACET_LABELS["due"])
    macro = facet(FACET_LABELS["macro"])
    turn = facet(FACET_LABELS["turn"])
    person = facet(FACET_LABELS["person"])
    label = facet(FACET_LABELS["label"])
    procedure = facet(FACET_LABELS["procedure"])
    stage = facet(FACET_LABELS["stage"])
    lever = facet(FACET_LABELS["lever"])
    call = facet(FACET_LABELS["call"])
    asked = facet(FACET_LABELS["asked"])
    department = facet(FACET_LABELS["department"])
    actor_type = facet(FACET_LABELS["actor_type"])
    theme = facet(FACET_LABELS["theme"])
    mission = facet(FACET_LABELS["mission"])
    prs = facet(FACET_LABELS["prs"])
    sort = order(SORTS)

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Dossier
        fields: list[str] = []


FIELDS = DossierFilter({}, queryset=Dossier.objects.none()).get_form_class().base_fields
"""The fields that read the parameters, made once: a form copies all of them before it reads any, for milliseconds."""


def _given(data: Mapping) -> Iterator[tuple[str, Any]]:
    """Yield the parameters that their fields accept; those that are refused count as not given."""
    for name, field in FIELDS.items():
        with suppress(ValidationError):
            yield name, field.clean(field.widget.value_from_datadict(data, {}, name))


class Asked:
    """What an address asks of a desk. A value that does not exist finds nothing, an order that does not is none."""

    def __init__(self, data: Mapping, desk: Desk):
        self.desk = desk
        given = dict(_given(data))
        self.text: str = given.get("q") or ""
        self.sort: str = given.get("sort") or ""
        self.chosen: dict[str, list[str]] = {name: values for name in FACET_LABELS if (values := given.get(name))}
        self._compiled: dict[frozenset[str], Compiled | None] = {}

    @cached_property
    def _searched(self) -> QuerySet:
        """Return what holds the text, and nobody has in charge where that is asked.

        It is looked up once where it is little: each count would search the titles and the assignments again.
        """
        rows = by_text(self.desk.rows, self.text) if self.text else self.desk.rows
        if UNOWNED in self.chosen.get("standing", ()):
            rows = rows.without_owner(self.desk.at)
        if rows is self.desk.rows:
            return rows
        numbers = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        if not numbers:
            return rows.none()
        return rows if len(numbers) > FEW else self.desk.rows.filter(pk__in=these(numbers))

    def rows(self, but: Collection[str] = ()) -> QuerySet:
        """Return what is found, without order; ``but``: facets that are left aside, to count what they would find."""
        rows = self._searched
        for name, values in self.chosen.items():
            if name not in but:
                rows = CONDITIONS[name](self.desk, rows, [one for one in values if "\0" not in one])
        return rows.order_by()

    def in_order(self, but: Collection[str] = ()) -> QuerySet:
        """Return what is found, in the order that is asked for."""
        return self.rows(but).order_by(*ORDERS[self.sort])

    def compiled(self, but: Collection[str] = ()) -> Compiled | None:
        """Return what is found as SQL, made once for all that reads it; None where nothing can be found."""
        key = frozenset(but).intersection(self.chosen)
        if key not in self._compiled:
            self._compiled[key] = compiled(self.in_order(key))
        return self._compiled[key]


def found(desk: Desk, query: str) -> Asked:
    """Return what an address of the list asks, for whoever counts what it would show."""
    return Asked(QueryDict(query), desk)


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
