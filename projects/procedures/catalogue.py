"""Every procedure, at every version that a dossier may still have. Pure.

A published version is never changed: what is decided anew is a version of its own, after the others.
"""

from projects.procedures import first_contact
from projects.procedures.types import Procedure

PROCEDURES: tuple[Procedure, ...] = (first_contact.FIRST_CONTACT,)

_BY_VERSION = {(one.key, one.version): one for one in PROCEDURES}
LATEST = {one.key: one for one in sorted(PROCEDURES, key=lambda one: one.version)}
"""The version with which a dossier is opened today, by key."""


def procedure_at(key: str, version: int) -> Procedure:
    """Return a procedure at a version; ``KeyError`` where there is none."""
    return _BY_VERSION[key, version]


def for_lever(slug: str) -> Procedure | None:
    """Return the procedure by which a lever is asked for; None where it has none (public procurement)."""
    return next((one for one in LATEST.values() if slug in one.levers), None)


def for_call(kind: str) -> Procedure | None:
    """Return the procedure of a kind of call."""
    return next((one for one in LATEST.values() if kind in one.call_kinds), None)
