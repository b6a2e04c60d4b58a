"""The sections of a dossier before an agent: what came by post is typed there, and a mistake of typing is corrected."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.engine.reading import known
from projects.engine.unsent import UNSENT, has_unsent
from projects.forms.questions import SectionForm, questions_shown, read_typed
from projects.forms.receiving import CorrectionForm
from projects.preparing.entering import correct_section, enter_section, not_correctable, sections_to_enter
from projects.preparing.places import Place, answers_in, kept_in, place_of_dossier
from projects.preparing.saving import Moved, Typed
from projects.rights.table import Act
from projects.views.desk import visit_as_one_who
from projects.views.entry import Visit
from projects.views.receiving import base_context

PAGES = ("GET", "HEAD", "POST")
MOVED = "Quelqu'un a changé une de ces réponses entre-temps. Relisez : ce que vous avez tapé est toujours là."


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(PAGES)
def section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show a section that may be filled at this stage, and write what the applicant sent by another way."""
    visited, place = _place(request, reference, key)
    if place.section not in sections_to_enter(visited.dossier):
        raise Http404
    if request.method != "POST":
        return _show(request, visited, place)
    typed = read_typed(place.section, request.POST)
    return _written(
        request, visited, place, typed, None,
        lambda: enter_section(visited.dossier, place, typed, visited.actor, visited.at),
    )  # fmt: skip


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(PAGES)
def correct(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show a section that an agent typed, and correct it with a reason; the frozen deposit stays."""
    visited, place = _place(request, reference, key)
    if not_correctable(visited.dossier):
        raise Http404
    if request.method != "POST":
        return _show(request, visited, place, why=CorrectionForm())
    typed, why = read_typed(place.section, request.POST), CorrectionForm(request.POST)
    if not why.is_valid():
        return _show(request, visited, place, typed, why)
    reason = why.cleaned_data["reason"]
    return _written(
        request, visited, place, typed, why,
        lambda: correct_section(visited.dossier, place, typed, reason, visited.actor, visited.at),
    )  # fmt: skip


def _place(request: HttpRequest, reference: str, key: str) -> tuple[Visit, Place]:
    visited = visit_as_one_who(Act.ENTER, request, reference)
    place = place_of_dossier(visited.dossier, key)
    if place is None:
        raise Http404
    return visited, place


def _written(
    request: HttpRequest, visited: Visit, place: Place, typed: Typed, why: CorrectionForm | None, act
) -> HttpResponse:
    """Do what is asked and go back to the page; else show the section again with why not, and what was typed."""
    try:
        changed = act()
    except NotAllowed:
        raise Http404 from None
    except Moved:
        return _show(request, visited, place, typed, why, MOVED, 409)
    except Refused as refused:
        return _show(request, visited, place, typed, why, " ".join(one.words for one in refused.reasons), 409)
    done = "est corrigée : le dépôt figé ne change pas, la correction est lue à côté" if why else "est enregistrée"
    said = f"La partie « {place.section.title} » {done}." if changed else "Rien n'a changé : rien n'est enregistré."
    messages.success(request, said)
    return redirect("instruction-received", visited.dossier.reference)


def _show(
    request: HttpRequest, visited: Visit, place: Place, typed: Typed | None = None, why: CorrectionForm | None = None,
    refused: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show the section: what is stored, or was just typed over it; not what the applicant did not send."""
    dossier, row = visited.dossier, place.row
    unsent = has_unsent(known(dossier, visited.at))
    stored = dict(row.answers) if row and not unsent else {}
    answers = answers_in(place, kept_in(place.project, dossier))
    over = stored | dict(typed.answers) if typed else stored
    secrets = typed.secrets if typed else row.secrets if row and not unsent else ()
    form = SectionForm(place.section, over, secrets, questions_shown(place.section, answers, over))
    form.base = SectionForm(place.section, stored, (), form.questions).base
    known_questions = [one for section in dossier.procedure.sections for one in section.questions]
    context = base_context(visited, f"Corriger : {place.section.title}" if why else place.section.title) | {
        "section": place.section,
        "form": form,
        "rows": form.rows(known_questions),
        "why": why,
        "refused": refused,
        "unsent": UNSENT.words if unsent else "",
    }
    return render(request, "instruction/received/section.html", context, status=status)
