"""What a group of synonyms would change: the same searches, without it and with it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from levers.search import Index, Query


@dataclass(frozen=True, slots=True)
class Change:
    """What the search for one expression finds today, and what it would find; keys in the order of the list."""

    expression: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    @property
    def added(self) -> tuple[Any, ...]:
        """Return what would be found and is not today."""
        known = set(self.before)
        return tuple(key for key in self.after if key not in known)

    @property
    def removed(self) -> tuple[Any, ...]:
        """Return what is found today and would not be any more."""
        known = set(self.after)
        return tuple(key for key in self.before if key not in known)

    @property
    def reordered(self) -> bool:
        """Tell whether what is found both times would stand in another order."""
        both = set(self.before) & set(self.after)
        return [key for key in self.before if key in both] != [key for key in self.after if key in both]

    @property
    def nothing(self) -> bool:
        """Tell whether the search would find the same in the same order."""
        return self.before == self.after


def changes_of(today: Index, tomorrow: Index, expressions: Iterable[str]) -> list[Change]:
    """Return what each expression finds in the search of today and in that of tomorrow."""
    changes = []
    for expression in expressions:
        query = Query(text=expression)
        changes.append(Change(expression, today.search(query).keys, tomorrow.search(query).keys))
    return changes
