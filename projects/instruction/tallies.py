"""How many dossiers each value of each facet would find, with the other choices: a fixed number of queries.

One query for each group of columns that are read together, plus one for each facet in which something is chosen, since
its own choice does not narrow it. The number of dossiers changes none of that. What is found is turned into SQL once
(``compiled.py``). Nothing is kept from one request to the next: a count is what the base holds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache, partial

from django.db.models import Q
from django.utils import timezone

from actors.models import ActorType, Department, Post, User
from apist.prepared import MOMENTS, Prepared, Text, prepare
from levers.models import Call, Lever
from projects.content.facets import FACETS as OF_ANSWERS
from projects.instruction.beside import label_query, names_of, people_query
from projects.instruction.compiled import Compiled, condition, conditions, is_in
from projects.instruction.conditions import Desk, asked_is, due_is
from projects.instruction.facets import (
    DUE,
    FACET_LABELS,
    KNOWN,
    LATE,
    ME,
    MINE,
    NEW,
    NEW_DAYS,
    NOBODY,
    NONE,
    OTHERS,
    PEOPLE,
    UNOWNED,
    procedures,
    stages,
)
from projects.instruction.filters import Asked
from projects.models import Label
from projects.models.charge import entrusted_to, without_owner
from projects.models.lateness import late
from projects.procedures.catalogue import unowned_delays
from projects.rights.holdings import Holdings
from projects.rights.turns import waits_for

OF_DOSSIERS: Mapping[str, str] = {
    "macro": "macro",
    "turn": "turn",
    "procedure": "procedure_key",
    "stage": "stage",
    "lever": "lever",
    "call": "call",
    **dict.fromkeys(OF_ANSWERS, "facet_values"),
}
"""The columns that are read together, in the index ``dossier_facets``."""

OF_ORGANISATIONS: Mapping[str, str] = {
    "department": "department",
    "actor_type": "actor_type",
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
    total, own = _standing_and_bands(asked, counts)
    _columns(asked, counts, OF_DOSSIERS)
    _organisations(asked, counts)
    named = _named(asked, counts) | {"label": _labels(asked, counts), "person": PEOPLE | _people(asked, counts, own)}
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


def _columns(asked: Asked, counts: Counts, columns: Mapping[str, str]) -> None:
    """Count columns together where nothing is chosen in them, and each other one by itself."""
    for names, found in _apart(asked, columns):
        read = list(dict.fromkeys([*(["procedure_key"] if "stage" in names else []), *(columns[one] for one in names)]))
        for *values, total in found.grouped(read) if found else ():
            row = dict(zip(read, values, strict=True))
            for name in names:
                for value in _values(name, row, columns[name]):
                    counts[name][value] += total


def _organisations(asked: Asked, counts: Counts) -> None:
    """Count what the organisations are in the same way."""
    for names, found in _apart(asked, OF_ORGANISATIONS):
        read = [OF_ORGANISATIONS[one] for one in names]
        for *values, total in found.grouped_beside("organisation", read) if found else ():
            for name, value in zip(names, values, strict=True):
                if value is not None:
                    counts[name][value] += total


def _apart(asked: Asked, columns: Iterable[str]) -> Iterator[tuple[list[str], Compiled | None]]:
    """Yield the facets that are counted together, with the dossiers in which they are."""
    free = [name for name in columns if name not in asked.chosen]
    if free:
        yield free, asked.compiled()
    for name in columns:
        if name in asked.chosen:
            yield [name], asked.compiled((name,))


def _values(name: str, row: Mapping, column: str) -> Iterable:
    """Return the values that a row gives to a facet: several where an answer has several, none where it has none."""
    if name in OF_ANSWERS:
        pairs = (pair.split("=", 1) for pair in (row[column] or "").split())
        return [value for key, value in pairs if key == name] or [NONE]
    if name == "stage":
        return [f"{row['procedure_key']}:{row[column]}"]
    return [row[column]] if row[column] is not None else []


def _standing_and_bands(asked: Asked, counts: Counts) -> tuple[int, int]:
    """Count situations, deadlines and bands of amounts in one pass; return how many are found in all, and one's own."""
    desk, bands = asked.desk, _bands()
    timed = {name: one.filled([desk.holdings.user], desk.at) for name, one in _prepared(_delays()).items()}
    due = {name: timed[name] for name in DUE}
    found = asked.compiled()
    if found:
        own = {OWN: is_in("body", desk.bodies)} if desk.bodies else {}
        wanted = _standings(desk, timed) | _named_apart("due", due) | _named_apart("asked", bands) | own
        told = found.counted(wanted)
        counts["standing"].update({name: told[name] for name in (ME, MINE, LATE, NEW, UNOWNED)})
        counts["standing"][OTHERS] = told[OPEN] - told[MINE]
        counts["due"].update({name: told[f"due {name}"] for name in due})
        counts["asked"].update({name: told[f"asked {name}"] for name in bands})
    for name, wanted in (("due", due), ("asked", bands)):
        if name in asked.chosen:
            among = asked.compiled((name,))
            counts[name] = Counter(among.counted(wanted) if among else {})
            del counts[name][""]
    return (told[""], told.get(OWN, 0)) if found else (0, 0)


OPEN, ENTRUSTED, OVERDUE, OWN = "open", "entrusted", "overdue", "own"


def _standings(desk: Desk, timed: Mapping[str, Text]) -> dict[str, Text]:
    """Return the condition of each situation but that which others tell: what waits for others is open, not mine."""
    mine, mine_params = _waiting(desk.holdings.user, frozenset(desk.holdings.held.items()))
    entrusted, params = timed[ENTRUSTED]
    return {
        OPEN: timed[OPEN],
        MINE: (mine, mine_params),
        ME: (f"({mine}) AND ({entrusted})", (*mine_params, *params)),
        LATE: timed[OVERDUE],
        UNOWNED: timed[UNOWNED],
        NEW: timed[NEW],
    }


@lru_cache(maxsize=256)
def _waiting(user: int, held: frozenset) -> Text:
    """Return the condition of what waits for a person, written once for what they hold."""
    return condition(Q(ended_at=None) & waits_for(Holdings(user, dict(held))))


def _of_a_moment(user: int, at: datetime) -> dict[str, Q]:
    """Return the conditions that depend on nothing but a person and a moment."""
    return due_is(at) | {
        OPEN: Q(ended_at=None),
        OVERDUE: late(at),
        ENTRUSTED: entrusted_to(user, at),
        UNOWNED: without_owner(at),
        NEW: Q(deposited_at__gte=at - timedelta(days=NEW_DAYS)),
    }


def _delays() -> tuple:
    """Return what the conditions take from the catalogue of procedures: SQL is written again where it changes."""
    return tuple((days, tuple(keys)) for days, keys in unowned_delays().items())


@cache
def _prepared(delays: tuple) -> dict[str, Prepared]:
    names = _of_a_moment(0, MOMENTS[0])
    return {name: prepare(partial(_written, name), 1) for name in names}


def _written(name: str, numbers: Sequence[int], at: datetime) -> Text:
    return condition(_of_a_moment(*numbers, at)[name])


@cache
def _bands() -> dict[str, Text]:
    return conditions(asked_is())


def _named_apart(facet: str, values: Mapping[str, Text]) -> dict[str, Text]:
    return {f"{facet} {name}": one for name, one in values.items()}


def standings(asked: Asked) -> Counter:
    """Count the situations alone, for the first page (one query)."""
    counts: Counts = defaultdict(Counter)
    _standing_and_bands(asked, counts)
    return counts["standing"]


def _labels(asked: Asked, counts: Counts) -> dict[str, str]:
    """Count labels, and return their words (one query)."""
    found, bodies, named = asked.compiled(("label",)), asked.desk.bodies, {}
    rows = found.put_in(label_query(len(bodies)), bodies, asked.desk.at) if found and bodies else ()
    for slug, total, words, _ in rows:
        counts["label"][slug], named[slug] = total, words
    if any(one not in named for one in asked.chosen.get("label", ())):
        return dict(Label.objects.filter(body_id__in=bodies).values_list("slug", "name"))
    return named


def _people(asked: Asked, counts: Counts, own: int) -> dict[str, str]:
    """Count by person, whoever leads or helps, and what nobody leads; return the names (two queries, or three).

    ``own``: how many of what is found are of one's own administrations, whose people alone are shown.
    """
    desk, named, found = asked.desk, {}, asked.compiled(("person",))
    if found and desk.bodies:
        mine = found.within(is_in("body", desk.bodies))
        held = mine.put_in(people_query(), (), desk.at)
        names = names_of(User, [user for user, *_ in held], "full_name") if held else ()
        named = {str(user): name or UNNAMED for user, name in names}
        counts["person"].update({str(user): total for user, total, _ in held})
        among = mine.counted({})[""] if "person" in asked.chosen else own
        counts["person"][NOBODY] = among - sum(leading for *_, leading in held)
    counts["person"][ME] = counts["person"][str(desk.holdings.user)]
    if any(one not in named and one not in PEOPLE for one in asked.chosen.get("person", ())):
        return people_of(asked, counts["person"])
    return named


def _named(asked: Asked, counts: Counts) -> dict[str, Mapping[str, str]]:
    """Return the words of the values of each facet; columns that hold numbers are counted by their keys from here."""
    named = dict(KNOWN)
    named["procedure"], named["stage"] = procedures(), stages()
    for name, model, key, words in (
        ("lever", Lever, "slug", "short_name"),
        ("call", Call, "slug", "title"),
        ("department", Department, "code", "name"),
        ("actor_type", ActorType, "slug", "label"),
    ):
        numbers, picked = counts[name], asked.chosen.get(name, ())
        rows = names_of(model, numbers, key, words) if numbers else []
        if not {value for _, value, _ in rows}.issuperset(picked):
            found = model.objects.filter(Q(pk__in=list(numbers)) | Q(**{f"{key}__in": _clean(picked)}))
            rows = list(found.order_by(words, "pk").values_list("pk", key, words))
        counts[name] = Counter({value: numbers[pk] for pk, value, _ in rows})
        named[name] = {value: label for _, value, label in rows}
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
