"""A dossier in words, from what a deposit freezes: the same for the page before, the receipt after, and the agency."""

from dataclasses import dataclass
from decimal import Decimal

from apist.templatetags.portal import euros
from projects.content.answers import said
from projects.engine.reading import Known, frozen_content
from projects.models import FinancingLine
from projects.procedures.types import Procedure

EXPENSES = dict(FinancingLine.Expense.choices)
PAYERS = dict(FinancingLine.Payer.choices)
STATES = dict(FinancingLine.State.choices)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer in words; empty where there is none."""

    label: str
    words: str
    is_secret: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section and its answers."""

    key: str
    title: str
    scope: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A file, the piece it answers, what proves that it is the same."""

    piece: str
    name: str
    size: int
    sha256: str
    is_secret: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a deposit freezes, in words."""

    title: str
    organisation: dict | None
    parts: tuple[Part, ...]
    financing: tuple[tuple[str, str, str, str, str], ...]
    files: tuple[Joined, ...]


def review_of(state: Known) -> Review:
    """Return in words what a deposit would freeze now."""
    return review_of_content(state.dossier.procedure, frozen_content(state))


def review_of_content(procedure: Procedure, content: dict) -> Review:
    """Return in words a frozen content, read by the procedure at the version with which it was frozen."""
    secrets = set(content.get("secrets", ()))
    parts = []
    for section in procedure.sections:
        kept = content.get("answers", {}).get(section.key, {})
        answers = tuple(
            Answered(one.label, said(one, kept[one.key]), f"{section.key}.{one.key}" in secrets)
            for one in section.questions
            if one.key in kept
        )
        if any(one.words for one in answers):  # a part that nobody wrote is one that this deposit does not ask for
            parts.append(Part(section.key, section.title, section.scope, answers))
    return Review(
        title=content.get("project", {}).get("title", ""),
        organisation=content.get("organisation"),
        parts=tuple(parts),
        financing=tuple(_line(line) for line in content.get("financing", ())),
        files=tuple(_file(procedure, file) for file in content.get("files", ())),
    )


def piece_label(procedure: Procedure, key: str) -> str:
    """Return what a piece is called; a file that answers none is a document that the person chose to join."""
    return next((one.label for one in procedure.pieces if one.key == key), "Document joint librement")


def _line(line: dict) -> tuple[str, str, str, str, str]:
    what = EXPENSES.get(line["expense"], line["expense"])
    label = f"{what} : {line['label']}" if line.get("label") else what
    amount = euros(Decimal(line["amount"]))
    year = str(line["year"] or "")
    return label, year, amount, PAYERS.get(line["payer"], line["payer"]), STATES.get(line["state"], line["state"])


def _file(procedure: Procedure, file: dict) -> Joined:
    return Joined(
        piece_label(procedure, file["piece"]), file["name"], file["size"], file["sha256"], bool(file.get("secret"))
    )
