"""The system check on procedures: the portal does not start with one that contradicts itself."""

from django.core.checks import CheckMessage, Error

from projects.procedures.catalogue import PROCEDURES
from projects.procedures.checks import problems


def procedures_hold(**_) -> list[CheckMessage]:
    """Return an error for each thing that is wrong in a procedure, and for each version that is there twice."""
    names = [(one.key, one.version) for one in PROCEDURES]
    twice = sorted({f"{key} {version}" for key, version in names if names.count((key, version)) > 1})
    return [
        *(Error(f"Procédure {name} : définie deux fois.", id="projects.E002") for name in twice),
        *(
            Error(f"Procédure {one.key} {one.version} : {words}", id="projects.E003")
            for one in PROCEDURES
            for words in problems(one)
        ),
    ]
