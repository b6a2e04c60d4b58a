"""Whether an open call suits a profile: nothing that was answered speaks against it. Pure.

Each call decides by itself; this only leaves out those that are plainly for others.
"""

from collections.abc import Collection
from typing import Protocol

from levers.matching import Answers


class Aimed(Protocol):
    """What is read of a call: empty means for everybody, everywhere, on anything, or not said by the sources."""

    actor_types: Collection[str]
    regions: Collection[str]
    fields: Collection[str]
    finances: bool


def fits(call: Aimed, answers: Answers) -> bool:
    """Tell whether a call may suit a profile: who asks, where, in which field of innovation.

    What is not answered never excludes. A call that gives a medico-social authorisation
    is another procedure: it suits no project that seeks support.
    """
    if not call.finances:
        return False
    asked = ((call.actor_types, "actor_type"), (call.regions, "region"), (call.fields, "innovation_field"))
    return all(_allows(values, answers.get(name)) for values, name in asked)


def _allows(values: Collection[str], answer) -> bool:
    if not values or answer is None:
        return True
    return any(one in values for one in (answer if isinstance(answer, tuple) else (answer,)))
