"""What a procedure asks for: sections, their questions, the documents to attach. Frozen, typed data. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from projects.procedures.vocabulary import Choice, Kind, Scope, Value, When


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with the help and the example that anybody needs who does not know the trade.

    ``fact`` names the fact of the diagnostic (``levers/facts``) that answers it beforehand. ``secret``: the answer
    may be a business secret; the person may say so. ``facet``: under which name those who instruct sort dossiers by
    the answer (``projects/content/facets.py``).
    """

    key: str
    label: str
    kind: Kind
    help: str = ""
    example: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    when: When | None = None
    low: int | None = None
    high: int | None = None
    longest: int = 6000
    fact: str = ""
    may_be_secret: bool = False
    facet: str = ""

    def is_asked(self, answers: Mapping[str, Value]) -> bool:
        """Tell whether the other answers call for this one."""
        return self.when is None or self.when.holds(answers)


@dataclass(frozen=True, slots=True)
class Document:
    """The document that whoever makes a move joins to it: the opinion that it records, the report that it hands in."""

    label: str
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a document says besides its words, whatever its template: lines, each a label and the record that fills it.

    A record that nobody gave is « à vérifier », and so is a line that names none: our sources do not say it.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions.

    ``at``: the moves before which it must be filled, where it is not asked from the first deposit on (a specification
    that follows a letter of intent). ``figures``: the table of the financing model, year by year, is filled with it.
    """

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    scope: Scope = Scope.DOSSIER
    when: When | None = None
    at: tuple[str, ...] = ()
    figures: bool = False

    def asked(self, answers: Mapping[str, Value]) -> tuple[Question, ...]:
        """Return the questions that these answers call for."""
        if self.when is not None and not self.when.holds(answers):
            return ()
        return tuple(question for question in self.questions if question.is_asked(answers))


@dataclass(frozen=True, slots=True)
class Piece:
    """A document to attach.

    ``at``: the moves that ask for it, where it is not asked from the first deposit on (a financial report).
    """

    key: str
    label: str
    help: str = ""
    required: bool = True
    when: When | None = None
    several: bool = False
    source: str = ""
    at: tuple[str, ...] = ()

    def is_asked(self, answers: Mapping[str, Value]) -> bool:
        """Tell whether the answers call for this piece."""
        return self.when is None or self.when.holds(answers)
