"""The content as files: which file holds which rows, and how they are written.

The files are what a person reads in a review, so there is one way to write them:
natural keys and no number, the keys first and the source last, rows in an order
that no database decides. Exporting, loading into an empty base and exporting
again gives the same bytes, on SQLite and on PostgreSQL.

A field is left out when it is empty and its emptiness is the model's default; the
loader then puts the default back. Links to many rows are always written, even
empty: the loader leaves alone those that a file does not mention.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import yaml
from django.apps import apps
from django.db import models

#: The files that hold one kind of row each, in the order in which they load.
BEFORE_LEVERS = {
    "sources.yaml": "actors.source",
    "regions.yaml": "actors.region",
    "departments.yaml": "actors.department",
    "agencies.yaml": "actors.agency",
    "contact_subjects.yaml": "actors.subject",
    "delegations.yaml": "actors.delegation",
    "referents.yaml": "actors.referent",
    "local_bodies.yaml": "actors.localbody",
    "actor_types.yaml": "actors.actortype",
    "categories.yaml": "levers.category",
    "synonyms.yaml": "levers.synonym",
    "thresholds.yaml": "levers.threshold",
    "terms.yaml": "levers.term",
    "policies.yaml": "levers.policy",
    "objectives.yaml": "levers.objective",
}

#: One file a lever: its row, its parts in this order, then its criteria, each with its conditions, and the ways around.
LEVER = "levers.lever"
PARTS = ("role", "step", "amount", "funding", "example", "reference", "deposit", "window")
#: One file a call: its row, then its parts in this order.
CALL = "levers.call"
CALL_PARTS = ("callevent", "callamount", "callcriterion", "callpiece", "calldocument")
#: One file an experiment: its row, then its parts in this order.
EXPERIMENT = "projects.experiment"
EXPERIMENT_PARTS = ("participant", "target", "phase", "act", "discrepancy")
CRITERION, CONDITION, PATH = "levers.criterion", "levers.condition", "levers.path"

#: Rows that point from one lever, call or experiment to another: all of them must be there.
LAST = {
    "relations.yaml": "levers.relation",
    "call_relations.yaml": "levers.callrelation",
    "experiment_twins.yaml": "projects.twin",
    "feedback.yaml": "projects.feedback",
}

#: Rows about people and what they do are never content, nor what the database writes by itself.
OF_DOSSIERS = (
    "project section sectionversion financingline share dossier participation recusal adoption journalentry "
    "journaltext maintenance attachment snapshot outsidedeposit message completionrequest mailpreference digestline "
    "retentionrun ownershiptransfer moneyline envelope "
    "specificationcomment financialmodelline leaderchange envisagedproject readingrequest "
    "assignment absence label dossierlabel note "
    "opinionrequest interestdeclaration "
    "gridversion jury juror candidate interest judgement "
    "dossierfacet savedview "
    "paymentschedule instalment indicator indicatorvalue evaluationreport followupday "
    "publication publicwording "
    "stagespan steeringrun steeringcell "
    "signaturedelegation lettertemplate decisiondraft decisioncounter decision decisionnotice "
    "paper "
).split()
NEVER = frozenset(
    {
        "actors.user",
        "actors.organisation",
        "actors.membership",
        "actors.organisationinvitation",
        "actors.body",
        "actors.post",
        "actors.contentversion",
        "actors.contentstamp",
        "levers.searchwithoutresult",
        "levers.alert",
        "levers.alertmemory",
        *(f"projects.{name}" for name in OF_DOSSIERS),
        "apist.cacheentry",
        "apist.outgoingmail",
        "apist.suspendedaddress",
    }
)

LEVERS_FOLDER, CALLS_FOLDER, EXPERIMENTS_FOLDER = FOLDERS = "levers", "calls", "experiments"
HEADER = "# Écrit par « manage.py export_fixtures » : à modifier dans l'administration, ou ici en gardant la forme.\n\n"
SOURCED_LAST = ("source", "locator", "verified_on", "review_due")
LOOKS_LIKE_A_NUMBER = re.compile(r"[-+]?\d[\d._eE:+-]*")


def covered_labels() -> list[str]:
    """Return the models that files hold, in an order in which each finds what it points to."""
    parts = [f"levers.{name}" for name in PARTS]
    of_a_call = [f"levers.{name}" for name in CALL_PARTS]
    of_an_experiment = [f"projects.{name}" for name in EXPERIMENT_PARTS]
    return [
        *BEFORE_LEVERS.values(), LEVER, *parts, CRITERION, CONDITION, PATH, CALL, *of_a_call,
        EXPERIMENT, *of_an_experiment, *LAST.values(),
    ]  # fmt: skip


def covered_models() -> list[type[models.Model]]:
    """Return the same as classes."""
    return [apps.get_model(label) for label in covered_labels()]


# --- Reading the base ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A row as its file says it, and where it goes."""

    owner: str
    order: tuple
    entry: dict


def rows_of(label: str) -> list[Row]:
    """Return every row of a model in the order of its file; the number of queries is fixed."""
    model = apps.get_model(label)
    many = [field.name for field in model._meta.local_many_to_many]
    queryset = model._base_manager.select_related(*_joins(model)).prefetch_related(*many)
    rows = [Row(_owner_of(instance), _order(instance), entry(instance)) for instance in queryset]
    return sorted(rows, key=lambda row: (row.owner, row.order))


def _natural_fields(model: type[models.Model]) -> tuple[str, ...]:
    return model._default_manager.natural_fields


def _joins(model: type[models.Model]) -> list[str]:
    """Return the relations that natural keys read, own and of the rows pointed to."""
    joins = {name.rpartition("__")[0] for name in _natural_fields(model)}
    for field in model._meta.fields:
        if field.is_relation:
            joins.add(field.name)
            joins |= {f"{field.name}__{name}".rpartition("__")[0] for name in _natural_fields(field.related_model)}
    return sorted(joins - {""})


def _owner_of(instance: models.Model) -> str:
    """Return the slug of the lever, call or experiment whose file holds the row; empty where it is of none."""
    belongs = any(name.endswith("__slug") for name in _natural_fields(type(instance)))
    return instance.natural_key()[0] if belongs else ""


def _order(instance: models.Model) -> tuple:
    """Return what rows are sorted by: the facet, the curators' rank, then the natural key."""
    facet = instance.kind if instance._meta.label_lower == "levers.category" else ""
    return (facet, getattr(instance, "position", 0), instance.natural_key())


def entry(instance: models.Model) -> dict:
    """Return a row as Django's fixtures say it, fields in the order of the files."""
    options = instance._meta
    keys = [name.partition("__")[0] for name in _natural_fields(type(instance))]
    own = [field.name for field in options.concrete_fields if not field.primary_key]
    many = [field.name for field in options.local_many_to_many]
    last = [name for name in SOURCED_LAST if name in own]
    order = dict.fromkeys([*keys, *(name for name in own if name not in last), *many, *last])
    values = {name: _value(instance, options.get_field(name)) for name in order}
    kept = {name: value for name, value in values.items() if name in many or not _is_left_out(instance, name, value)}
    return {"model": options.label_lower, "fields": kept}


def _value(instance: models.Model, field: models.Field):
    if field.many_to_many:
        return Inline(Inline(other.natural_key()) for other in sorted(getattr(instance, field.name).all(), key=_order))
    value = getattr(instance, field.name)
    if field.is_relation:
        return None if value is None else Inline(value.natural_key())
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.{field.decimal_places}f}"
    return Inline(value) if isinstance(value, list) else value


def _is_left_out(instance: models.Model, name: str, value) -> bool:
    """Tell whether the loader would put the same emptiness back by itself."""
    return not value and value == instance._meta.get_field(name).get_default()


# --- The files ---------------------------------------------------------------


def files_from_base() -> dict[str, str]:
    """Return every file's text by its name, as the base is now."""
    files = {name: text(row.entry for row in rows_of(label)) for name, label in BEFORE_LEVERS.items()}
    parts = [row for name in PARTS for row in rows_of(f"levers.{name}")]
    files |= _one_file_each(LEVERS_FOLDER, LEVER, [*parts, *_criteria_with_conditions(), *rows_of(PATH)])
    files |= _one_file_each(CALLS_FOLDER, CALL, [row for name in CALL_PARTS for row in rows_of(f"levers.{name}")])
    of_experiments = [row for name in EXPERIMENT_PARTS for row in rows_of(f"projects.{name}")]
    files |= _one_file_each(EXPERIMENTS_FOLDER, EXPERIMENT, of_experiments)
    return files | {name: text(row.entry for row in rows_of(label)) for name, label in LAST.items()}


def _one_file_each(folder: str, label: str, parts: list[Row]) -> dict[str, str]:
    """Return a file for each lever, call or experiment, with its parts."""
    by_owner: dict[str, list[dict]] = defaultdict(list)
    for row in parts:
        by_owner[row.owner].append(row.entry)
    owners = {owner.entry["fields"]["slug"]: owner.entry for owner in rows_of(label)}
    return {f"{folder}/{slug}.yaml": text([entry, *by_owner[slug]]) for slug, entry in owners.items()}


def _criteria_with_conditions() -> Iterator[Row]:
    """Yield each criterion, then when it applies."""
    conditions = rows_of(CONDITION)
    for criterion in rows_of(CRITERION):
        yield criterion
        key = (criterion.owner, criterion.entry["fields"]["key"])
        yield from (row for row in conditions if tuple(row.entry["fields"]["criterion"]) == key)


def write_files(folder: Path, files: dict[str, str]) -> list[str]:
    """Write the files, remove those of what no longer exists, and return the names of what was removed."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    each = [path for one in FOLDERS for path in folder.glob(f"{one}/*.yaml")]
    stale = [path for path in each if f"{path.parent.name}/{path.name}" not in files]
    for path in stale:
        path.unlink()
    return sorted(path.name for path in stale)


class FolderProblem(Exception):
    """A folder of fixtures that cannot be loaded as it is; the message says why."""


def files_to_load(folder: Path) -> list[Path]:
    """Return the files in the order in which they load; refuse a folder with one missing or one unknown."""
    each = [path for one in FOLDERS for path in sorted(folder.glob(f"{one}/*.yaml"))]
    ordered = [*(folder / name for name in BEFORE_LEVERS), *each, *(folder / name for name in LAST)]
    if missing := [path.name for path in ordered if not path.is_file()]:
        raise FolderProblem(f"Il manque dans {folder} : {', '.join(missing)}.")
    if unknown := sorted(path.name for path in folder.rglob("*.yaml") if path not in ordered):
        raise FolderProblem(f"Fichiers que apist/fixtures.py ne connaît pas dans {folder} : {', '.join(unknown)}.")
    return ordered


def holds_rows(path: Path) -> bool:
    """Tell whether a file has anything to load: a subject that nobody curated yet is an empty list."""
    return not path.read_text(encoding="utf-8").endswith("\n[]\n")


# --- YAML --------------------------------------------------------------------


class Inline(list):
    """A list written on one line, between brackets."""


class Dumper(yaml.SafeDumper):
    """Write YAML as people do: literal blocks, lists inline, no anchor, numbers in a text quoted."""

    def ignore_aliases(self, data) -> bool:
        """Repeat a value rather than point to it."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False):
        """Indent lists under their key."""
        return super().increase_indent(flow, False)


def _write_text(dumper: Dumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else '"' if LOOKS_LIKE_A_NUMBER.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _write_inline(dumper: Dumper, value: Inline) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


Dumper.add_representer(str, _write_text)
Dumper.add_representer(Inline, _write_inline)
Dumper.add_representer(date, yaml.SafeDumper.yaml_representers[date])


def text(entries: Iterable[dict]) -> str:
    """Return the rows as the text of a file; a file without rows is an empty list."""
    entries = list(entries)
    return HEADER + yaml.dump(entries, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110)
