"""The financing plan and the figures of the model that came by another way: the pages on which an agent types them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.forms.financing import PlanFormSet, plan_form
from projects.forms.financing import seen as seen_line
from projects.forms.specification import years_form
from projects.models import FinancingLine
from projects.preparing.entering import enter_plan, lines_to_enter, may_enter_figures, sections_to_enter
from projects.preparing.planning import Change
from projects.specification.figures import Moved, enter_figures, figures_section, seen
from projects.specification.reading import current_figures
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.receiving import base_context

PAGES = ("GET", "HEAD", "POST")
MOVED = "Quelqu'un a changé cette ligne entre-temps : elle est maintenant « {} ». Enregistrez à nouveau la vôtre."
TITLES = {"plan": "Plan de financement reçu", "modele": "Chiffres du modèle de financement reçus"}


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the lines of the plan as a form, and write them as the applicant sent them."""
    visited = _visit(request, reference)
    posted, lines = request.POST if request.method == "POST" else None, list(lines_to_enter(visited.dossier))
    form = plan_form(visited.dossier.project, lines, [visited.dossier], posted)
    refused = ""
    if posted is not None and form.is_valid():
        try:
            if _saved(visited, form):
                return _done(request, visited, "Le plan de financement est saisi.")
        except Refused as error:
            refused = " ".join(one.words for one in error.reasons)
        except NotAllowed:
            raise Http404 from None
    return _show(request, visited, "plan", form, refused)


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def model(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the years of the financing model as a form, and write them as the applicant sent them."""
    visited = _visit(request, reference)
    if figures_section(visited.dossier.procedure) not in sections_to_enter(visited.dossier):
        raise Http404
    kept = current_figures(visited.dossier)
    posted = request.POST if request.method == "POST" else None
    form, shown, refused = years_form(kept, posted), seen(kept), ""
    if posted is not None and form.is_valid():
        try:
            enter_figures(visited.dossier, form.years(), posted.get("seen", ""), visited.actor, visited.at)
            return _done(request, visited, "Les chiffres du modèle sont saisis.")
        except Moved:
            refused = "Quelqu'un a changé les chiffres entre-temps. Enregistrez à nouveau pour garder les vôtres."
        except Refused as error:
            refused = " ".join(one.words for one in error.reasons)
        except NotAllowed:
            raise Http404 from None
    elif posted is not None:
        shown = posted.get("seen", "")
    return _show(request, visited, "modele", form, refused, shown)


def _visit(request: HttpRequest, reference: str) -> Visit:
    visited = visit_as_one_who_instructs(request, reference)
    if not may_enter_figures(visited.dossier, visited.acts, is_applicant=visited.is_applicant):
        raise Http404
    return visited


def _saved(visited: Visit, form: PlanFormSet) -> bool:
    """Write the lines; False, having told which, where somebody changed one meanwhile."""
    said = form.stored_forms()
    changes = []
    for one in said:
        gone = bool(one.cleaned_data.get("DELETE"))
        changes.append(Change(one.cleaned_data["line"], {} if gone else one.values(), one.cleaned_data["seen"], gone))
    moved = enter_plan(visited.dossier, changes, seen_line, visited.actor, visited.at)
    rows: dict[int, FinancingLine] = {row.pk: row for row in lines_to_enter(visited.dossier)} if moved else {}
    for rank in moved:
        one = said[rank]
        row = rows[one.cleaned_data["line"]]
        one.add_error(None, MOVED.format(f"{row}, {row.amount} €"))
        one.data = one.data.copy()
        one.data[one.add_prefix("seen")] = seen_line(row)
    return not moved


def _done(request: HttpRequest, visited: Visit, words: str) -> HttpResponse:
    messages.success(request, f"{words} Rien n'est encore enregistré comme reçu.")
    draft = visited.dossier.deposited_at is None
    return redirect("instruction-dossier" if draft else "instruction-received", visited.dossier.reference)


def _show(request: HttpRequest, visited: Visit, kind: str, form, refused: str, shown: str = "") -> HttpResponse:
    context = base_context(visited, TITLES[kind]) | {"kind": kind, "form": form, "refused": refused, "seen": shown}
    return render(request, "instruction/received/figures.html", context, status=409 if refused else 200)
