"""The parameters of the list of dossiers, declared once: the list, the board, the exports, the views and the first page
all read the same addresses."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import QueryDict

from levers.filters import SearchFilter, facet, order
from projects.instruction.compiled import Compiled, compiled, these
from projects.instruction.conditions import CONDITIONS, Desk, by_text
from projects.instruction.facets import FACET_LABELS, UNOWNED
from projects.models import Dossier

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
FEW = 5_000
"""Up to so many dossiers that hold a text, their numbers stand for it."""


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
