"""How many dossiers each value of each facet would find, with the other choices: a fixed number of queries.

One grouped query for each group of columns that are read together, plus one for each facet in which something is
chosen, since its own choice does not narrow it. The number of dossiers changes none of that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from actors.models import ActorType, Department, Post, User
from levers.models import Call, Lever
from projects.content.facets import FACETS as OF_ANSWERS
from projects.instruction.facets import (
    FACET_LABELS,
    KNOWN,
    LATE,
    ME,
    MINE,
    MONTH,
    NEW,
    NEW_DAYS,
    NOBODY,
    NONE,
    OTHERS,
    PEOPLE,
    UNOWNED,
    WEEK,
    procedures,
    stages,
)
from projects.instruction.filters import Asked, asked_is, due_is, standing_is
from projects.models import Assignment, DossierLabel, Label
from projects.rights.turns import waits_for

OF_DOSSIERS: Mapping[str, str] = {
    "macro": "macro",
    "turn": "turn",
    "procedure": "procedure_key",
    "stage": "stage",
    "lever": "lever_id",
    "call": "call_id",
    **dict.fromkeys(OF_ANSWERS, "facet_values"),
}
"""The columns that are read together, in the index ``dossier_facets``."""

OF_ORGANISATIONS: Mapping[str, str] = {
    "department": "organisation__department_id",
    "actor_type": "organisation__actor_type_id",
}

UNNAMED = "Une personne sans nom affiché"
Counts = dict[str, Counter]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, its words, and how many it would find."""

    value: str
    label: str
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are found, and the values of each facet that would find some, or that are chosen."""

    total: int
    facets: Mapping[str, list[Option]]


def tally(asked: Asked) -> Tally:
    """Count what an address finds, and what each value of each facet would."""
    counts: Counts = defaultdict(Counter)
    total = _standing_and_bands(asked, counts)
    _columns(asked, counts, OF_DOSSIERS)
    _columns(asked, counts, OF_ORGANISATIONS)
    _labels(asked, counts)
    _people(asked, counts)
    named = _named(asked, counts)
    return Tally(total, {name: list(_options(asked, name, named[name], counts[name])) for name in FACET_LABELS})


def _options(asked: Asked, name: str, labels: Mapping[str, str], counts: Counter) -> Iterator[Option]:
    """Yield the values that would find something, or are chosen, in the order of their words; then the strangers."""
    picked = asked.chosen.get(name, ())
    for value, label in labels.items():
        if counts[value] or value in picked:
            yield Option(value, label, counts[value])
    for value in picked:
        if value not in labels:
            yield Option(value, f"«\u00a0{value}\u00a0» (valeur inconnue)", 0)


def _grouped(rows: QuerySet, columns: Sequence[str]) -> list[tuple]:
    return list(rows.values_list(*columns).annotate(total=Count("*")))


def _columns(asked: Asked, counts: Counts, columns: Mapping[str, str]) -> None:
    """Count columns together where nothing is chosen in them, and each other one by itself."""
    free = [name for name in columns if name not in asked.chosen]
    groups = [(free, ())] if free else []
    groups += [([name], (name,)) for name in columns if name in asked.chosen]
    for names, but in groups:
        read = list(dict.fromkeys([*(["procedure_key"] if "stage" in names else []), *(columns[one] for one in names)]))
        for *values, total in _grouped(asked.rows(but), read):
            row = dict(zip(read, values, strict=True))
            for name in names:
                for value in _values(name, row, columns[name]):
                    counts[name][value] += total


def _values(name: str, row: Mapping, column: str) -> Iterable:
    """Return the values that a row gives to a facet: several where an answer has several, none where it has none."""
    if name in OF_ANSWERS:
        pairs = (pair.split("=", 1) for pair in (row[column] or "").split())
        return [value for key, value in pairs if key == name] or [NONE]
    if name == "stage":
        return [f"{row['procedure_key']}:{row[column]}"]
    return [row[column]] if row[column] is not None else []


def _standing_and_bands(asked: Asked, counts: Counts) -> int:
    """Count situations, deadlines and bands of amounts; return how many are found in all."""
    at, total = asked.desk.at, 0
    new = Q(deposited_at__gte=at - timedelta(days=NEW_DAYS))
    whose = {MINE: Q(ended_at=None) & waits_for(asked.desk.holdings), OTHERS: Q(ended_at=None)}
    due = due_is(at)
    rows = asked.rows().annotate(
        whose=_first_of(whose), new=_first_of({NEW: new}), due=_first_of(due), band=_first_of(asked_is())
    )
    for whose_turn, is_new, date, band, found in _grouped(rows, ["whose", "new", "due", "band"]):
        total += found
        counts["standing"].update({whose_turn: found, is_new: found, **({LATE: found} if date == LATE else {})})
        counts["due"][date] += found
        counts["asked"][band] += found
    counts["standing"].update(_held(asked))
    for name, conditions in (("due", due), ("asked", asked_is())):
        if name in asked.chosen:
            rows = asked.rows((name,)).annotate(bucket=_first_of(conditions))
            counts[name] = Counter(dict(_grouped(rows, ["bucket"])))
    counts["due"][MONTH] += counts["due"][WEEK]
    return total


def standings(asked: Asked) -> Counter:
    """Count the situations alone, for the first page (three queries)."""
    counts: Counts = defaultdict(Counter)
    _standing_and_bands(asked, counts)
    return counts["standing"]


def _held(asked: Asked) -> dict[str, int]:
    """Count what waits for the person, and what nobody has in charge: both are asked of another table."""
    kept = standing_is(asked.desk)
    return {standing: kept[standing](asked.rows()).count() for standing in (ME, UNOWNED)}


def _first_of(conditions: Mapping[str, Q]) -> Case:
    """Return the name of the first condition that holds; empty for none."""
    cases = [When(condition, then=Value(name)) for name, condition in conditions.items()]
    return Case(*cases, default=Value(""), output_field=CharField())


def _labels(asked: Asked, counts: Counts) -> None:
    puts = DossierLabel.objects.filter(label__body_id__in=asked.desk.bodies, dossier__in=asked.rows(("label",)))
    counts["label"].update(
        dict(puts.order_by().values_list("label__slug").annotate(found=Count("dossier", distinct=True)))
    )


def _people(asked: Asked, counts: Counts) -> None:
    """Count by person, whoever leads or helps; and the dossiers that nobody leads."""
    desk, rows = asked.desk, asked.rows(("person",)).filter(body_id__in=asked.desk.bodies)
    leads = Count("dossier", filter=Q(role=Assignment.Role.LEAD))
    current = Assignment.objects.current(desk.at).filter(dossier__in=rows).order_by()
    led = 0
    for user, found, leading in current.values_list("user_id").annotate(
        found=Count("dossier", distinct=True), leading=leads
    ):
        counts["person"][str(user)] += found
        led += leading
    counts["person"][ME] = counts["person"][str(desk.holdings.user)]
    counts["person"][NOBODY] = rows.count() - led


def _named(asked: Asked, counts: Counts) -> dict[str, dict[str, str]]:
    """Return the words of the values of each facet; columns that hold numbers are counted by their keys from here."""
    named = {name: dict(values) for name, values in KNOWN.items()}
    named["procedure"], named["stage"] = procedures(), stages()
    for name, model, key, words in (
        ("lever", Lever, "slug", "short_name"),
        ("call", Call, "slug", "title"),
        ("department", Department, "code", "name"),
        ("actor_type", ActorType, "slug", "label"),
    ):
        numbers, picked = counts[name], _clean(asked.chosen.get(name, ()))
        found = model.objects.filter(Q(pk__in=list(numbers)) | Q(**{f"{key}__in": picked}))
        rows = list(found.order_by(words, "pk").values_list("pk", key, words))
        counts[name] = Counter({value: numbers[pk] for pk, value, _ in rows})
        named[name] = {value: label for _, value, label in rows}
    named["label"] = dict(Label.objects.filter(body_id__in=asked.desk.bodies).values_list("slug", "name"))
    named["person"] = PEOPLE | people_of(asked, counts["person"])
    return named


def people_of(asked: Asked, counts: Counter) -> dict[str, str]:
    """Return those to whom something is entrusted, and the colleagues who hold a post now, by number."""
    desk = asked.desk
    wanted = {int(value) for value in counts if value.isdecimal()}
    posts = Post.objects.current(timezone.localtime(desk.at).date()).filter(body_id__in=desk.bodies).values("user_id")
    users = User.objects.filter(Q(pk__in=wanted) | Q(pk__in=posts)).order_by("full_name", "pk")
    return {str(pk): name or UNNAMED for pk, name in users.values_list("pk", "full_name")}


def _clean(values: Iterable[str]) -> list[str]:
    return [value for value in values if "\0" not in value]
