"""The content read whole in one statement, as the models it is made of.

A catalogue read table by table may mix two versions of it, when somebody saves in
between; and twenty queries a page are twenty journeys to the database. One statement
sees one state of the base, on both engines. Here it is a ``UNION ALL`` in which each
table gives its rows as JSON; the rows become models again, tied to each other as
``prefetch_related`` would have tied them, so that rules and templates read them as
they read any other.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from operator import itemgetter

from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import JSONArray

from actors.models import ActorType, Agency, ContentVersion, Region, Source
from levers.models import (
    Amount,
    Category,
    Condition,
    Criterion,
    Deposit,
    Example,
    Funding,
    Lever,
    Path,
    Reference,
    Relation,
    Role,
    Step,
    Synonym,
    Window,
)
from levers.words import fold

SHARED = (Source, Region, ActorType, Category, Agency, Synonym)
"""What all levers have in common: small tables, read whole."""

LINKS = {"categories": Category, "regions": Region}
THROUGH = {name: Lever._meta.get_field(name).remote_field.through for name in LINKS}
PATH_KINDS = Path._meta.get_field("actor_types").remote_field.through

RULES = (Window, Criterion, Path)
"""What says who may enter a lever, and when."""
TOLD = (Role, Step, Amount, Example)
"""What a lever is found by, besides its own words."""
SHEET = (Funding, Reference, Deposit, Relation)
"""What only its sheet shows."""

NAMES = {part: part._meta.get_field("lever").remote_field.related_name for part in (*RULES, *TOLD, *SHEET)}

TABLES = (ContentVersion, *SHARED, Lever, *NAMES, Condition, *THROUGH.values(), PATH_KINDS)
RANK = {model: rank for rank, model in enumerate(TABLES)}
NOBODY = 0
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, and how JSON's values become Python's."""

    model: type[models.Model]
    names: tuple[str, ...]
    readers: tuple[tuple[int, Callable], ...]

    def instance(self, values: list) -> models.Model:
        """Return a row as its model."""
        for place, read in self.readers:
            if values[place] is not None:
                values[place] = read(values[place])
        return self.model.from_db("default", self.names, values)


def columns_of(model: type[models.Model]) -> Columns:
    """Return how to read a table's rows back from JSON."""
    fields = model._meta.concrete_fields
    readers = tuple((place, read) for place, one in enumerate(fields) if (read := _reader(one)) is not None)
    return Columns(model, tuple(one.attname for one in fields), readers)


def _reader(one: models.Field) -> Callable | None:
    """Return what JSON needs for this field: it knows neither days nor amounts, and SQLite has no true and false."""
    if isinstance(one, models.DateField):
        return date.fromisoformat
    if isinstance(one, models.DecimalField):
        cent = Decimal(1).scaleb(-one.decimal_places)
        return lambda value: Decimal(str(value)).quantize(cent)
    if isinstance(one, models.BooleanField):
        return bool
    if isinstance(one, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return None


COLUMNS = {model: columns_of(model) for model in TABLES}


class Shared:
    """The version of the content that was read, and the rows of the small tables."""

    def __init__(self, rows: dict[type, list]):
        self.token: int = rows[ContentVersion][0].token if ContentVersion in rows else 0
        self.rows = {model: {row.pk: row for row in _in_order(rows.get(model, []))} for model in SHARED}
        for agency in self.all(Agency):
            agency._state.fields_cache["region"] = self.rows[Region][agency.region_id]
        places = list(self.rows[Region])
        by_region = sorted(self.all(Agency), key=lambda agency: places.index(agency.region_id))
        self.rows[Agency] = {agency.pk: agency for agency in by_region}

    def all(self, model: type) -> list:
        """Return the rows of a table in its own order."""
        return list(self.rows[model].values())


def read(levers: QuerySet[Lever] | None, parts: Iterable[type], *, names: QuerySet[Lever] | None = None):
    """Return the shared rows, then an iterator over the levers with these parts, all from one statement.

    ``levers`` None reads none. ``names`` are other levers of which only the row is
    wanted, for links to show their titles.
    """
    rows = _statement(levers, tuple(parts), names).iterator(chunk_size=CHUNK)
    groups = ((owner, _instances(group)) for owner, group in groupby(rows, key=itemgetter(0)))
    owner, first = next(groups, (NOBODY, {}))
    shared = Shared(first if owner == NOBODY else {})
    found = groups if owner == NOBODY else chain([(owner, first)], groups)
    return shared, (_tied(rows, shared) for _, rows in found)


def read_sheet(slug: str) -> tuple[Shared, Lever | None]:
    """Return a published lever with every part of its sheet, None where there is none; links to drafts are left out."""
    wanted = Lever.objects.published().filter(slug=slug)
    reached = Lever.objects.published().filter(reached_by__lever__in=wanted)
    shared, found = read(wanted, (*RULES, *TOLD, *SHEET), names=reached)
    levers = {lever.pk: lever for lever in found}
    lever = next((lever for lever in levers.values() if lever.slug == slug), None)
    if lever is not None:
        relations = [relation for relation in lever.relations.all() if relation.other_id in levers]
        for relation in relations:
            relation._state.fields_cache["other"] = levers[relation.other_id]
        _keep(lever, "relations", Relation, relations)
    return shared, lever


def _statement(levers: QuerySet[Lever] | None, parts: tuple[type, ...], names: QuerySet[Lever] | None) -> QuerySet:
    tables: dict[type, tuple[Q, str]] = {model: (Q(), "") for model in (ContentVersion, *SHARED)}
    if levers is not None:
        wanted = levers.order_by().values("pk")
        rows = Q(pk__in=wanted) if names is None else Q(pk__in=wanted) | Q(pk__in=names.order_by().values("pk"))
        tables[Lever] = (rows, "pk")
        tables |= {model: (Q(lever__in=wanted), "lever_id") for model in (*parts, *THROUGH.values())}
        if Criterion in parts:
            tables[Condition] = (Q(criterion__lever__in=wanted), "criterion__lever_id")
        if Path in parts:
            tables[PATH_KINDS] = (Q(path__lever__in=wanted), "path__lever_id")
    first, *others = (_rows(model, *how) for model, how in tables.items())
    return first.union(*others, all=True).order_by("whose", "rank")


def _rows(model: type, wanted: Q, owner: str) -> QuerySet:
    """Return a table's part of the statement: whose row it is, of which table, its values."""
    whose = F(owner) if owner else Value(NOBODY, output_field=models.BigIntegerField())
    values = JSONArray(*COLUMNS[model].names)
    rows = model._base_manager.filter(wanted).order_by()
    return rows.annotate(whose=whose, rank=Value(RANK[model]), data=values).values_list("whose", "rank", "data")


def _instances(group: Iterable[tuple]) -> dict[type, list]:
    """Return the rows of one lever, or of nobody, by table."""
    found: dict[type, list] = {}
    for _, rank, values in group:
        model = TABLES[rank]
        found.setdefault(model, []).append(COLUMNS[model].instance(values))
    return found


def _in_order(rows: list) -> list:
    """Return the rows of one table as its model orders them; no database's alphabet is asked."""
    if not rows:
        return rows
    names = [name for name in rows[0]._meta.ordering if "__" not in name and name not in ("lever", "criterion")]
    return sorted(rows, key=lambda row: [fold(v) if isinstance(v := getattr(row, name), str) else v for name in names])


def _tied(rows: dict[type, list], shared: Shared) -> Lever:
    """Return a lever with its parts, as ``prefetch_related`` would have tied them to it.

    Parts are not tied back: a lever that nobody holds any more is gone at once, and a
    process that reads thousands of them does not grow.
    """
    lever = rows[Lever][0]
    sources = shared.rows[Source]
    for found in rows.values():
        for row in found:
            if getattr(row, "source_id", None):
                row._state.fields_cache["source"] = sources[row.source_id]
    for model, name in NAMES.items():
        _keep(lever, name, model, _in_order(rows.get(model, [])))
    for name, model in LINKS.items():
        linked = {getattr(link, f"{model._meta.model_name}_id") for link in rows.get(THROUGH[name], [])}
        _keep(lever, name, model, [row for pk, row in shared.rows[model].items() if pk in linked])
    _tie_rules(rows, shared)
    for example in rows.get(Example, []):
        example._state.fields_cache["region"] = shared.rows[Region].get(example.region_id)
    return lever


def _tie_rules(rows: dict[type, list], shared: Shared) -> None:
    kinds = shared.rows[ActorType]
    for path in rows.get(Path, []):
        able = {link.actortype_id for link in rows.get(PATH_KINDS, []) if link.path_id == path.pk}
        _keep(path, "actor_types", ActorType, [kind for pk, kind in kinds.items() if pk in able])
    for criterion in rows.get(Criterion, []):
        for name, model in (("conditions", Condition), ("paths", Path)):
            own = [row for row in rows.get(model, []) if row.criterion_id == criterion.pk]
            _keep(criterion, name, model, _in_order(own))


def _keep(instance: models.Model, name: str, model: type, rows: list) -> None:
    """Give an instance the rows of one of its relations: reading them asks nothing of the base any more."""
    found = QuerySet(model)
    found._result_cache, found._prefetch_done = rows, True
    cache = instance.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = found
