"""Who to speak to first, and then: the order of doors for a subject, a place and who asks. Pure.

The guide's answer (conditions of success, « Quel est le bon interlocuteur ») is a pair: the
officer for research and innovation opens, an expert of the subject follows. Where the agency
names no single door but names an expert, the way in is the subject. What is near (the
delegation of the department) and what is around (networks, buyers) comes after, for those
whom it serves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What one goes to."""

    DOOR = "door"
    EXPERT = "expert"
    DELEGATION = "delegation"
    E_HEALTH = "e-health"
    NETWORK = "network"
    BUYER = "buyer"


class Who(StrEnum):
    """Who asks, as the doors of the guide say it; empty where nobody said."""

    ANYBODY = ""
    HEALTH_ACTOR = "acteur-de-sante"
    COMPANY = "industrie"
    OTHER = "autres"


@dataclass(frozen=True, slots=True)
class Office:
    """A function or a service, and how to reach it; never a person."""

    name: str
    url: str = ""
    email: str = ""
    note: str = ""
    address: str = ""
    doubtful: bool = False
    """Whether its source must be checked before one writes there."""


Offices = tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory knows of a region."""

    doors: Offices = ()
    """The agency's own way in for a new project, whatever its subject."""
    doors_of: Mapping[str, Offices] = field(default_factory=dict)
    """The same for one subject only, by its slug."""
    experts: Mapping[str, Offices] = field(default_factory=dict)
    delegations: Mapping[str, Offices] = field(default_factory=dict)
    """By code of department."""
    e_health: Offices = ()
    networks: Offices = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked; everything may be unsaid."""

    who: Who = Who.ANYBODY
    subject: str = ""
    digital: bool = False
    department: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Whom to go to; no office where the directory knows none."""

    kind: Kind
    offices: Offices = ()
    first: bool = False


NEARBY = {Who.ANYBODY, Who.HEALTH_ACTOR, Who.OTHER}
"""Those for whom the delegation counts even before they say which department."""
AROUND = {Who.ANYBODY, Who.COMPANY, Who.OTHER}
"""Those whom networks of companies and incubators help."""
SELLING = {Who.ANYBODY, Who.COMPANY}


def steps_for(asked: Asked, known: Known) -> tuple[Step, ...]:
    """Return whom to go to, in order; the first one is where to begin."""
    steps = _pair(asked, known)
    nearby = Step(Kind.DELEGATION, known.delegations.get(asked.department, ()))
    if asked.who is Who.HEALTH_ACTOR:
        steps.append(nearby)
    if asked.digital:
        steps.append(Step(Kind.E_HEALTH, known.e_health))
    if asked.who in AROUND:
        steps.append(Step(Kind.NETWORK, known.networks))
    if asked.who in SELLING:
        steps.append(Step(Kind.BUYER))
    if asked.who is not Who.HEALTH_ACTOR and (asked.department or asked.who in NEARBY):
        steps.append(nearby)
    begin, *others = steps
    return (Step(begin.kind, begin.offices, first=True), *others)


def _pair(asked: Asked, known: Known) -> list[Step]:
    """Return the door and the expert; the expert opens where only he is known."""
    door = Step(Kind.DOOR, known.doors_of.get(asked.subject, ()) or known.doors)
    if not asked.subject:
        return [door]
    expert = Step(Kind.EXPERT, known.experts.get(asked.subject, ()))
    return [expert, door] if expert.offices and not door.offices else [door, expert]
