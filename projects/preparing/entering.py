"""Writing in the sections of a dossier for the applicant: what came by post, and correcting how it was typed.

Both are versions and acts of the journal, never silent; the frozen deposits stay as they are. Nobody writes over what
the applicant has in hand on the portal and did not send.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, QuerySet

from projects.engine.door import NotAllowed, Refused
from projects.engine.lapses import lapse_of
from projects.engine.people import Actor
from projects.engine.reading import digest_of_content, frozen_content, known
from projects.engine.received import CORRECTS, REASON, TYPED
from projects.engine.recording import Desk, act_on
from projects.engine.unsent import UNSENT, has_unsent
from projects.models import Dossier, FinancingLine, JournalEntry, Project
from projects.preparing.places import Place
from projects.preparing.planning import Change, write_lines
from projects.preparing.saving import Typed, Writing, row_of
from projects.procedures.asked import Section
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
        if place.section not in sections_to_enter(desk.dossier):
            raise Refused((CLOSED,))
        return writing.enter(typed, {}, {})


def sections_to_enter(dossier: Dossier, entries: Iterable[JournalEntry] | None = None) -> tuple[Section, ...]:
    """Return the sections in which an agent may write for the applicant: those of the stage.

    ``entries``: the journal, where it is read already (else two queries).

    Where the portal let its date pass, those of the stage before too: what came in time is typed all the same.
    """
    procedure = dossier.procedure
    found = procedure.written_in(dossier.stage).sections
    known_acts = dossier.journal.order_by("seq").prefetch_related("texts") if entries is None else entries
    lapse = lapse_of(procedure, known_acts)
    late = procedure.written_in(lapse.stage.key).sections if lapse else ()
    return (*found, *(one for one in late if one not in found))


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


def lines_to_enter(dossier: Dossier) -> QuerySet[FinancingLine]:
    """Return the lines of the plan that are typed for a dossier: its own, and those that name none."""
    return dossier.project.financing.filter(Q(dossier=None) | Q(dossier=dossier)).order_by("pk")


def may_enter_figures(dossier: Dossier, acts: frozenset[Act], *, is_applicant: bool) -> bool:
    """Tell whether somebody types the plan and the figures for the applicant now: where sections are typed for them."""
    if is_applicant or dossier.erased_at is not None:
        return False
    return Act.EDIT in acts if dossier.deposited_at is None else Act.ENTER in acts and bool(sections_to_enter(dossier))


def enter_plan(dossier: Dossier, changes: Iterable[Change], seen, actor: Actor, at: datetime) -> list[int]:
    """Write the financing plan that the applicant sent by another way; return the ranks of the lines that moved.

    :class:`~projects.engine.door.NotAllowed`, or :class:`~projects.engine.door.Refused` where the applicant writes on
    the portal what they did not send. The lines of the project's other dossiers stay as they are.
    """
    with typing(dossier, actor, at) as desk:
        before = _typed(desk, at, "financing")
        moved = write_lines(desk.dossier.project, lines_to_enter(desk.dossier), changes, seen)
        if not moved and _typed(desk, at, "financing") != before:
            say_typed(desk, "financing", "financing")
    return moved


@contextmanager
def typing(dossier: Dossier, actor: Actor, at: datetime) -> Iterator[Desk]:
    """Give a dossier, locked with its project, to somebody who types the plan or the figures for the applicant."""
    draft = dossier.deposited_at is None
    with act_on(dossier.pk, Act.EDIT if draft else Act.ENTER, actor, at) as desk:
        if desk.party != Party.ENTERER:
            raise NotAllowed
        Project.objects.select_for_update(of=("self",), no_key=True).get(pk=desk.dossier.project_id)
        if not draft and not sections_to_enter(desk.dossier):
            raise Refused((CLOSED,))
        if not draft and has_unsent(known(desk.dossier, at)):
            raise Refused((UNSENT,))
        yield desk


def say_typed(desk: Desk, key: str, section: str) -> None:
    """Write in the journal that an agent typed the plan or the figures, with the digest of what they are then."""
    digest = digest_of_content({key: _typed(desk, desk.at, key)})
    desk.write(JournalEntry.Kind.SECTION, {"section": section, TYPED[key]: digest})


def _typed(desk: Desk, at: datetime, key: str) -> list[dict]:
    return frozen_content(known(desk.dossier, at)).get(key, [])


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
