"""Writing in the sections of a dossier for the applicant: what came by post, and correcting how it was typed.

Both are versions and acts of the journal, never silent; the frozen deposits stay as they are. Nobody writes over what
the applicant has in hand on the portal and did not send.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from projects.engine.door import NotAllowed, Refused
from projects.engine.people import Actor
from projects.engine.reading import known
from projects.engine.received import CORRECTS, REASON
from projects.engine.recording import Desk, act_on
from projects.engine.unsent import UNSENT, has_unsent
from projects.models import Dossier, Project
from projects.preparing.places import Place
from projects.preparing.saving import Typed, Writing, row_of
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Party
from projects.rights.table import Act

CLOSED = Refusal("closed-section", "À cette étape, cette partie ne se remplit pas.")
SENT_HERE = Refusal("sent-here", "Le dernier envoi vient du portail : il n'y a pas de saisie à corriger.")
ENDED = Refusal("ended", "Le dossier est fini : sa saisie ne se corrige plus.")


def enter_section(dossier: Dossier, place: Place, typed: Typed, actor: Actor, at: datetime) -> bool:
    """Write in a section what the applicant sent by another way; tell whether anything changed.

    :class:`~projects.engine.door.NotAllowed`, :class:`~projects.engine.door.Refused`, or
    :class:`~projects.preparing.saving.Moved`.
    """
    with _writing(dossier, place, actor, at) as (desk, writing):
        if place.section not in desk.dossier.procedure.written_in(desk.dossier.stage).sections:
            raise Refused((CLOSED,))
        return writing.enter(typed, {}, {})


def correct_section(dossier: Dossier, place: Place, typed: Typed, reason: str, actor: Actor, at: datetime) -> bool:
    """Correct how a section was typed by an agent, and say why; tell whether anything changed.

    Only what an agent entered is corrected: what the applicant sent on the portal is what they meant.
    """
    with _writing(dossier, place, actor, at) as (desk, writing):
        if why := not_correctable(desk.dossier):
            raise Refused((why,))
        return writing.enter(typed, {CORRECTS: writing.row.version}, {REASON: reason})


def not_correctable(dossier: Dossier) -> Refusal | None:
    """Return why there is no entry to correct (one query); None where there is."""
    if dossier.ended_at is not None:
        return ENDED
    last = dossier.snapshots.select_related("entry").first()
    return None if last is not None and last.entry.party == Party.ENTERER else SENT_HERE


@contextmanager
def _writing(dossier: Dossier, place: Place, actor: Actor, at: datetime) -> Iterator[tuple[Desk, Writing]]:
    """Give a section, locked with its project, to somebody who may write in it for the applicant."""
    with act_on(dossier.pk, Act.ENTER, actor, at) as desk:
        if desk.dossier.project_id != place.project.pk or place.section not in desk.dossier.procedure.sections:
            raise NotAllowed
        Project.objects.select_for_update(of=("self",), no_key=True).get(pk=place.project.pk)
        if has_unsent(known(desk.dossier, at)):
            raise Refused((UNSENT,))
        yield desk, Writing(row_of(place, at), actor, at, desk)
