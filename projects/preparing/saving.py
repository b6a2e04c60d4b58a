"""Saving a section: the only door to what people write. Nothing that was typed is ever lost.

Under the lock of the project, or of the dossier for its own sections, what comes is merged with what is stored
(``merging.py``). What cannot be stored is kept aside: a question that somebody else changed meanwhile, or anything
written in a dossier that was deposited meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import connection, transaction

from apist.engines import limit_lock_waits
from projects.content.answers import Raw
from projects.engine.door import LOCK_WAIT, NotAllowed, locked
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.models import JournalEntry, Project, Section, SectionVersion
from projects.preparing.merging import digest, merge, merge_marks
from projects.preparing.places import Place
from projects.rights.predicates import acts, project_acts
from projects.rights.table import Act

TOGETHER = timedelta(minutes=2)
"""How long the saves of one person, one after the other, are one version."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sent: answers and business secrets, and what it had shown of each. ``page`` tells pages apart."""

    answers: Mapping[str, Raw]
    secrets: frozenset[str] = frozenset()
    base: Mapping[str, str] = field(default_factory=dict)
    base_secrets: frozenset[str] = frozenset()
    page: UUID | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it. ``row``: what is stored now; ``aside``: the questions that were kept aside."""

    row: Section
    aside: frozenset[str] = frozenset()
    closed: bool = False
    """Nothing was stored, since the content may no longer change; what differs is kept aside."""


class Moved(Exception):
    """The stored answers changed since a choice was shown: it is shown again."""


def save_section(place: Place, typed: Typed, actor: Actor, at: datetime) -> Saved:
    """Merge what a page sent into a section and return what became of it; asked twice, it changes nothing more.

    :class:`NotAllowed` where the person may not write here at all.
    """
    try:
        with _writing(place, actor, at) as writing:
            return writing.merge(typed)
    except NotAllowed:
        if place.dossier is None:
            raise
        return _keep_what_came_too_late(place, typed, actor, at)


def settle(
    place: Place, version: int, mine: frozenset[str], seen: Mapping[str, str], actor: Actor, at: datetime
) -> Section:
    """Choose between what is stored and what was kept aside; ``mine``: the questions for which the latter wins.

    ``seen`` holds the digests of what was shown as stored: :class:`Moved` where that changed. What is replaced stays
    among the versions. Choosing again changes nothing.
    """
    with _writing(place, actor, at) as writing:
        row = writing.row
        aside = row.versions.filter(pk=version, kept_aside=True, settled_at=None).first()
        if aside is None:
            return row
        chosen = {key: raw for key, raw in aside.answers.items() if key in mine}
        if any(digest(row.answers.get(key)) != seen.get(key) for key in chosen):
            raise Moved
        writing.write(row.answers | chosen, row.secrets, together=False)
        aside.settled_at = at
        aside.save(update_fields=["settled_at"])
        return row


def restore(place: Place, version: int, actor: Actor, at: datetime) -> Section:
    """Make the content of an earlier version the present one, as a new version.

    What was kept aside holds some questions only: the others stay as they are.
    """
    with _writing(place, actor, at) as writing:
        row = writing.row
        old = row.versions.get(pk=version)
        writing.write(row.answers | old.answers if old.kept_aside else dict(old.answers), row.secrets, together=False)
        return row


def begin_section(place: Place, answers: Mapping[str, Raw], actor: Actor, at: datetime) -> Section:
    """Write answers that are known beforehand, where nothing was answered; what is there stays."""
    with _writing(place, actor, at) as writing:
        writing.write({**answers, **writing.row.answers}, writing.row.secrets, together=False)
        return writing.row


@contextmanager
def _writing(place: Place, actor: Actor, at: datetime) -> Iterator["Writing"]:
    """Give a section, locked, to somebody who may write in it; :class:`NotAllowed` where they may not."""
    if place.dossier is not None:
        with act_on(place.dossier.pk, Act.EDIT, actor, at) as desk:
            if place.section not in desk.dossier.procedure.written_in(desk.dossier.stage).sections:
                raise NotAllowed
            yield Writing(row_of(place, at), actor, at, desk)
        return
    with locked_project(place.project.pk, Act.EDIT, actor):
        yield Writing(row_of(place, at), actor, at)


@contextmanager
def locked_project(number: int, act: Act, actor: Actor) -> Iterator[Project]:
    """Give a project, locked, to somebody who may do this act on it; :class:`NotAllowed` where they may not."""
    with transaction.atomic():
        limit_lock_waits(connection, LOCK_WAIT)
        project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
        if act not in project_acts(actor.holdings, project):
            raise NotAllowed
        yield project


@dataclass(frozen=True, slots=True)
class Writing:
    """A locked section, and who writes in it."""

    row: Section
    actor: Actor
    at: datetime
    desk: Desk | None = None

    def merge(self, typed: Typed) -> Saved:
        """Store what merges, keep aside what does not."""
        row = self.row
        merged = merge(typed.base, row.answers, typed.answers)
        secrets = merge_marks(typed.base_secrets, frozenset(row.secrets), typed.secrets)
        self.write(merged.answers, sorted(secrets), together=True)
        aside = {key: conflict.posted for key, conflict in merged.conflicts.items()}
        if aside:
            _keep_aside(row, aside, typed.page, self.actor, self.at)
        return Saved(row, frozenset(aside))

    def enter(self, typed: Typed, act: Mapping[str, object], texts: Mapping[str, str]) -> bool:
        """Store what an agent typed for somebody, each time a version and an act; tell whether anything changed.

        :class:`Moved` where somebody else changed an answer meanwhile: nothing of an applicant's is set aside for it.
        """
        merged = merge(typed.base, self.row.answers, typed.answers)
        if merged.conflicts:
            raise Moved
        secrets = merge_marks(typed.base_secrets, frozenset(self.row.secrets), typed.secrets)
        before = self.row.version
        self.write(merged.answers, sorted(secrets), together=False, act=act, texts=texts)
        return self.row.version != before

    def write(
        self, answers: Mapping[str, Raw], secrets: list[str], *, together: bool,
        act: Mapping[str, object] = MappingProxyType({}), texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Make this the content, at one version more; nothing where it already is. ``act``: what the journal adds."""
        row, user = self.row, self.actor.user
        answers = {key: raw for key, raw in answers.items() if raw not in ("", [], None)}
        if answers == row.answers and secrets == row.secrets:
            return
        row.answers, row.secrets, row.version = answers, secrets, row.version + 1
        row.changed_at, row.changed_by = self.at, user
        row.save(update_fields=["answers", "secrets", "version", "changed_at", "changed_by"])
        last = row.versions.filter(kept_aside=False).first()
        same = together and last is not None and user is not None and last.written_by_id == user.pk
        if same and self.at - last.written_at <= TOGETHER:
            last.number, last.answers = row.version, answers
            last.save(update_fields=["number", "answers"])
            return
        row.versions.create(number=row.version, answers=answers, written_at=self.at, written_by=user)
        if self.desk is not None:
            self.desk.write(JournalEntry.Kind.SECTION, {"section": row.key, "version": row.version, **act}, texts)


def row_of(place: Place, at: datetime) -> Section:
    """Return what is stored of a section, made empty where nobody wrote."""
    row, _ = Section.objects.get_or_create(
        project=place.project, dossier=place.dossier, key=place.section.key, defaults={"changed_at": at}
    )
    return row


def _keep_aside(row: Section, answers: Mapping[str, Raw], page: UUID | None, actor: Actor, at: datetime) -> None:
    """Keep what could not be stored: once for a page, whatever the number of times that it is sent."""
    mine = row.versions.filter(kept_aside=True, settled_at=None, written_by=actor.user)
    if page is not None:
        known = mine.filter(page=page).first()
    else:
        known = next((one for one in mine if one.answers == answers), None)
    if known is None:
        SectionVersion.objects.create(
            section=row, number=row.version, answers=dict(answers), kept_aside=True, page=page,
            written_at=at, written_by=actor.user,
        )  # fmt: skip
    elif known.answers | answers != known.answers:
        known.answers, known.written_at = known.answers | answers, at
        known.save(update_fields=["answers", "written_at"])


@transaction.atomic
def _keep_what_came_too_late(place: Place, typed: Typed, actor: Actor, at: datetime) -> Saved:
    """Keep aside what somebody wrote in a dossier whose content may no longer change; only who might have written."""
    dossier = locked(place.dossier.pk)
    if Act.EDIT not in acts(actor.holdings, dossier, editable=True):
        raise NotAllowed
    row = row_of(place, at)
    late = {
        key: raw
        for key, raw in typed.answers.items()
        if digest(raw) not in (digest(row.answers.get(key)), typed.base.get(key))
    }
    if late:
        _keep_aside(row, late, typed.page, actor, at)
    return Saved(row, frozenset(late), closed=True)
