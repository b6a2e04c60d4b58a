"""Counting everything once, at a moment: one pass over dossiers, stays, money and answers; nothing is written here.

A dossier counts for the administrations that may read it by the table of rights: the one that instructs it, those
that take part in it, and, where it is not confidential, everybody (:attr:`SteeringCell.EVERYBODY`). One that was not
deposited on the portal counts for nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from projects.engine.stays import whole_days
from projects.models import Dossier, DossierFacet, MoneyLine, Participation, StageSpan, SteeringCell
from projects.models.lateness import late_since
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.vocabulary import Macro
from projects.rights.table import RIGHTS, Row
from projects.steering.answers import answers_in

Block = SteeringCell.Block
TAKING_PART = frozenset(
    right.party for right in RIGHTS if isinstance(right.link, Row) and right.link.column == "body_id"
)
"""As what an administration reads a dossier that it does not instruct."""

ACCEPTED = frozenset({Macro.GRANTED, Macro.RUNNING})
"""Where only what was granted leads; a contract (CPOM) runs once signed."""

SECRET = frozenset(one.key for one in PROCEDURES if one.confidential)


class About(NamedTuple):
    """What a count is about; the fields of a cell that name it."""

    scope: str
    block: str
    procedure: str = ""
    stage: str = ""
    macro: str = ""
    lever: str = ""
    call: str = ""
    region: str = ""
    department: str = ""
    year: int = 0
    key: str = ""
    value: str = ""
    days: int = 0


class Seen(NamedTuple):
    """A dossier, as counts see it. ``facets``: those that its last deposit gives, in one column."""

    pk: int
    procedure: str
    stage: str
    macro: str
    late: bool
    deposited_at: datetime
    lever: str
    call: str
    region: str
    department: str
    facets: str | None
    scopes: tuple[str, ...]


@dataclass(slots=True)
class Counted:
    """Everything that was counted, by what it is about."""

    dossiers: int = 0
    n: Counter = field(default_factory=Counter)
    late: Counter = field(default_factory=Counter)
    granted: Counter = field(default_factory=Counter)
    decided: Counter = field(default_factory=Counter)
    cents: Counter = field(default_factory=Counter)

    def cells(self) -> Iterator[dict]:
        """Yield the fields of each cell."""
        for about in sorted({*self.n, *self.cents}):
            yield about._asdict() | {
                name: getattr(self, name)[about] for name in ("n", "late", "granted", "decided", "cents")
            }


def count(at: datetime) -> Counted:
    """Count everything at a moment (five queries)."""
    counted, seen = Counted(), {one.pk: one for one in deposited(at)}
    granted, decided = _stays(counted, seen)
    for one in seen.values():
        for about in _abouts(one, Block.DOSSIERS, stage=one.stage, macro=one.macro):
            counted.n[about] += 1
            counted.late[about] += one.late
            counted.granted[about] += one.pk in granted
            counted.decided[about] += one.pk in decided
    for one, days in ((seen[pk], whole_days(seen[pk].deposited_at, when)) for pk, when in decided.items()):
        counted.n.update(_abouts(one, Block.DECISION_DAYS, days=days))
    _money(counted, seen)
    _answers(counted, seen)
    counted.dossiers = len(seen)
    return counted


def deposited(at: datetime) -> Iterator[Seen]:
    """Yield the dossiers that were deposited here, each with those for whom it counts (two queries)."""
    brought_in = _brought_in()
    rows = Dossier.objects.exclude(deposited_at=None).order_by().values_list(
        "pk", "procedure_key", "stage", "macro", "due_at", "legal_due_at", "ended_at", "deposited_at",
        "lever__slug", "call__slug", "region__code", "organisation__department__code", "facet_values", "body_id",
        "confidential",
    )  # fmt: skip
    for pk, key, stage, macro, due, legal, ended, deposited_at, *places, facets, body, confidential in rows.iterator(
        chunk_size=2000
    ):
        scopes = {str(body)} if body else set()
        if not confidential and key not in SECRET:
            scopes |= {SteeringCell.EVERYBODY, *brought_in[pk]}
        late = late_since(ended, at, due, legal) is not None
        named = (name or "" for name in places)
        yield Seen(pk, key, stage, macro, late, deposited_at, *named, facets, tuple(sorted(scopes)))


def _brought_in() -> dict[int, set[str]]:
    rows = Participation.objects.exclude(body=None).filter(capacity__in=TAKING_PART).order_by()
    found = defaultdict(set)
    for dossier, body in rows.values_list("dossier_id", "body_id").iterator(chunk_size=2000):
        found[dossier].add(str(body))
    return found


def _abouts(one: Seen, block: str, **more) -> Iterator[About]:
    """Yield what a count of this dossier is about, once for each of those for whom it counts."""
    fields = {
        "procedure": one.procedure, "lever": one.lever, "call": one.call, "region": one.region,
        "department": one.department, "year": timezone.localtime(one.deposited_at).year,
    } | more  # fmt: skip
    return (About(scope, block, **fields) for scope in one.scopes)


def _stays(counted: Counted, seen: dict[int, Seen]) -> tuple[set[int], dict[int, datetime]]:
    """Count the stays that ended; return the dossiers once granted, and when each was first granted or refused."""
    granted, decided = set(), {}
    rows = StageSpan.objects.exclude(macro=Macro.DRAFT).order_by("dossier_id", "version")
    columns = rows.values_list("dossier_id", "stage", "macro", "entered_at", "days")
    for pk, stage, macro, entered_at, days in columns.iterator(chunk_size=2000):
        one = seen.get(pk)
        if one is None:
            continue
        if macro in ACCEPTED or macro == Macro.REFUSED:
            decided.setdefault(pk, entered_at)
        if macro in ACCEPTED:
            granted.add(pk)
        if days is not None:
            counted.n.update(_abouts(one, Block.STAGE_DAYS, stage=stage, macro=macro, days=days))
    return granted, decided


def _money(counted: Counted, seen: dict[int, Seen]) -> None:
    """Add up amounts in whole cents: the same on every engine. Their year is the budget's."""
    rows = MoneyLine.objects.order_by().values_list("dossier_id", "kind", "year", "amount")
    for pk, kind, year, amount in rows.iterator(chunk_size=2000):
        if pk in seen:
            for about in _abouts(seen[pk], Block.MONEY, year=year, key=kind):
                counted.cents[about] += int(Decimal(amount) * 100)


def _answers(counted: Counted, seen: dict[int, Seen]) -> None:
    """Count what the last deposit of each dossier answers: the missions of the fund, an objective given or not.

    Read from the facets that each deposit writes on the dossier; those that are alike are counted together. A dossier
    whose facets are not known (deposited before they were, or erased) says nothing.
    """
    aside = _too_many_for_a_column()
    alike: dict[tuple, list] = {}
    for one in seen.values():
        written = aside.get(one.pk) if one.facets is None else one.facets
        if written is None:
            continue
        year = timezone.localtime(one.deposited_at).year
        places = (one.procedure, one.lever, one.call, one.region, one.department)
        alike.setdefault((written, year, one.scopes, *places), [one, 0])[1] += 1
    for (written, *_), (one, n) in alike.items():
        for name, value in answers_in(one.procedure, written):
            for about in _abouts(one, Block.FACETS, key=name, value=value):
                counted.n[about] += n


def _too_many_for_a_column() -> dict[int, str]:
    """Return the facets of the dossiers that have more than their column holds, written as it would."""
    rows = DossierFacet.objects.filter(dossier__facet_values=None).order_by()
    found = defaultdict(list)
    for pk, name, value in rows.values_list("dossier_id", "name", "value"):
        found[pk].append(f"{name}={value}")
    return {pk: " ".join(values) for pk, values in found.items()}
