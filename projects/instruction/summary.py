"""What a frozen deposit says, in words: answers, financing, files. Pure: the content is given, never read live."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from projects.content.answers import Raw, said, typed_answers
from projects.procedures.types import Procedure, Question


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered; ``secret``: the person marked it as a business secret."""

    key: str
    label: str
    text: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it was deposited."""

    key: str
    title: str
    answers: tuple[Answer, ...]


def parts(procedure: Procedure, content: Mapping) -> list[Part]:
    """Return the sections of a deposit: the questions that were asked, in the words of the procedure's version.

    A question that was asked and not answered is shown as such: what is absent is part of what is judged.
    """
    kept: Mapping[str, Mapping[str, Raw]] = content.get("answers", {})
    secrets = set(content.get("secrets", ()))
    answers = typed_answers(procedure.sections, kept)
    found = []
    for section in procedure.sections:
        raw = kept.get(section.key, {})
        asked = [question for question in section.asked(answers) if question.key in raw]
        if asked:
            rows = tuple(_answer(section.key, one, raw[one.key], secrets) for one in asked)
            found.append(Part(section.key, section.title, rows))
    return found


def _answer(section: str, question: Question, raw: Raw, secrets: set[str]) -> Answer:
    return Answer(question.key, question.label, said(question, raw), f"{section}.{question.key}" in secrets)


@dataclass(frozen=True, slots=True)
class Cost:
    """A line of the financing plan, as deposited. ``here``: it is asked by this very dossier."""

    expense: str
    label: str
    year: int | None
    amount: Decimal
    payer: str
    state: str
    here: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The financing plan of a deposit, and its sums."""

    lines: tuple[Cost, ...]

    @property
    def total(self) -> Decimal:
        """Return the cost of the project."""
        return sum((line.amount for line in self.lines), Decimal())

    @property
    def asked_here(self) -> Decimal:
        """Return what this dossier asks for."""
        return sum((line.amount for line in self.lines if line.here), Decimal())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the values that a financing line holds, by value: those of the model, given to this pure file."""

    expenses: Mapping[str, str]
    payers: Mapping[str, str]
    states: Mapping[str, str]


def plan(content: Mapping, words: Words) -> Plan:
    """Return the financing plan of a deposit; a value that no longer has words is shown as it is kept."""
    return Plan(
        tuple(
            Cost(
                words.expenses.get(line["expense"], line["expense"]),
                line["label"],
                line["year"],
                Decimal(line["amount"]),
                words.payers.get(line["payer"], line["payer"]),
                words.states.get(line["state"], line["state"]),
                line["here"],
            )
            for line in content.get("financing", ())
        )
    )


def piece_label(procedure: Procedure, key: str) -> str:
    """Return what a file was joined as; a free one has no piece."""
    return next((piece.label for piece in procedure.pieces if piece.key == key), "Autre document")
