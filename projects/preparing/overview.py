"""Where projects and their drafts stand: what is missing of each, until when, where it goes; read for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from projects.channels import Place, places_of
from projects.content.answers import Raw, typed_answers
from projects.content.completeness import Missing, missing, missing_answers
from projects.depositing.moments import in_words, until_in_words, zone_for
from projects.engine.reading import window
from projects.models import Attachment, Dossier
from projects.models import Section as Row
from projects.preparing.places import Kept
from projects.procedures.asked import Section
from projects.procedures.conditions import standing_in_window
from projects.procedures.vocabulary import Scope, Value


class State(StrEnum):
    """How far a section is written."""

    NOT_ASKED = "not-asked"
    EMPTY = "empty"
    BEGUN = "begun"
    COMPLETE = "complete"


STATE_LABELS = {
    State.NOT_ASKED: "Ne vous est pas demandée",
    State.EMPTY: "À commencer",
    State.BEGUN: "En cours",
    State.COMPLETE: "Complète",
}


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A section, and how far it is written."""

    section: Section
    state: State
    missing: tuple[Missing, ...]
    of_project: bool

    @property
    def state_label(self) -> str:
        """Return how far it is, in words."""
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class DossierCard:
    """A dossier as the applicant's lists show it. ``window``: before, open or over; ``closes_at``: of its call."""

    dossier: Dossier
    editable: bool
    missing: tuple[Missing, ...]
    place: Place
    window: str
    opens_at: datetime | None
    closes_at: datetime | None
    sections: tuple[SectionCard, ...] = ()

    @property
    def until(self) -> str:
        """Return until when somebody is expected to act: the stage's date, or the end of the call for a draft.

        On the clocks of the dossier's place, as on its own page; empty where nothing says when.
        """
        moment = self.dossier.due_at or (self.closes_at if self.editable else None)
        return until_in_words(moment, zone_for(self.dossier)) if moment else ""

    @property
    def opens(self) -> str:
        """Return when the call opens, on the same clocks; empty without a call."""
        return in_words(self.opens_at, zone_for(self.dossier)) if self.opens_at else ""


def card_of(section: Section, kept: Kept, answers: Mapping[str, Value]) -> SectionCard:
    """Return how far a section is written, given all that is answered."""
    lacks = tuple(missing_answers((section,), kept, answers))
    stored = {key: raw for key, raw in kept.get(section.key, {}).items() if raw not in ("", [], None)}
    if not section.asked(answers):
        state = State.NOT_ASKED
    elif not lacks and (stored or not any(one.required for one in section.asked(answers))):
        state = State.COMPLETE
    else:
        state = State.BEGUN if stored else State.EMPTY
    return SectionCard(section, state, lacks, section.scope is Scope.PROJECT)


def cards_of_project(sections: Iterable[Section], kept: Kept) -> list[SectionCard]:
    """Return the sections that a project holds itself, and how far each is written."""
    sections = tuple(sections)
    answers = typed_answers(sections, kept)
    return [card_of(section, kept, answers) for section in sections]


def cards_of(dossiers: Iterable[Dossier], at: datetime) -> list[DossierCard]:
    """Return where some dossiers stand, in their order (five queries, whatever their number)."""
    rows = list(dossiers)
    kept, pieces = kept_of(rows), _pieces(rows)
    places = places_of(rows, timezone.localtime(at).date())
    return [_card(one, kept[one.pk], pieces[one.pk], places[one.pk], at) for one in rows]


def _card(dossier: Dossier, kept: Kept, pieces: set[str], place: Place, at: datetime) -> DossierCard:
    editable = dossier.stage_now.editable
    written = dossier.procedure.written_in(dossier.stage)
    lacks = tuple(missing(written, kept, pieces)) if editable else ()
    opens_at, closes_at = window(dossier)
    answers = typed_answers(dossier.procedure.sections, kept)
    return DossierCard(
        dossier,
        editable,
        lacks,
        place,
        standing_in_window(opens_at, closes_at, at),
        opens_at,
        closes_at,
        tuple(card_of(section, kept, answers) for section in written.sections),
    )


def kept_of(dossiers: list[Dossier]) -> dict[int, Kept]:
    """Return the raw answers of each dossier, its project's included (one query)."""
    of_project: dict[int, Kept] = defaultdict(dict)
    of_dossier: dict[int, Kept] = defaultdict(dict)
    rows = Row.objects.filter(project__in={one.project_id for one in dossiers})
    for project, dossier, key, answers in rows.values_list("project_id", "dossier_id", "key", "answers"):
        where: dict[str, dict[str, Raw]] = of_project[project] if dossier is None else of_dossier[dossier]
        where[key] = answers
    return {one.pk: of_project[one.project_id] | of_dossier[one.pk] for one in dossiers}


def _pieces(dossiers: list[Dossier]) -> dict[int, set[str]]:
    """Return the keys of the pieces joined to each dossier (one query)."""
    found: dict[int, set[str]] = {one.pk: set() for one in dossiers}
    joined = Attachment.objects.present().filter(dossier__in=found).exclude(scan=Attachment.Scan.INFECTED)
    for dossier, piece in joined.values_list("dossier_id", "piece"):
        found[dossier].add(piece)
    return found
