"""By which answers those who instruct sort dossiers: the facets that questions name (``Question.facet``). Pure."""

from collections.abc import Iterable, Iterator, Mapping

from projects.content.answers import FALSE, TRUE, Raw, typed
from projects.procedures.asked import Question
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Kind

FACETS: Mapping[str, str] = {
    "theme": "Thème",
    "mission": "Mission du fonds d'intervention régional",
    "prs": "Objectif du projet régional de santé",
}
"""The facets that answers give, with their words, in the order of lists."""

GIVEN = "given"
"""The value of a facet whose question is answered in free words; the words themselves are searched, not listed."""

WORDS = {GIVEN: "Cité", TRUE: "Oui", FALSE: "Non"}


def questions_of(procedure: Procedure) -> Iterator[tuple[str, Question]]:
    """Yield the questions of a procedure that name a facet, each with the key of its section."""
    for section in procedure.sections:
        yield from ((section.key, question) for question in section.questions if question.facet)


def values_of(question: Question, raw: Raw) -> tuple[tuple[str, str], ...]:
    """Return the values that an answer gives to its facet, with what was written where it is free; empty for none."""
    value = typed(question, raw)
    match value:
        case None:
            return ()
        case bool():
            return ((TRUE if value else FALSE, ""),)
        case tuple():
            return tuple((one, "") for one in value)
    return ((str(value), ""),) if question.kind is Kind.CHOICE else ((GIVEN, str(value)),)


def choices_of(facet: str, procedures: Iterable[Procedure] = PROCEDURES) -> list[tuple[str, str]]:
    """Return the values that a facet may have, with their words, in the order of the questions that name it."""
    found: dict[str, str] = {}
    for procedure in procedures:
        for _, question in questions_of(procedure):
            if question.facet != facet:
                continue
            for choice in question.choices:
                found.setdefault(choice.value, choice.label)
            if question.kind is Kind.YES_NO:
                found |= {TRUE: WORDS[TRUE], FALSE: WORDS[FALSE]}
            elif not question.choices:
                found.setdefault(GIVEN, WORDS[GIVEN])
    return list(found.items())
