"""As what somebody is concerned by one dossier, and what that allows: the same table, asked of a row in hand. Pure.

A dossier here is anything that has the columns that the table names, and ``participations`` and ``recusals``
that can be gone through (``.all()``): a row of the database, or a stand-in of a test.
"""

from projects.procedures.types import Move
from projects.procedures.vocabulary import APPLICANTS, Macro, Party
from projects.rights.holdings import Holdings
from projects.rights.table import ONCE_ERASED, RIGHTS, Act, Column, Right, acts_of, one_side, project_rights


def parties(holdings: Holdings, dossier) -> frozenset[Party]:
    """Return as what a person may read this dossier now; nothing where they may not."""
    return one_side(_held(holdings, dossier))


def lost_to_their_side(holdings: Holdings, dossier) -> frozenset[Party]:
    """Return as what somebody would instruct, judge or be heard, if they were not on the applicant's side."""
    held = _held(holdings, dossier)
    return held - one_side(held)


def _held(holdings: Holdings, dossier) -> frozenset[Party]:
    if holdings.user is None or any(recusal.user_id == holdings.user for recusal in dossier.recusals.all()):
        return frozenset()
    return frozenset(right.party for right in RIGHTS if _holds(right, holdings, dossier))


def may_read(holdings: Holdings, dossier) -> bool:
    """Tell whether a person may read this dossier: what ``visible_to`` keeps, asked of one."""
    return bool(parties(holdings, dossier))


def acts(holdings: Holdings, dossier, *, editable: bool) -> frozenset[Act]:
    """Return what a person may do on this dossier, moves apart; of an erased one only its trace is left."""
    allowed = acts_of(parties(holdings, dossier), Macro(dossier.macro), editable=editable)
    return allowed if dossier.erased_at is None else allowed & ONCE_ERASED


def project_parties(holdings: Holdings, project) -> frozenset[Party]:
    """Return as what a person may read this project; nothing where they may not.

    It was fetched by ``visible_to``, which leaves out those from whose every dossier the person stepped back.
    """
    return frozenset(right.party for right in _held_on(holdings, project))


def project_acts(holdings: Holdings, project) -> frozenset[Act]:
    """Return what a person may do on this project: what is written once for all its dossiers is always open."""
    return frozenset(act for right in _held_on(holdings, project) for act in right.acts)


def _held_on(holdings: Holdings, project) -> list[Right]:
    if holdings.user is None:
        return []
    return [right for right, column in project_rights() if getattr(project, column) in holdings.of(right.link.holds)]


def party_for(move: Move, holdings: Holdings, dossier) -> Party | None:
    """Return as what a person may make this move; None where they may not. Conditions are another question."""
    return first_of(parties(holdings, dossier) & move.by)


def is_of_the_applicant(move: Move) -> bool:
    """Tell whether a move is the applicant's before the portal: what they do elsewhere they alone can say."""
    return bool(move.by & APPLICANTS) and not move.external


def entering_party(move: Move, holdings: Holdings, dossier) -> Party | None:
    """Return as what a person may record that the applicant made this move by another way; None where they may not."""
    may = is_of_the_applicant(move) and Act.ENTER in acts(holdings, dossier, editable=False)
    return Party.ENTERER if may else None


def first_of(held: frozenset[Party]) -> Party | None:
    """Return the one of these parties that is named in a journal: the first in the order of the vocabulary."""
    return min(held, key=list(Party).index, default=None)


def _holds(right: Right, holdings: Holdings, dossier) -> bool:
    held = holdings.of(right.link.holds)
    if not held or dossier.macro not in right.sees:
        return False
    if (dossier.confidential and not right.confidential) or (right.received and dossier.deposited_at is None):
        return False
    link, within = right.link, right.within
    if within and _value(dossier, within.path) not in holdings.of(within.holds):
        return False
    if isinstance(link, Column):
        return _value(dossier, link.path) in held
    return any(
        row.capacity == link.capacity and row.until is None and getattr(row, link.column) in held
        for row in dossier.participations.all()
    )


def _value(dossier, path: str):
    for name in path.split("."):
        dossier = getattr(dossier, name)
    return dossier
