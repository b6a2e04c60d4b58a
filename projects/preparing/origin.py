"""Where a project comes from: a diagnostic, a checklist; what was taken over, and since when. Pure.

It is kept on the project as JSON (``Project.origin``): the parameters of the address, as they were.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from levers.facts import FACTS
from levers.preparation.assessment import ITEM_KEYS
from projects.preparing.prefill import Params

MOST_VALUES = 20
LONGEST_VALUE = 200


def origin_of(params: Params, on: date, request: str = "") -> dict:
    """Return what is kept of the parameters of an address; the rest of them is nobody's business.

    ``request`` names the sending that makes the project, so that it is made once.
    """
    facts, checklist = _kept(params, FACTS), _kept(params, ITEM_KEYS)
    origin: dict = {"on": on.isoformat()} if facts or checklist else {}
    origin |= {"facts": facts} if facts else {}
    origin |= {"checklist": checklist} if checklist else {}
    return origin | ({"request": request} if request else {})


def _kept(params: Params, names: Iterable[str]) -> dict[str, list[str]]:
    return {
        name: values
        for name in names
        if (values := [value[:LONGEST_VALUE] for value in params.get(name, ())[:MOST_VALUES] if value])
    }


def facts_of(origin: Mapping) -> dict[str, list[str]]:
    """Return the facts that were taken over, as parameters."""
    return origin.get("facts", {})


def checklist_of(origin: Mapping) -> dict[str, list[str]]:
    """Return the answers to the checklist that were taken over, as parameters."""
    return origin.get("checklist", {})


def since(origin: Mapping) -> date | None:
    """Return the day on which it was taken over; None where nothing was."""
    return date.fromisoformat(origin["on"]) if "on" in origin else None
