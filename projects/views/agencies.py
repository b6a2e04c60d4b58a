"""The agencies on a dossier: who leads, who is associated, and how that changes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.forms.agencies import AssociateForm, EvaluatorForm, LeadForm
from projects.instruction.agencies import (
    agencies_to_associate,
    answer_to_lead,
    ask_to_lead,
    associate,
    associated,
    end_association,
    may_answer,
)
from projects.instruction.evaluating import end_evaluation, evaluators, expects_evaluator, name_evaluator
from projects.letters.articles import opening
from projects.procedures.vocabulary import Party
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for

NAME = "instruction-agencies"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the agencies; associate one, end its part, ask one to lead, answer for the one that is asked."""
    visited = visit_as_one_who_instructs(request, reference)
    if NAME not in {tab.name for tab in visited.tabs}:
        raise Http404
    dossier = visited.dossier
    current = [row.body for row in associated(dossier).select_related("body")]
    asked = request.POST.get("act") if request.method == "POST" else ""
    forms = {
        "associate": AssociateForm(agencies_to_associate(dossier), request.POST if asked == "associate" else None),
        "lead": LeadForm(current, request.POST if asked == "lead" else None),
        "evaluator": EvaluatorForm(request.POST if asked == "evaluator" else None),
    }
    status = 200
    if request.method == "POST":
        try:
            if words := _done(request, visited, asked, forms):
                messages.success(request, words)
                return redirect(NAME, reference)
        except Refused as refused:
            status = 409
            messages.error(request, " ".join(reason.words for reason in refused.reasons))
        except NotAllowed:
            messages.error(request, "Rien n'a changé : vous n'avez pas ce droit sur ce dossier, ou il a changé.")
            return redirect("instruction-dossier", reference)
    return render(request, "instruction/agencies.html", _context(visited, forms), status=status)


def _done(request: HttpRequest, visited: Visit, asked: str, forms: dict) -> str:
    """Do what was asked and say it; empty where a form is to be corrected, or nothing known was asked."""
    number, actor, at = visited.dossier.pk, visited.actor, visited.at
    form = forms.get(asked)
    if form is not None and not form.is_valid():
        return ""
    if asked == "associate":
        body = form.cleaned_data["body"]
        associate(number, body, actor, at)
        return f"{opening(body.name)} lit désormais ce dossier et peut le commenter."
    if asked == "lead":
        body = form.cleaned_data["body"]
        ask_to_lead(number, body, form.cleaned_data["reason"], actor, at)
        return f"{opening(body.name)} est sollicitée : rien ne change tant qu'elle n'a pas accepté."
    if asked == "evaluator":
        name_evaluator(number, form.cleaned_data["email"], actor, at)
        return "L'évaluateur est prévenu : il lit désormais ce dossier."
    if asked in ("end", "end-evaluator"):
        sent = request.POST.get("part", "")
        part = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 18 else 0
        (end_association if asked == "end" else end_evaluation)(number, part, actor, at)
        return "Cette agence ne lit plus le dossier." if asked == "end" else "Cette personne n'évalue plus le dossier."
    if asked in ("accept", "decline"):
        answer_to_lead(number, accept=asked == "accept", actor=actor, at=at)
        return "Votre agence pilote désormais le dossier." if asked == "accept" else "La demande est déclinée."
    return ""


def _context(visited: Visit, forms: dict) -> dict:
    dossier = visited.dossier
    parts = list(dossier.participations.filter(capacity=Party.ASSOCIATE).exclude(body=None).select_related("body"))
    changes = list(dossier.leader_changes.select_related("from_body", "to_body", "asked_by", "answered_by"))
    pending = next((one for one in changes if one.answered_at is None), None)
    return {
        "visit": visited,
        "dossier": dossier,
        "zone": zone_for(dossier),
        "title": "Agences",
        "current": [one for one in parts if one.until is None],
        "former": [one for one in parts if one.until is not None],
        "changes": [one for one in changes if one.answered_at is not None],
        "pending": pending,
        "may_associate": Act.ASSOCIATE in visited.acts,
        "may_answer": pending is not None and may_answer(visited.actor.holdings, pending),
        "forms": forms,
        "expects_evaluator": expects_evaluator(dossier.procedure),
        "evaluators": evaluators(dossier),
    }
