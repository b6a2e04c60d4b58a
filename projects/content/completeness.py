"""What a dossier still lacks before it can be deposited, each with the place where to give it. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from projects.content.answers import Raw, typed, typed_answers
from projects.procedures.asked import Section
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Value


class Lack(StrEnum):
    """What sort of thing is missing."""

    ANSWER = "answer"
    INVALID = "invalid"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to give: a question of a section, or a piece. ``label`` is what the person reads."""

    lack: Lack
    key: str
    label: str
    section: str = ""


def missing(procedure: Procedure, kept: Mapping[str, Mapping[str, Raw]], pieces: Collection[str]) -> list[Missing]:
    """Return what is missing, in the order of the form.

    ``kept`` holds the raw answers by section, ``pieces`` the keys of the pieces that are joined. A question that
    the other answers do not call for is not missing; one that is answered wrongly is.
    """
    answers = typed_answers(procedure.sections, kept)
    found = missing_answers(procedure.sections, kept, answers)
    for piece in procedure.pieces:
        if piece.required and piece.is_asked(answers) and piece.key not in pieces:
            found.append(Missing(Lack.PIECE, piece.key, piece.label))
    return found


def missing_answers(
    sections: Iterable[Section], kept: Mapping[str, Mapping[str, Raw]], answers: Mapping[str, Value]
) -> list[Missing]:
    """Return what is missing in some sections; ``answers`` are all those known, on which conditions depend."""
    found = []
    for section in sections:
        for question in section.asked(answers):
            raw = kept.get(section.key, {}).get(question.key)
            if typed(question, raw) is not None:
                continue
            if raw not in (None, "", []):
                found.append(Missing(Lack.INVALID, question.key, question.label, section.key))
            elif question.required:
                found.append(Missing(Lack.ANSWER, question.key, question.label, section.key))
    return found


def progress(procedure: Procedure, kept: Mapping[str, Mapping[str, Raw]], pieces: Collection[str]) -> tuple[int, int]:
    """Return how many compulsory answers and pieces are given, and how many there are."""
    answers = typed_answers(procedure.sections, kept)
    asked = sum(question.required for section in procedure.sections for question in section.asked(answers))
    wanted = asked + sum(piece.required and piece.is_asked(answers) for piece in procedure.pieces)
    lacking = [
        one for one in missing(procedure, kept, pieces) if one.lack is not Lack.INVALID or _is_required(procedure, one)
    ]
    return wanted - len(lacking), wanted


def _is_required(procedure: Procedure, lacking: Missing) -> bool:
    section = next(one for one in procedure.sections if one.key == lacking.section)
    return next(one for one in section.questions if one.key == lacking.key).required
