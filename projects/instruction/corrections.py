"""What agents corrected of what they had typed, beside the deposit that stays as it was."""

from dataclasses import dataclass
from datetime import datetime

from projects.content.answers import said
from projects.engine.reading import Known
from projects.engine.received import CORRECTS, REASON
from projects.models import JournalEntry, SectionVersion


@dataclass(frozen=True, slots=True)
class Correction:
    """A section corrected: when, why, and each answer before and after."""

    at: datetime
    title: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


def corrections_of(state: Known) -> list[Correction]:
    """Return the corrections of a dossier, the last one first (one query where there are some)."""
    acts = [one for one in state.entries if one.kind == JournalEntry.Kind.SECTION and CORRECTS in one.data]
    if not acts:
        return []
    dossier = state.dossier
    rows = SectionVersion.objects.filter(section__project=dossier.project_id, kept_aside=False)
    own = [one for one in rows.select_related("section") if one.section.dossier_id in (None, dossier.pk)]
    versions = {(one.section.key, one.number): one.answers for one in own}
    sections = {one.key: one for one in dossier.procedure.sections}
    found = []
    for act in reversed(acts):
        section = sections[act.data["section"]]
        before = versions.get((section.key, act.data[CORRECTS]), {})
        after = versions.get((section.key, act.data["version"]), {})
        changes = tuple(
            (one.label, said(one, before.get(one.key)), said(one, after.get(one.key)))
            for one in section.questions
            if before.get(one.key) != after.get(one.key)
        )
        reason = next((one.text for one in act.texts.all() if one.field == REASON), "")
        found.append(Correction(act.at, section.title, reason, changes))
    return found
