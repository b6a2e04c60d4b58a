"""What dossiers that were there before an upgrade lack: facets, amount asked, status, end of the legal delay.

Run by hand after an upgrade (``manage.py complete_dossiers``), as often as one likes: it takes what is still lacking. A
migration cannot do it: it would read procedures and answers as they will be the day it runs, not as they were.

Facets and amounts are read from what is frozen, the legal delay from the journal. Journals are left alone. Facets,
amounts and delays are written beside what is guarded; an amount is a new line of its deposit's act, as the deposit
itself would have written it. A status is guarded: it changes by the door of maintenance alone, which keeps the reason,
and only to what the dossier's own procedure says of the stage where it stands.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from projects import guards
from projects.engine.facets import facets_in
from projects.engine.money import asked_in
from projects.engine.reading import legally_due
from projects.models import Dossier, DossierFacet, JournalEntry, MoneyLine, Snapshot, StageSpan
from projects.procedures.catalogue import procedure_at
from projects.procedures.types import Stage
from projects.procedures.vocabulary import FINAL, Macro, MoneyKind

BATCH = 200
"""So many dossiers are locked at once, for less than a second."""


@dataclass(slots=True)
class Completed:
    """How many dossiers got something; a second run says zero everywhere."""

    facets: int = 0
    asked: int = 0
    statuses: int = 0
    delays: int = 0


def complete(at: datetime) -> Completed:
    """Give dossiers what they lack, by batches, each whole or not at all; killed in between, run it again."""
    done = Completed()
    for keys in _batches(lacking()):
        with transaction.atomic():
            _fill(keys, done)
    done.statuses = right_statuses(at)
    for keys in _batches(ticking()):
        with transaction.atomic():
            done.delays += _right_delays(keys)
    return done


def lacking() -> QuerySet[Dossier]:
    """Return the dossiers that hold a deposit and no facet values, or no amount asked; never one that was erased."""
    lacks = Q(facet_values=None) | Q(asked=None)
    return Dossier.objects.filter(lacks, erased_at=None, snapshots__isnull=False).distinct()


def _batches(rows: QuerySet[Dossier]) -> Iterator[list[int]]:
    """Yield the numbers of rows, so many at a time, each looked for after the last: what is done may leave them."""
    after = 0
    while keys := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys
        after = keys[-1]


def _fill(keys: list[int], done: Completed) -> None:
    """Complete some dossiers, locked, in a number of queries that their number does not change."""
    deposits = Snapshot.objects.select_related("entry").order_by("pk")
    asked = MoneyLine.objects.filter(kind=MoneyKind.ASKED).order_by("pk")
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, erased_at=None)
    sorted_anew, changed, facets, lines = [], [], [], []
    for dossier in rows.order_by("pk").prefetch_related(
        Prefetch("snapshots", deposits), Prefetch("money", asked), "facets"
    ):
        frozen = list(dossier.snapshots.all())
        if dossier.facet_values is None and frozen:
            own, dossier.facet_values = facets_in(dossier, frozen[-1].content)
            if dossier.facet_values is not None or not dossier.facets.all():
                sorted_anew.append(dossier.pk)
                facets += own
                done.facets += 1
        if dossier.asked is None:
            known = list(dossier.money.all()) or _asked(dossier, frozen)
            lines += [one for one in known if one.pk is None]
            dossier.asked = sum((one.amount for one in known), Decimal()) or None
            done.asked += dossier.asked is not None
        changed.append(dossier)
    DossierFacet.objects.filter(dossier__in=sorted_anew).delete()
    DossierFacet.objects.bulk_create(facets)
    MoneyLine.objects.bulk_create(lines)
    Dossier.objects.bulk_update(changed, ["facet_values", "asked"])


def _asked(dossier: Dossier, deposits: list[Snapshot]) -> list[MoneyLine]:
    """Return the lines of the first deposit made here that asks for money, not saved: see ``engine/money.py``."""
    for one in deposits:
        if dossier.procedure.move(one.entry.move).external:
            continue
        if found := asked_in(one.content, timezone.localtime(one.entry.at).date()):
            return [
                MoneyLine(dossier=dossier, entry=one.entry, kind=it.kind, year=it.year, amount=it.amount, on=it.on)
                for it in found
            ]
    return []


def right_statuses(at: datetime) -> int:
    """Give each dossier the status and the turn of the stage where it stands, as its procedure now says.

    Returns how many changed. An end is taken away from a stage that ends nothing any more, and written where it lacks.
    Stays follow their stage. What a dossier of an unknown version or stage should say, nobody can tell: it is left.
    """
    changed = 0
    columns = ("procedure_key", "procedure_version", "stage", "macro", "turn")
    for key, version, place, macro, turn in Dossier.objects.order_by().values_list(*columns).distinct():
        stage = _stage(key, version, place)
        if stage is None or (macro, turn) == (stage.macro, stage.turn):
            continue
        reason = f"Statut de l'étape « {place} » ({key}, version {version}) : « {macro} » devient « {stage.macro} »"
        wrong = Dossier.objects.filter(
            procedure_key=key, procedure_version=version, stage=place, macro=macro, turn=turn
        )
        with guards.maintenance(reason, at):
            changed += _right(wrong, stage)
    spans = ("dossier__procedure_key", "dossier__procedure_version", "stage", "macro")
    for key, version, place, macro in StageSpan.objects.order_by().values_list(*spans).distinct():
        stage = _stage(key, version, place)
        if stage is not None and macro != stage.macro:
            own = StageSpan.objects.filter(stage=place, macro=macro, dossier__procedure_key=key)
            own.filter(dossier__procedure_version=version).update(macro=stage.macro)
    return changed


def _right(wrong: QuerySet[Dossier], stage: Stage) -> int:
    keys = list(wrong.select_for_update(no_key=True).values_list("pk", flat=True))
    rows = Dossier.objects.filter(pk__in=keys)
    if Macro(stage.macro) not in FINAL:
        rows.update(ended_at=None)
    else:
        rows.filter(ended_at=None).update(ended_at=F("staged_at"))
    return rows.update(macro=stage.macro, turn=stage.turn)


def ticking() -> QuerySet[Dossier]:
    """Return the dossiers not finished whose journal touched the legal clock, and those that wrongly keep an end."""
    touched = JournalEntry.objects.filter(dossier=OuterRef("pk")).exclude(clock="")
    kept = Q(ended_at=None) | Q(legal_due_at__isnull=False)
    return Dossier.objects.filter(kept, Exists(touched), erased_at=None)


def _right_delays(keys: list[int]) -> int:
    """Write when the legal delay of some dossiers is over, as their journals say; return how many changed."""
    acts, changed = defaultdict(list), []
    moves = JournalEntry.objects.filter(dossier__in=keys, kind=JournalEntry.Kind.MOVE)
    for entry in moves.order_by("dossier", "seq"):
        acts[entry.dossier_id].append(entry)
    for dossier in Dossier.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys):
        try:
            due = legally_due(dossier, acts[dossier.pk])
        except KeyError:  # a version or a move that nobody knows any more
            continue
        if due != dossier.legal_due_at:
            dossier.legal_due_at = due
            changed.append(dossier)
    Dossier.objects.bulk_update(changed, ["legal_due_at"])
    return len(changed)


def _stage(key: str, version: int, place: str) -> Stage | None:
    try:
        return procedure_at(key, version).stage(place)
    except KeyError:
        return None
