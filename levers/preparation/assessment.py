"""The self-assessment: what was answered, and what is there, missing or not yet looked at. Pure.

The answers are a plain dictionary, as an address holds them and as a dossier may be
prefilled with them: ``{"contact_door": True, "element_ethics": "na", "trl": 6}``.
What nobody understands in an address is told and counts as not answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from levers.preparation.conditions import CONDITIONS
from levers.preparation.parts import Condition, Item

NOT_CONCERNED = "na"
WORDS = {True: "Oui", False: "Pas encore", NOT_CONCERNED: "Pas concerné"}
TEXTS = {"true": True, "false": False, NOT_CONCERNED: NOT_CONCERNED}
TEXT_OF = {value: text for text, value in TEXTS.items()}

TRL = "trl"
"""The level of maturity, under its name among the facts of the diagnostic."""
TRL_TEXTS = {str(level): level for level in range(1, 10)}

ITEM_KEYS = tuple(item.key for condition in CONDITIONS for item in condition.items)

Answer = bool | int | str


def answers_of(data: Mapping[str, str]) -> tuple[dict[str, Answer], tuple[str, ...]]:
    """Return the answers that an address holds, in the order of the pages, and the parameters not understood.

    An empty value says « not looked at yet »; parameters that are no question are somebody else's.
    """
    answers: dict[str, Answer] = {}
    odd = []
    for key in (*ITEM_KEYS, TRL):
        known = TRL_TEXTS if key == TRL else TEXTS
        text = data.get(key, "")
        if text in known:
            answers[key] = known[text]
        elif text:
            odd.append(key)
    return answers, tuple(odd)


def pairs_of(answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return the answers as parameters, in the order of the pages: the same answers give the same address."""
    items = [(key, TEXT_OF[answers[key]]) for key in ITEM_KEYS if key in answers]
    return items + ([(TRL, str(answers[TRL]))] if TRL in answers else [])


def query_of(answers: Mapping[str, Answer]) -> str:
    """Return the answers as an address holds them."""
    return urlencode(pairs_of(answers))


@dataclass(frozen=True, slots=True)
class Part:
    """Where one stands on a condition."""

    condition: Condition
    ready: tuple[Item, ...]
    missing: tuple[Item, ...]
    unanswered: tuple[Item, ...]
    not_concerned: tuple[Item, ...]

    @property
    def to_do(self) -> tuple[Item, ...]:
        """Return what remains, in the order of the page: what is missing and what nobody looked at."""
        return tuple(item for item in self.condition.items if item in self.missing or item in self.unanswered)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where one stands on the six conditions."""

    parts: tuple[Part, ...]

    def _count(self, name: str) -> int:
        return sum(len(getattr(part, name)) for part in self.parts)

    @property
    def ready(self) -> int:
        """Return how many points are there."""
        return self._count("ready")

    @property
    def missing(self) -> int:
        """Return how many points are said to be missing."""
        return self._count("missing")

    @property
    def unanswered(self) -> int:
        """Return how many points nobody looked at."""
        return self._count("unanswered")

    @property
    def concerned(self) -> int:
        """Return how many points matter to this project."""
        return self.ready + self.missing + self.unanswered


def assess(answers: Mapping[str, Answer], conditions: Iterable[Condition] = CONDITIONS) -> Assessment:
    """Return where one stands: every point is in exactly one of the four lists of its condition."""
    return Assessment(tuple(_part(condition, answers) for condition in conditions))


def _part(condition: Condition, answers: Mapping[str, Answer]) -> Part:
    def those(value: Answer | None) -> tuple[Item, ...]:
        return tuple(item for item in condition.items if answers.get(item.key) == value)

    return Part(condition, those(True), those(False), those(None), those(NOT_CONCERNED))
