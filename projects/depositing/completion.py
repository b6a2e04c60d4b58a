"""A request for completion, point by point. Pure: rows are given.

A point, as JSON keeps it: ``about`` is ``question:<section>.<question>``, ``piece:<piece>`` or empty, ``words`` what
is asked about it. Who instructs chooses among :func:`subjects`; the applicant's page gives each point its link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.procedures.types import Procedure

QUESTION, PIECE = "question:", "piece:"


@dataclass(frozen=True, slots=True)
class Point:
    """A point in words, and where to answer it: a question of a section, a piece, or the dossier as a whole."""

    label: str
    words: str
    section: str = ""
    question: str = ""
    piece: str = ""


def subjects(procedure: Procedure) -> list[tuple[str, str]]:
    """Return what a point may be about, as a value and its words: every question, every piece, or the whole."""
    questions = [
        (f"{QUESTION}{section.key}.{question.key}", f"{section.title} : {question.label}")
        for section in procedure.sections
        for question in section.questions
    ]
    pieces = [(f"{PIECE}{piece.key}", f"Pièce : {piece.label}") for piece in procedure.pieces]
    return [("", "Le dossier en général"), *questions, *pieces]


def points_of(procedure: Procedure, points: Iterable[Mapping[str, str]]) -> list[Point]:
    """Return the points of a request in words; one about something that is no longer known is about the whole."""
    labels = dict(subjects(procedure))
    found = []
    for point in points:
        about, words = point.get("about", ""), point.get("words", "")
        label = labels.get(about, labels[""])
        if about in labels and about.startswith(QUESTION):
            section, _, question = about.removeprefix(QUESTION).partition(".")
            found.append(Point(label, words, section, question))
        elif about in labels and about.startswith(PIECE):
            found.append(Point(label, words, piece=about.removeprefix(PIECE)))
        else:
            found.append(Point(labels[""], words))
    return found
