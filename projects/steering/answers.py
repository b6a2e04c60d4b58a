"""What of the applicants' answers is counted: the fund's missions, and whether a regional objective is given. Pure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from projects.procedures.catalogue import PROCEDURES

MISSION, OBJECTIVE = "fir_missions", "prs_objective"
GIVEN: Mapping[bool, str] = {True: "given", False: "absent"}


def sections_with(question: str) -> dict[str, frozenset[str]]:
    """Return the sections that ask a question, each with the procedures that have it."""
    found = defaultdict(set)
    for procedure in PROCEDURES:
        for section in procedure.sections:
            if any(one.key == question for one in section.questions):
                found[section.key].add(procedure.key)
    return {section: frozenset(keys) for section, keys in sorted(found.items())}


SECTIONS = {name: sections_with(name) for name in (MISSION, OBJECTIVE)}

MISSIONS: Mapping[str, str] = {
    choice.value: choice.label
    for procedure in PROCEDURES
    for section in procedure.sections
    for question in section.questions
    if question.key == MISSION
    for choice in question.choices
}


def chosen_in(given: Iterable[str | None]) -> tuple[str, ...]:
    """Return the known missions among answers written as JSON lists; what is not one counts for nothing."""
    found = set()
    for text in given:
        try:
            values = json.loads(text or "[]")
        except ValueError:
            continue
        found |= {value for value in values if isinstance(value, str)} if isinstance(values, list) else set()
    return tuple(value for value in MISSIONS if value in found)
