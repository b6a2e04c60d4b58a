"""The parameters of the list of dossiers, declared once; the first page counts what the same addresses show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import django_filters
from django.db.models import F, Q
from django.http import QueryDict

from actors.models import Organisation
from levers.filters import ValuesField, order
from levers.models import Call, Lever
from levers.search import MAX_TEXT
from projects.instruction.scope import INSTRUCTING_SIDE
from projects.instruction.wording import TURNS
from projects.models import Dossier, Project
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import MACRO_LABELS, Turn
from projects.rights.holdings import Holdings

NEW_DAYS = 7
"""For how many days a deposit is new."""

MINE, OTHERS, LATE, NEW = "mine", "others", "late", "new"
ME, UNOWNED = "me", "unowned"
SORTS = [("", "Échéance la plus proche"), ("deposited", "Derniers déposés"), ("opened", "Derniers ouverts")]
ORDERS = {
    "": (F("due_at").asc(nulls_last=True), "pk"),
    "deposited": (F("deposited_at").desc(nulls_last=True), "-pk"),
    "opened": ("-opened_at", "-pk"),
}
STANDING = {
    ME: "En attente de moi",
    MINE: "En attente de votre service",
    OTHERS: "En attente d'autres",
    LATE: "En retard",
    NEW: f"Déposés depuis {NEW_DAYS} jours",
    UNOWNED: "Sans responsable",
}
FACET_LABELS = {
    "standing": "Ce qui attend",
    "macro": "Statut",
    "turn": "À qui d'agir",
    "procedure": "Procédure",
    "lever": "Levier",
    "call": "Appel",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose list it is, at what moment, and the values of its facets. ``numbers``: the rows that a slug names."""

    holdings: Holdings
    at: datetime
    choices: Mapping[str, list[tuple[str, str]]]
    numbers: Mapping[str, Mapping[str, int]]


def desk_of(holdings: Holdings, at: datetime) -> Desk:
    """Return the desk of somebody (two queries: the levers, the published calls)."""
    levers = list(Lever.objects.order_by("position", "slug").values_list("pk", "slug", "short_name"))
    calls = list(Call.objects.published().order_by("title", "pk").values_list("pk", "slug", "title"))
    choices = {
        "standing": list(STANDING.items()),
        "macro": [(macro.value, label) for macro, label in MACRO_LABELS.items()],
        "turn": [(turn.value, TURNS[turn]) for turn in Turn],
        "procedure": sorted(((key, one.title) for key, one in LATEST.items()), key=lambda pair: pair[1]),
        "lever": [(slug, name) for _, slug, name in levers],
        "call": [(slug, title) for _, slug, title in calls],
    }
    numbers = {"lever": {slug: pk for pk, slug, _ in levers}, "call": {slug: pk for pk, slug, _ in calls}}
    return Desk(holdings, at, choices, numbers)


class Values(django_filters.Filter):
    """A facet that may be repeated: what finds one of its values; an unknown value finds nothing."""

    field_class = ValuesField


class DossierFilter(django_filters.FilterSet):
    """The query string of the list: a text, facets, an order. What may be seen is decided before (``visible_to``)."""

    q = django_filters.CharFilter(label="Rechercher", method="by_text", max_length=MAX_TEXT)
    standing = Values(label=FACET_LABELS["standing"], method="by_standing")
    macro = Values(label=FACET_LABELS["macro"], method="by_value")
    turn = Values(label=FACET_LABELS["turn"], method="by_value")
    procedure = Values(label=FACET_LABELS["procedure"], method="by_procedure")
    lever = Values(label=FACET_LABELS["lever"], method="by_row")
    call = Values(label=FACET_LABELS["call"], method="by_row")
    sort = order(SORTS)

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Dossier
        fields: list[str] = []

    def __init__(self, data: QueryDict, desk: Desk):
        super().__init__(data, Dossier.objects.visible_to(desk.holdings, INSTRUCTING_SIDE))
        self.desk = desk

    def left_to_search(self, queryset, name, value):
        """Put the list in order, at the end: see :meth:`in_order`."""
        return queryset

    def in_order(self):
        """Return what is found, in the order that is asked for; in the first one where none is, or is unknown."""
        return self.qs.order_by(*ORDERS[self.form.cleaned_data.get("sort") or ""])

    def by_text(self, queryset, name, value):
        """Keep those whose reference, project or organisation holds a text; without a join, for the count."""
        return queryset.filter(
            Q(reference__iexact=value)
            | Q(project_id__in=Project.objects.filter(title__icontains=value).values("pk"))
            | Q(organisation_id__in=Organisation.objects.filter(name__icontains=value).values("pk"))
        )

    def by_standing(self, queryset, name, values):
        """Keep those that are in all of these situations: late *and* waiting for others is what one looks for."""
        at = self.desk.at
        kept = {
            ME: lambda rows: rows.waiting_for(self.desk.holdings).entrusted_to(self.desk.holdings.user, at),
            MINE: lambda rows: rows.waiting_for(self.desk.holdings),
            UNOWNED: lambda rows: rows.without_owner(at),
            OTHERS: lambda rows: rows.waiting_for_others(self.desk.holdings),
            LATE: lambda rows: rows.open().late(at),
            NEW: lambda rows: rows.deposited_since(at - timedelta(days=NEW_DAYS)),
        }
        for value in values:
            queryset = kept[value](queryset) if value in kept else queryset.none()
        return queryset

    def by_value(self, queryset, name, values):
        """Keep those whose column holds one of the values."""
        return queryset.filter(**{f"{name}__in": self._known(name, values)}) if values else queryset

    def by_procedure(self, queryset, name, values):
        """Keep those of one of the procedures, at any version."""
        return queryset.filter(procedure_key__in=self._known(name, values)) if values else queryset

    def by_row(self, queryset, name, values):
        """Keep those of one of the levers, or of the calls, by their numbers: no join."""
        numbers = self.desk.numbers[name]
        known = [numbers[value] for value in values if value in numbers]
        return queryset.filter(**{f"{name}_id__in": known}) if values else queryset

    def _known(self, name: str, values: list[str]) -> list[str]:
        return [value for value, _ in self.desk.choices[name] if value in values]


def found(desk: Desk, query: str) -> DossierFilter:
    """Return what an address of the list finds: for the list itself, and for whoever counts what it would show."""
    return DossierFilter(QueryDict(query), desk)
