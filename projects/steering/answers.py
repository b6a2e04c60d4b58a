"""What of the applicants' answers is counted: the fund's missions, and whether a regional objective is given. Pure."""

from collections.abc import Mapping

from projects.content.facets import choices_of, questions_of
from projects.procedures.catalogue import PROCEDURES

MISSION, OBJECTIVE = "fir_missions", "prs_objective"
"""Under which names cells hold what the facets ``mission`` and ``prs`` say (``projects/content/facets.py``)."""

GIVEN: Mapping[bool, str] = {True: "given", False: "absent"}

MISSIONS: Mapping[str, str] = dict(choices_of("mission"))

ASK_AN_OBJECTIVE = frozenset(
    procedure.key for procedure in PROCEDURES for _, one in questions_of(procedure) if one.facet == "prs"
)
"""The procedures that ask for an objective: only there is none an answer."""


def answers_in(procedure: str, written: str) -> tuple[tuple[str, str], ...]:
    """Return what is counted of the facets of a dossier, as ``Dossier.facet_values`` holds them.

    A mission that nobody knows any more counts for nothing; no objective is an answer where one was asked for.
    """
    values = [one.partition("=") for one in written.split()]
    found = [(MISSION, value) for name, _, value in values if name == "mission" and value in MISSIONS]
    given = any(name == "prs" for name, _, _ in values)
    if given or procedure in ASK_AN_OBJECTIVE:
        found.append((OBJECTIVE, GIVEN[given]))
    return tuple(found)
