"""Every procedure, at every version that a dossier may still have. Pure.

A published version is never changed: what is decided anew is a version of its own, after the others.
"""

from projects.procedures import cpom, fir, first_contact, grades_support, mig, prepared
from projects.procedures.article_51 import definition
from projects.procedures.calls import published
from projects.procedures.shared_moves import with_entry
from projects.procedures.types import Procedure

DEFINED: tuple[Procedure, ...] = (
    first_contact.FIRST_CONTACT,
    fir.FIR,
    *published.CALLS,
    definition.ARTICLE_51,
    mig.MIG,
    grades_support.GRADES_SUPPORT,
    cpom.CPOM,
    *prepared.PREPARED,
)
PROCEDURES: tuple[Procedure, ...] = tuple(with_entry(one) for one in DEFINED)
"""As dossiers know them: whatever may be deposited on the portal, staff may record it for somebody."""

_BY_VERSION = {(one.key, one.version): one for one in PROCEDURES}
LATEST = {one.key: one for one in sorted(PROCEDURES, key=lambda one: one.version)}
"""The version with which a dossier is opened today, by key."""


def procedure_at(key: str, version: int) -> Procedure:
    """Return a procedure at a version; ``KeyError`` where there is none."""
    return _BY_VERSION[key, version]


def for_lever(slug: str) -> Procedure | None:
    """Return the procedure by which a lever is asked for; None where it has none (public procurement).

    A lever that has ended has one all the same: whether it may still be asked is the catalogue's business.
    """
    return next((one for one in LATEST.values() if slug in one.levers and not one.variant_of), None)


def for_call(kind: str, named: str = "") -> Procedure | None:
    """Return the procedure of a call: the variant that it names, where its kind has it, else that of its kind."""
    found = variants_of(kind)
    return next((one for one in found if one.key == named), found[0] if found else None)


def variants_of(kind: str) -> tuple[Procedure, ...]:
    """Return the procedures that a call of a kind may name, its own first."""
    return tuple(
        sorted((one for one in LATEST.values() if kind in one.call_kinds), key=lambda one: bool(one.variant_of))
    )


def unowned_delays() -> dict[int, list[str]]:
    """Return for how many days a dossier may have nobody in charge, with the procedures that allow so many."""
    found: dict[int, list[str]] = {}
    for key, procedure in LATEST.items():
        if procedure.unowned_after:
            found.setdefault(procedure.unowned_after.count, []).append(key)
    return found
