"""What a list shows of each dossier: where it stands, whose turn, whether it is late, who holds it, its labels."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from apist.prepared import Prepared, Text, prepare
from projects.instruction.compiled import these
from projects.instruction.conditions import Desk
from projects.instruction.tallies import UNNAMED
from projects.instruction.wording import TURNS
from projects.models import Assignment, Dossier, DossierLabel
from projects.models.dossier import entered_in_words
from projects.models.lateness import late_since
from projects.procedures.catalogue import procedure_at
from projects.procedures.vocabulary import Turn

FIELDS = (
    "pk", "reference", "project__title", "organisation__name", "origin", "received_on", "procedure_key",
    "procedure_version", "stage", "turn", "lever__short_name", "call__title", "due_at", "ended_at", "deposited_at",
    "asked", "legal_due_at", "entered_on", "entered_way",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in a list: what its page says at once."""

    reference: str
    title: str
    organisation: str
    entered: str
    procedure: str
    stage: str
    turn: str
    lever: str
    call: str
    due_at: datetime | None
    is_late: bool
    """The date of the stage has passed, or the legal one."""
    deposited_at: datetime | None
    asked: Decimal | None
    legal_due_at: datetime | None
    """When the legal delay that runs now is over, whatever the delay of the stage."""
    is_silent: bool
    """The legal delay is over and nobody answered: silence means what the law says."""
    people: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def rows_of(numbers: Sequence[int], desk: Desk) -> list[Row]:
    """Return what a list shows of some dossiers that were found, in this order (three queries).

    Who holds them and their labels only before their own administration.
    """
    if not numbers:
        return []
    found = Dossier._base_manager.filter(pk__in=these(numbers)).order_by().values_list(*FIELDS)
    people, labels = people_of(numbers, desk), labels_of(numbers, desk)
    rows = {pk: _row(values, desk.at, people.get(pk, ()), labels.get(pk, ())) for pk, *values in found}
    return [rows[number] for number in numbers if number in rows]


def _row(values: Sequence, at: datetime, people: Sequence[str], labels: Sequence[str]) -> Row:
    reference, title, organisation, origin, received, key, version, stage, turn, lever, call, *rest = values
    due, ended, deposited, asked, legal, *since = rest
    procedure = procedure_at(key, version)
    return Row(
        reference, title, organisation or "", entered_in_words(origin, received, *since), procedure.title,
        procedure.stage(stage).agency_label, TURNS[Turn(turn)], lever or "", call or "", due,
        late_since(ended, at, due, legal) is not None, deposited, asked,
        legal, late_since(ended, at, legal) is not None, tuple(people), tuple(labels),
    )  # fmt: skip


def people_of(numbers: Sequence[int], desk: Desk) -> dict[int, list[str]]:
    """Return who holds each dossier now, the leader first (one query)."""
    found: dict[int, list[str]] = defaultdict(list)
    for dossier, name in _beside(PEOPLE, numbers, desk):
        found[dossier].append(name or UNNAMED)
    return found


def labels_of(numbers: Sequence[int], desk: Desk) -> dict[int, list[str]]:
    """Return the labels of each dossier, those of the person's own administrations (one query)."""
    found: dict[int, list[str]] = defaultdict(list)
    for dossier, name in _beside(LABELS, numbers, desk):
        found[dossier].append(name)
    return found


PEOPLE, LABELS = range(2)
SIZES = (5, 25, 1_000)
"""For how many dossiers a query is prepared: the first page, a page of the list, a part of an export."""


def _beside(what: int, numbers: Sequence[int], desk: Desk) -> list[tuple]:
    size, bodies = next(size for size in SIZES if len(numbers) <= size), desk.bodies
    if not numbers or not bodies:
        return []
    nobody = (0,) * (size - len(numbers))
    return _query(what, size, len(bodies)).rows([*numbers, *nobody, *bodies], desk.at)


@cache
def _query(what: int, size: int, bodies: int) -> Prepared:
    def write(numbers: Sequence[int], at: datetime) -> Text:
        dossiers, own = numbers[:size], numbers[size:]
        if what == PEOPLE:
            held = Assignment.objects.current(at).filter(dossier__in=dossiers, dossier__body_id__in=own)
            rows = held.order_by("-role", "pk").values_list("dossier_id", "user__full_name")
        else:
            puts = DossierLabel.objects.filter(dossier__in=dossiers, label__body_id__in=own)
            rows = puts.order_by("label__name").values_list("dossier_id", "label__name")
        return rows.query.sql_with_params()

    return prepare(write, size + bodies)
