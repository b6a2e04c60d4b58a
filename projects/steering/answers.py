"""What of the applicants' answers is counted: the fund's missions, and whether a regional objective is given. Pure."""

from collections.abc import Mapping

from projects.content.facets import choices_of, questions_of
from projects.procedures.catalogue import PROCEDURES

MISSION, OBJECTIVE = "fir_missions", "prs_objective"
"""Under which names cells hold them."""

FACETS: Mapping[str, str] = {"mission": MISSION, "prs": OBJECTIVE}
"""The facets of dossiers from which they are read (``projects/content/facets.py``)."""

GIVEN: Mapping[bool, str] = {True: "given", False: "absent"}

MISSIONS: Mapping[str, str] = dict(choices_of("mission"))

ASK_AN_OBJECTIVE = frozenset(
    procedure.key for procedure in PROCEDURES for _, one in questions_of(procedure) if one.facet == "prs"
)
"""The procedures that ask for an objective: only there is none an answer."""


def counted_as(facet: str, value: str) -> tuple[str, str] | None:
    """Return under which name and value an answer is counted; None for a mission that nobody knows any more."""
    if facet == "prs":
        return OBJECTIVE, GIVEN[True]
    return (FACETS[facet], value) if value in MISSIONS else None
