"""Which levers an address asks to compare, and what to say where it cannot be done. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST, MOST = 2, 4
"""One lever is its sheet; beyond four, columns can no longer be read."""

READ = 8
"""How many levers are looked up at most, whatever the address holds."""

LONGEST = 60
"""The length of a lever's identifier: an address that holds more is not repeated whole."""


class Trouble(StrEnum):
    """Why there is no table."""

    NONE_CHOSEN = "none"
    ONE_CHOSEN = "one"
    TOO_MANY = "many"


@dataclass(frozen=True, slots=True)
class Choice:
    """The levers asked for that exist, each once and in the order of the address; those that do not."""

    chosen: tuple[str, ...]
    unknown: tuple[str, ...]
    trouble: Trouble | None

    @property
    def compared(self) -> tuple[str, ...]:
        """Return the levers of the table; none where there is none."""
        return () if self.trouble else self.chosen


def asked_once(values: Iterable[str]) -> list[str]:
    """Return the identifiers of an address, each once; a form sends its empty fields, and no name holds a control."""
    said = ("".join(filter(str.isprintable, value)).strip() for value in values)
    return [*dict.fromkeys(filter(None, said))]


def choice_of(asked: Sequence[str], known: Iterable[str]) -> Choice:
    """Return what can be compared of what is asked, given the levers that exist among them."""
    exist = set(known)
    chosen = tuple(slug for slug in asked if slug in exist)
    unknown = tuple(slug[:LONGEST] for slug in asked[:READ] if slug not in exist)
    if len(chosen) > MOST or len(asked) > READ:
        return Choice(chosen, unknown, Trouble.TOO_MANY)
    if len(chosen) < FEWEST:
        return Choice(chosen, unknown, Trouble.ONE_CHOSEN if chosen else Trouble.NONE_CHOSEN)
    return Choice(chosen, unknown, None)
