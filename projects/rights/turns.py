"""On which dossiers somebody is expected to act, as a query; the lists and the counts of those who instruct use it."""

from django.db.models import Q

from projects.procedures.vocabulary import Macro, Party, Turn
from projects.rights.holdings import Holdings

INSTRUCTING = ("officer_bodies", "head_bodies", "director_bodies", "legal_bodies")
"""Names of the bodies that instruct a dossier which names them (``Dossier.body``)."""

BROUGHT_IN = {
    Turn.NATIONAL: (Party.RAPPORTEUR, Party.DGOS, Party.CNSA),
    Turn.DEPARTMENT: (Party.DEPARTMENT,),
    Turn.OPINION: (Party.DEPARTMENT, Party.INSURANCE, Party.GRADES),
}
"""Whose turn it is where a body was brought in by a participation: what one sees of it waits for one."""


def waits_for(holdings: Holdings) -> Q:
    """Return the condition that a dossier waits for a person's bodies, or for whoever entered it and did not finish.

    It says nothing of who may read: it is asked of dossiers that are visible already.
    """
    instructing = frozenset().union(*(holdings.of(name) for name in INSTRUCTING))
    wanted = Q(pk__in=[])
    if instructing:
        wanted |= Q(turn=Turn.AGENCY, body_id__in=sorted(instructing))
    for turn, parties in BROUGHT_IN.items():
        if any(holdings.of(f"{party}_bodies") for party in parties):
            wanted |= Q(turn=turn)
    if holdings.of("served_bodies"):
        wanted |= Q(macro=Macro.DRAFT, entered_by_id=holdings.user)
    return wanted
