"""Acts that do not move a dossier: the right is checked under the lock, the act is done and written in one go."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from apist.engines import limit_lock_waits
from projects.engine.door import LOCK_WAIT, NotAllowed, locked
from projects.engine.journal import Entry, append
from projects.engine.people import Actor
from projects.models import Dossier, JournalEntry
from projects.procedures.vocabulary import Party
from projects.rights.predicates import acts, parties
from projects.rights.table import RIGHTS, Act


@dataclass(frozen=True, slots=True)
class Desk:
    """A locked dossier, and as what somebody acts on it."""

    dossier: Dossier
    party: Party
    actor: Actor
    at: datetime

    def write(
        self, kind: JournalEntry.Kind, data: Mapping[str, object] | None = None, texts: Mapping[str, str] | None = None
    ) -> JournalEntry:
        """Write the act in the journal."""
        act = Entry(kind, self.at, self.party, self.actor.pseudonym, data=data or {}, texts=texts or {})
        return append(self.dossier, act)


@contextmanager
def act_on(dossier_id: int, act: Act, actor: Actor, at: datetime) -> Iterator[Desk]:
    """Give a locked dossier to somebody who may do this act on it; :class:`NotAllowed` where they may not.

    What the block does is one transaction with what it writes in the journal.
    """
    with transaction.atomic():
        limit_lock_waits(connection, LOCK_WAIT)
        dossier = locked(dossier_id)
        if act not in acts(actor.holdings, dossier, editable=dossier.stage_now.editable):
            raise NotAllowed
        yield Desk(dossier, _party(act, actor, dossier), actor, at)


@contextmanager
def as_the_portal(dossier_id: int, at: datetime, actor: Actor) -> Iterator[Desk]:
    """Give a locked dossier to the portal itself: a scanner's verdict, a purge at its date."""
    with transaction.atomic():
        limit_lock_waits(connection, LOCK_WAIT)
        yield Desk(locked(dossier_id), Party.SYSTEM, actor, at)


def _party(act: Act, actor: Actor, dossier: Dossier) -> Party:
    """Return as what the person acts: the first row of the table that allows it; for somebody, where they enter."""
    if act is Act.ENTER:
        return Party.ENTERER
    held = parties(actor.holdings, dossier)
    return next(right.party for right in RIGHTS if right.party in held and act in right.acts)
