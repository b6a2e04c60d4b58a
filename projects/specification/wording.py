"""Who wrote a comment, as each side may read it. Pure."""

from projects.depositing.history import NAMED, OF_THE_APPLICANT
from projects.procedures.vocabulary import PARTY_LABELS, Party

GONE = "Compte effacé"


def who_wrote(name: str | None, party: str, *, for_applicant: bool) -> str:
    """Return who wrote: by name, and as what for an agent; by function alone where the applicant reads no name.

    ``name`` None: the account is gone; empty: somebody who gave no name.
    """
    label = PARTY_LABELS[Party(party)]
    if for_applicant and party not in NAMED:
        return label
    if not name:
        return GONE if name is None else label
    return name if party in OF_THE_APPLICANT else f"{name} ({label[:1].lower()}{label[1:]})"
