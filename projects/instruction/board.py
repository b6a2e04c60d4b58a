"""The dossiers in columns: by status, or by stage where one procedure is looked at. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from levers.views.lists import address_with
from projects.instruction.compiled import these
from projects.instruction.filters import ORDERS, Asked
from projects.instruction.tallies import Tally
from projects.instruction.wording import TURNS
from projects.models import Dossier
from projects.models.lateness import late_since
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import MACRO_LABELS, Turn

REFERENCE = "00000000"
"""Stands for a reference in an address that is made once for all the cards; no reference holds a nought."""
CARDS = 20
"""How many dossiers a column shows; the list shows the others."""


@dataclass(frozen=True, slots=True)
class Card:
    """A dossier in a column."""

    reference: str
    title: str
    organisation: str
    turn: str
    due_at: datetime | None
    late_since: datetime | None
    """The first of its two dates that has passed: that of the stage, or the legal one."""
    is_silent: bool
    """The legal delay has passed without an answer."""
    address: str


@dataclass(frozen=True, slots=True)
class Column:
    """A status or a stage: how many dossiers, the first ones, and the address of the list of all."""

    value: str
    label: str
    total: int
    cards: tuple[Card, ...]
    address: str

    @property
    def left(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.cards)


def columns_of(asked: Asked, counts: Tally, path: str, data: QueryDict, address: Callable[[str], str]) -> list[Column]:
    """Return the columns that hold something, in the order of the procedure, each with its first dossiers.

    ``path``: of the list; ``address``: of a dossier, by its reference.
    """
    name, column, labels = axis_of(asked)
    totals = _totals(asked, counts, name)
    cards = _cards(asked, column, [value for value in labels if totals.get(value)], address)
    found = []
    for value, label in labels.items():
        if totals.get(value):
            address = address_with(path, data, **{name: [_said(name, asked, value)]})
            found.append(Column(value, label, totals[value], tuple(cards[value]), address))
    return found


def axis_of(asked: Asked) -> tuple[str, str, dict[str, str]]:
    """Return the facet of the columns, its column in the base, and the words of its values."""
    chosen = asked.chosen.get("procedure", ())
    if len(chosen) == 1 and chosen[0] in LATEST:
        return "stage", "stage", {one.key: one.agency_label for one in LATEST[chosen[0]].stages}
    return "macro", "macro", {macro.value: label for macro, label in MACRO_LABELS.items()}


def _said(name: str, asked: Asked, value: str) -> str:
    return f"{asked.chosen['procedure'][0]}:{value}" if name == "stage" else value


def _totals(asked: Asked, counts: Tally, name: str) -> dict[str, int]:
    """Return how many each column holds: the counts of its facet, among what is chosen in it."""
    picked = asked.chosen.get(name)
    return {one.value.rpartition(":")[2]: one.total for one in counts.facets[name] if not picked or one.value in picked}


def _cards(asked: Asked, column: str, values: Sequence[str], address: Callable[[str], str]) -> dict[str, list[Card]]:
    """Return the first dossiers of each column that holds some, in the order of the list (two queries)."""
    found = asked.compiled()
    first = found.first_of_each(column, values, CARDS) if found and values else []
    fields = ("reference", "project__title", "organisation__name", "turn", "due_at", "legal_due_at", "ended_at", column)
    rows = Dossier.objects.filter(pk__in=these(first) if first else []).order_by(*ORDERS[asked.sort])
    cards: dict[str, list[Card]] = defaultdict(list)
    (before, after), at = address(REFERENCE).split(REFERENCE), asked.desk.at
    for reference, title, organisation, turn, due, legal, ended, value in rows.values_list(*fields):
        late, silent = late_since(ended, at, due, legal), late_since(ended, at, legal) is not None
        own = f"{before}{reference}{after}"
        cards[value].append(Card(reference, title, organisation or "", TURNS[Turn(turn)], due, late, silent, own))
    return cards
