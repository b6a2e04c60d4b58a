"""What a fact is: its type, its words, its bounds, and how a rule may compare it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of an answer."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    AMOUNT = "amount"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a fact and the words a visitor reads."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A question: its contract name, its type, its words and its bounds."""

    name: str
    kind: Kind
    label: str
    question: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values that a choice may take, in the order they are shown."""
        return tuple(choice.value for choice in self.choices)

    def label_of(self, value: str) -> str:
        """Return the words for ``value``, or the value itself where it has none."""
        return next((choice.label for choice in self.choices if choice.value == value), value)


class Operator(StrEnum):
    """How a rule compares an answer with its values."""

    IS = "is"
    IN = "in"
    NOT_IN = "not-in"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


OPERATOR_LABELS = {
    Operator.IS: "est",
    Operator.IN: "fait partie de",
    Operator.NOT_IN: "ne fait pas partie de",
    Operator.AT_LEAST: "est au moins",
    Operator.AT_MOST: "est au plus",
}

OPERATORS_OF = {
    Kind.BOOLEAN: {Operator.IS},
    Kind.INTEGER: {Operator.AT_LEAST, Operator.AT_MOST},
    Kind.AMOUNT: {Operator.AT_LEAST, Operator.AT_MOST},
    Kind.CHOICE: {Operator.IN, Operator.NOT_IN},
    Kind.CHOICES: {Operator.IN, Operator.NOT_IN},
}


def plain(*values: str) -> tuple[Choice, ...]:
    """Return choices whose words live in the database (kinds of actors, places)."""
    return tuple(Choice(value, value) for value in values)


def yes_no(name: str, label: str, question: str, help: str = "") -> Fact:
    """Return a fact answered by yes or no."""
    return Fact(name, Kind.BOOLEAN, label, question, help)


def count(
    name: str, label: str, question: str, help: str = "", *, low: int = 0, high: int = 100_000, unit: str = ""
) -> Fact:
    """Return a fact answered by a whole number."""
    return Fact(name, Kind.INTEGER, label, question, help, minimum=low, maximum=high, unit=unit)
