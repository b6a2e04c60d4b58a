"""What an alert has to tell: what matches now, compared with what it was told before. Pure, no clock.

What was told is remembered for each call, so a run that did not take place loses
nothing: the next one compares with what was really told. And two runs in a row tell
nothing twice, since telling is what changes the memory.

A call that is closed when it first matches, or that changes while it remains closed,
is remembered without a word: nobody can answer it. It is told if it opens again.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FIELDS = {
    "title": "Titre",
    "kind": "Nature",
    "organiser": "Organisateur",
    "opening": "Ouverture",
    "information": "Réunion d'information",
    "questions": "Fin des questions",
    "letter": "Lettre d'intention",
    "intermediate": "Relevé intermédiaire",
    "closing": "Clôture",
    "hearing": "Audition ou jury",
    "results": "Résultats",
    "envelope": "Enveloppe totale",
    "amounts": "Montants",
    "regions": "Régions",
    "actor_types": "Pour qui",
    "roles": "Rôle recherché",
    "expected": "Prochaine édition attendue",
}
"""The facts whose change is told, in the order of the mail. A status is not one: it follows from dates and days."""

NOTHING_SAID = "non précisé"
CLOSED, UPCOMING, CLOSING_SOON = "closed", "upcoming", "closing-soon"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a call: what is compared, and how it reads. Only the words are shown, only the value is compared."""

    value: object
    words: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as an alert knows it. ``closes`` is the day of the next closing, or empty."""

    slug: str
    title: str
    status: str
    dates: str
    closes: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def can_answer(self) -> bool:
        """Tell whether one can answer, or will."""
        return self.status != CLOSED

    @property
    def closes_soon(self) -> bool:
        """Tell whether it closes within 14 days, as lists say it."""
        return self.status == CLOSING_SOON


@dataclass(frozen=True, slots=True)
class Told:
    """What an alert was told of a call, and the closing of which the approach was told."""

    call: Call
    closing_told: str = ""


class Kind(StrEnum):
    """Why a call is told, in the order of the mail."""

    NEW = "new"
    REOPENED = "reopened"
    OPENED = "opened"
    CHANGED = "changed"
    CLOSING = "closing"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that changed, before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A call to tell: once in a mail, whatever happened to it meanwhile."""

    kind: Kind
    key: int
    call: Call
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What is to tell, and what the alert will then have been told."""

    items: tuple[Item, ...]
    memory: Mapping[int, Told]


def remember(matching: Mapping[int, Call]) -> dict[int, Told]:
    """Return the memory of somebody who has just seen the list: nothing in it is news, nor about to be."""
    return {key: _told(call, "") for key, call in matching.items()}


def compare(memory: Mapping[int, Told], matching: Mapping[int, Call], published: Container[int]) -> News:
    """Return the news of what matches now, against what was told; ``published`` says which calls the public sees."""
    items = [item for key, call in matching.items() if (item := _item(key, memory.get(key), call))]
    items += [item for key, told in memory.items() if key not in matching and (item := _gone(key, told, published))]
    order = [*Kind]
    items.sort(key=lambda item: (order.index(item.kind), item.call.closes or "9", item.call.title, item.key))
    return News(
        items=tuple(items),
        memory={key: _told(call, memory[key].closing_told if key in memory else "") for key, call in matching.items()},
    )


def _told(call: Call, closing_told: str) -> Told:
    """Return what is known once a mail, or a list, has shown the call: its approaching end with it."""
    return Told(call, call.closes if call.closes_soon else closing_told)


def _item(key: int, told: Told | None, call: Call) -> Item | None:
    """Return what there is to tell of a call that matches."""
    if told is None:
        return Item(Kind.NEW, key, call) if call.can_answer else None
    before = told.call
    if not before.can_answer and not call.can_answer:
        return None
    changes = tuple(changes_between(before, call))
    if not before.can_answer:
        return Item(Kind.REOPENED, key, call, changes)
    if before.status == UPCOMING and call.can_answer and call.status != UPCOMING:
        return Item(Kind.OPENED, key, call, changes)
    if changes:
        return Item(Kind.CHANGED, key, call, changes)
    if call.closes_soon and told.closing_told != call.closes:
        return Item(Kind.CLOSING, key, call)
    return None


def _gone(key: int, told: Told, published: Container[int]) -> Item | None:
    """Return what there is to tell of a call that no longer matches; it is forgotten, so it may be new again."""
    if not told.call.can_answer:
        return None
    return Item(Kind.ELSEWHERE if key in published else Kind.WITHDRAWN, key, told.call)


def changes_between(before: Call, after: Call) -> Iterable[Change]:
    """Yield the facts that differ. One that an older version of the portal did not remember is not compared."""
    for name in FIELDS:
        if name in before.facts and name in after.facts and before.facts[name].value != after.facts[name].value:
            was, is_now = before.facts[name].words, after.facts[name].words
            yield Change(FIELDS[name], was or NOTHING_SAID, is_now or NOTHING_SAID)
