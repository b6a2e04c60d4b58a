"""The versions of a specification: which there are, which one a committee had, what changed from one to another. Pure.

A version is a frozen deposit made by a move for which the later sections are asked. The version that a move keeps
(``Move.keeps_version``) is the last one sent before it; one sent afterwards is never taken for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from projects.content.answers import said
from projects.procedures.types import Procedure
from projects.specification.differences import Run, differences, in_words

NOW_WORDS = "Ce qui est écrit aujourd'hui"


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a version is kept apart: its name, and when the move that keeps it was made."""

    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version. ``rank`` 1 is the first; 0 is what is being written, which only the applicant's side reads."""

    rank: int
    content: Mapping
    number: str = ""
    taken_at: datetime | None = None
    pk: int | None = None
    kept: tuple[Kept, ...] = ()
    is_erased: bool = False

    @property
    def label(self) -> str:
        """Return its name."""
        return f"Version {self.rank}" if self.rank else NOW_WORDS

    @property
    def full_label(self) -> str:
        """Return its name, with what it is kept as."""
        return " : ".join((self.label, *dict.fromkeys(one.label.lower() for one in self.kept)))


@dataclass(frozen=True, slots=True)
class Line:
    """A question, what a version answers, and what changed since the other one."""

    key: str
    label: str
    words: str
    is_secret: bool
    runs: tuple[Run, ...] = ()
    changed: bool = False

    @property
    def summary(self) -> str:
        """Return how much changed, in words."""
        return in_words(self.runs) if self.changed else "Inchangé"


@dataclass(frozen=True, slots=True)
class Text:
    """A section of a specification."""

    key: str
    title: str
    figures: bool
    lines: tuple[Line, ...]

    @property
    def changes(self) -> int:
        """Return how many answers changed."""
        return sum(line.changed for line in self.lines)


def writes_together(procedure: Procedure) -> bool:
    """Tell whether a procedure has a specification that both sides write, and a move that sends a version of it."""
    return procedure.written_together and bool(sending_moves(procedure))


def sending_moves(procedure: Procedure) -> frozenset[str]:
    """Return the moves that send a version."""
    asking = {key for section in procedure.later_sections for key in section.at}
    return frozenset(key for key in asking if procedure.move(key).freezes)


def kept_by(procedure: Procedure, moves: Iterable[tuple[str, int, datetime]], sent: Sequence[int]) -> dict[int, list]:
    """Return what each version is kept as, by its rank in the journal.

    ``moves``: keys of the moves that were made, with their rank and moment; ``sent``: the ranks at which versions were.
    """
    found: dict[int, list[Kept]] = {}
    for key, rank, at in moves:
        label = procedure.move(key).keeps_version if key else ""
        before = [one for one in sent if one < rank]
        if label and before:
            found.setdefault(max(before), []).append(Kept(label, at))
    return found


def texts_of(procedure: Procedure, version: Version, other: Version | None = None) -> list[Text]:
    """Return the sections of a version in words; with ``other``, an earlier text, what changed since."""
    return [
        Text(
            section.key,
            section.title,
            section.figures,
            tuple(
                line
                for question in section.questions
                if (line := _line(section.key, question, version.content, other.content if other else None))
            ),
        )
        for section in procedure.later_sections
    ]


def _line(section: str, question, content: Mapping, before: Mapping | None) -> Line | None:
    """Return a question in words; None where neither text was asked it."""
    kept = content.get("answers", {}).get(section, {})
    old = (before or {}).get("answers", {}).get(section, {})
    if question.key not in kept and question.key not in old:
        return None
    words = said(question, kept.get(question.key))
    secret = f"{section}.{question.key}" in content.get("secrets", ())
    if before is None:
        return Line(question.key, question.label, words, secret)
    then = said(question, old.get(question.key))
    return Line(question.key, question.label, words, secret, differences(then, words), changed=then != words)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is not the same in two versions."""

    name: str
    words: str


def files_changed(content: Mapping, before: Mapping) -> list[FileChange]:
    """Return the files that were added or removed from one version to another, by what they hold and their name."""
    old = {(one["piece"], one["name"], one["sha256"]) for one in before.get("files", ())}
    new = {(one["piece"], one["name"], one["sha256"]) for one in content.get("files", ())}
    return [FileChange(name, "retiré") for _, name, _ in sorted(old - new)] + [
        FileChange(name, "ajouté") for _, name, _ in sorted(new - old)
    ]
