"""Where something is written: a section of a project, or of one of its dossiers; and which sections there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from projects.content.answers import typed_answers
from projects.depositing.moments import zone_for, zone_of_project
from projects.models import Dossier, Project
from projects.models import Section as Row
from projects.procedures import project_sections
from projects.procedures.asked import Section
from projects.procedures.vocabulary import Scope, Value

Kept = dict[str, dict]
"""Raw answers by section, then by question."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section to write in; without ``dossier`` it belongs to the project."""

    project: Project
    section: Section
    dossier: Dossier | None = None

    def address(self, name: str = "section", *more: object) -> str:
        """Return the address of this section, or of a page of it (``section-versions``, ``section-version``)."""
        if self.dossier is None:
            return reverse(f"project-{name}", args=[self.project.public_id, self.section.key, *more])
        return reverse(f"dossier-{name}", args=[self.dossier.reference, self.section.key, *more])

    @property
    def zone(self) -> str:
        """Return on which clocks its moments are read: the dossier's, else those of the project's organisation."""
        return zone_of_project(self.project) if self.dossier is None else zone_for(self.dossier)

    @property
    def row(self) -> Row | None:
        """Return what is stored, None where nobody wrote yet (one query)."""
        rows = Row.objects.filter(project=self.project, dossier=self.dossier, key=self.section.key)
        return rows.select_related("changed_by").first()


def sections_of_project(dossiers: Iterable[Dossier]) -> tuple[Section, ...]:
    """Return the sections that a project holds: those of everybody, then those that its dossiers' procedures add."""
    found = {section.key: section for section in project_sections.ALL}
    for dossier in dossiers:
        for section in dossier.procedure.sections:
            if section.scope is Scope.PROJECT:
                found.setdefault(section.key, section)
    return tuple(found.values())


def place_of_project(project: Project, key: str) -> Place | None:
    """Return the place of a section of a project; None where it has no such section (one query)."""
    sections = sections_of_project(project.dossiers.only("procedure_key", "procedure_version"))
    section = next((one for one in sections if one.key == key), None)
    return Place(project, section) if section else None


def place_of_dossier(dossier: Dossier, key: str) -> Place | None:
    """Return the place of a section of a dossier: its own, or the project's that its procedure asks for."""
    section = next((one for one in dossier.procedure.sections if one.key == key), None)
    if section is None:
        return None
    return Place(dossier.project, section, dossier if section.scope is Scope.DOSSIER else None)


def kept_in(project: Project, dossier: Dossier | None) -> Kept:
    """Return the raw answers of a project and of one of its dossiers, by section (one query)."""
    rows = Row.objects.filter(project=project)
    own = [None] if dossier is None else [None, dossier.pk]
    return {row.key: row.answers for row in rows if row.dossier_id in own}


def answers_in(place: Place, kept: Kept) -> dict[str, Value]:
    """Return the typed answers on which the conditions of a place may depend."""
    if place.dossier is not None:
        return typed_answers(place.dossier.procedure.sections, kept)
    return typed_answers((*project_sections.ALL, place.section), kept)
