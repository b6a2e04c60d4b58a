"""Who opens a document of the instruction, and how many may be sent at once. Pure.

A document is read like what it goes with: an opinion, by whoever may read the opinion; the record of a move, by every
administration that reads the dossier; one that was joined by itself, by the agency that instructs, like its notes. The
applicant reads what was shown to them when it was joined, and never what goes with a confidential opinion.
"""

from dataclasses import dataclass
from typing import Protocol

from projects.rights.table import Act

AT_ONCE = 5
"""Files sent with one form."""

WEIGHT_AT_ONCE = 25_000_000
"""Bytes, all the files of one form together: what the server in front lets through (docs/install.md)."""

MOST = 100
"""Documents that an agency joins to a dossier by themselves, present at once."""


class Opinion(Protocol):
    """What is asked of an opinion."""

    confidential: bool
    answered_at: object


class Kept(Protocol):
    """What is asked of a document."""

    request: Opinion | None
    entry_id: int | None
    added_by_id: int | None
    removed_at: object
    shown: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody before the documents of a dossier. ``secretive``: its procedure is confidential, nobody is consulted."""

    acts: frozenset[Act]
    user_id: int | None
    is_applicant: bool
    secretive: bool = False

    @property
    def may_join(self) -> bool:
        """Tell whether they may join an internal document, and take one away: whoever writes internal notes."""
        return Act.NOTE in self.acts and not self.is_applicant


def may_open(paper: Kept, reader: Reader) -> bool:
    """Tell whether somebody may open a document; who may open no file any more opens none, not even their own."""
    if Act.DOWNLOAD not in reader.acts or paper.removed_at is not None:
        return False
    if reader.is_applicant:
        return shown_to_the_applicant(paper)
    if reader.user_id is not None and paper.added_by_id == reader.user_id:
        return True
    if paper.request is not None:
        return Act.CONSULT in reader.acts and not reader.secretive
    return paper.entry_id is not None or Act.NOTE in reader.acts


def shown_to_the_applicant(paper: Kept) -> bool:
    """Tell whether the applicant reads a document: shown when it was joined, and of no confidential opinion."""
    opinion = paper.request
    return paper.shown and (opinion is None or (not opinion.confidential and opinion.answered_at is not None))


def may_take_away(paper: Kept, reader: Reader) -> bool:
    """Tell whether a document may be taken away: one that was joined by itself. What proves an act stays with it."""
    return paper.request is None and paper.entry_id is None and paper.removed_at is None and reader.may_join
