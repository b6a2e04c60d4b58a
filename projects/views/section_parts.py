"""What the page of a section shows, and what its script is answered."""

from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string

from projects.content.answers import said
from projects.depositing.moments import there
from projects.engine.people import Actor
from projects.forms.questions import SectionForm, questions_shown, shown
from projects.models import Section as Row
from projects.preparing import origin
from projects.preparing.merging import bases_of, digest
from projects.preparing.overview import SectionCard, card_of
from projects.preparing.places import Place, answers_in, kept_in
from projects.preparing.prefill import prefilled
from projects.preparing.saving import Saved, Typed
from projects.procedures.asked import Question


def context(place: Place, actor: Actor, *, may_edit: bool) -> dict:
    """Return what the template of a section asks for."""
    row = place.row
    stored = row.answers if row else {}
    kept = kept_in(place.project, place.dossier)
    answers = answers_in(place, kept)
    questions = questions_shown(place.section, answers, stored)
    form = SectionForm(place.section, stored, row.secrets if row else (), questions)
    others = place.dossier.procedure.sections if place.dossier else ()
    known = [question for section in (*others, place.section) for question in section.questions]
    card = card_of(place.section, kept, answers)
    return {
        "place": place,
        "section": place.section,
        "project": place.project,
        "dossier": place.dossier,
        "row": row,
        "form": form,
        "rows": form.rows(known, _taken_over(place, stored)),
        "since": origin.since(place.project.origin),
        "said": [(one, said(one, stored.get(one.key))) for one in questions],
        "page": uuid4(),
        "card": card,
        "left": left_to_say(card),
        "aside": aside_of(place, row, actor),
        "may_edit": may_edit,
        "action": place.address(),
        "versions": place.address("section-versions"),
        "user_key": actor.user.pseudonym,
    }


def _taken_over(place: Place, stored: dict) -> list[str]:
    """Return the questions whose answer is still the one that the diagnostic gave."""
    given = prefilled((place.section,), origin.facts_of(place.project.origin)).get(place.section.key, {})
    return [key for key, raw in given.items() if digest(stored.get(key)) == digest(raw)]


def aside_of(place: Place, row: Row | None, actor: Actor) -> list[dict]:
    """Return what this person typed that could not be stored and waits for a choice, each beside what is stored."""
    if row is None:
        return []
    questions: dict[str, Question] = {one.key: one for one in place.section.questions}
    waiting = row.versions.filter(kept_aside=True, settled_at=None, written_by=actor.user)
    return [
        {
            "version": version,
            "pairs": [
                {
                    "question": questions[key],
                    "stored": said(questions[key], row.answers.get(key)),
                    "mine": said(questions[key], raw),
                    "seen": digest(row.answers.get(key)),
                }
                for key, raw in version.answers.items()
                if key in questions
            ],
        }
        for version in waiting
    ]


def left_to_say(card: SectionCard) -> str:
    """Return how much is still missing of a section, in words."""
    number = len(card.missing)
    if not number:
        return "Cette partie est complète."
    return f"Il manque {number} réponse{'s' if number > 1 else ''} dans cette partie."


def as_json(request: HttpRequest, place: Place, typed: Typed, saved: Saved, actor: Actor) -> dict:
    """Return what the script of a section needs: the hour, what it now remembers, what others changed, what waits."""
    row, questions = saved.row, {one.key: one for one in place.section.questions}
    others = {
        key: shown(questions[key], row.answers.get(key))
        for key, raw in typed.answers.items()
        if key not in saved.aside and not saved.closed and digest(raw) != digest(row.answers.get(key))
    }
    kept = kept_in(place.project, place.dossier)
    aside = aside_of(place, row, actor)
    panel = {"aside": aside, "action": place.address(), "may_edit": not saved.closed}
    return {
        "at": f"{there(row.changed_at, place.zone):%H:%M}",
        "version": row.version,
        "base": bases_of(row.answers, typed.answers),
        "secrets": row.secrets,
        "others": others,
        "aside": sorted(saved.aside),
        "closed": saved.closed,
        "left": left_to_say(card_of(place.section, kept, answers_in(place, kept))),
        "panel": render_to_string("dossiers/aside.html", panel, request) if aside else "",
    }
