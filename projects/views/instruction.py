"""A dossier before those who instruct it: its page, a move, its journal checked, and stepping back from it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from projects.depositing.delays import clock_said, due_said, silence_said
from projects.depositing.history import told
from projects.engine.door import NotAllowed
from projects.engine.mandates import mandate_for
from projects.engine.reading import Known, known
from projects.engine.verifying import verify
from projects.forms.completion import PointsForm
from projects.forms.moves import MoveForm, hidden_of
from projects.forms.recusal import RecusalForm
from projects.instruction.corrections import corrections_of
from projects.instruction.judging import checks_of
from projects.instruction.ledger import ledger
from projects.instruction.notes import body_of, notes_of
from projects.instruction.offers import Offer, offers
from projects.instruction.reading import beside, deposit_of, in_charge, requests_of
from projects.instruction.recusing import step_back
from projects.instruction.wording import TURNS
from projects.judging.access import ALONE, jury_of
from projects.models import JournalEntry
from projects.opinions.reading import counts_of
from projects.procedures.types import Move
from projects.procedures.vocabulary import Party, Turn
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.instruction_desk import refuse_applicants, visit_as_one_who_instructs
from projects.views.jury_ranking import prefilled_by_jury
from projects.views.moves import bodies_of, home_of, make_move, move_context, move_form, move_of, names_of, zone_for
from projects.views.opinions import prefilled

PAGES = ("GET", "HEAD", "POST")


@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a dossier to those who instruct it: its deposit, whose turn it is, its clock and journal, their moves.

    Who is only in a jury reads the deposit where they mark it; who is an applicant too, the applicant's page.
    """
    visited = visit(request, reference)
    if visited.is_on_both_sides:
        return redirect("dossier", reference)
    refuse_applicants(visited)
    if visited.parties == ALONE:
        return redirect("jury-marking", jury_of(visited.dossier, visited.actor.user.pk), reference)
    dossier = visited.dossier
    state = known(dossier, visited.at, by=visited.actor.pseudonym)
    zone = zone_for(dossier)
    delegate = Party.DELEGATE if Party.DELEGATE in visited.parties else None
    uncovered = mandate_for(dossier, state.facts, delegate, visited.actor.user)[1]
    offered = offers(visited.actor.holdings, dossier, state.facts, state.kept, state.pieces, uncovered)
    context = {
        "visit": visited,
        "dossier": dossier,
        "procedure": dossier.procedure,
        "stage": dossier.stage_now,
        "turn": TURNS[Turn(dossier.turn)],
        "due": due_said(dossier.stage_now, Turn.AGENCY, dossier.due_at, visited.at, zone),
        "zone": zone,
        "place": state.place,
        "deposit": deposit_of(state),
        "corrections": corrections_of(state),
        "mine": [one for one in offered if one.party],
        "others": [one for one in offered if not one.party],
        "clock": clock_said(state.clock, zone, visited.at),
        "silence": silence_said(state.clock, dossier.procedure.mentions),
        "ledger": ledger(state.clock.ticks),
        "journal": journal_of(state),
        "requests": requests_of(dossier),
        "messages_sent": dossier.messages.select_related("author"),
        "may_open": Act.DOWNLOAD in visited.acts,
        "may_enter": Act.ENTER in visited.acts,
        "may_attach": Act.ATTACH in visited.acts and Act.ENTER not in visited.acts and not visited.is_applicant,
        "may_write": Act.MESSAGE in visited.acts and bool(dossier.deposited_at),
        "may_verify": Act.VERIFY in visited.acts,
        "opinions": counts_of(dossier) if may_consult(visited) else None,
    }
    more = team_context(visited) | judging_context(visited, offered, state)
    return render(request, "instruction/page.html", context | more)


def team_context(visited: Visit) -> dict:
    """Return what the team adds to the page: who has it in charge, notes, labels, the dossiers around."""
    dossier, body = visited.dossier, body_of(visited.actor, visited.dossier)
    may_note = Act.NOTE in visited.acts
    return {
        "may_note": may_note,
        "may_assign": Act.ASSIGN in visited.acts,
        "in_charge": in_charge(dossier, visited.at),
        "notes": notes_of(dossier, body if may_note else None),
        "labels": dossier.labels.filter(label__body=body).select_related("label") if may_note else (),
        "beside": beside(dossier, visited.actor.holdings),
    }


def judging_context(visited: Visit, offered: list[Offer], state: Known) -> dict:
    """Return what is checked beside the text of the applicant (one query: the criteria of the lever)."""
    lever = visited.dossier.lever
    return {"checks": checks_of(offered, state.facts), "criteria": list(lever.criteria.all()) if lever else []}


def may_consult(visited: Visit) -> bool:
    """Tell whether the person asks for opinions on this dossier, and so reads how many are expected."""
    return Act.CONSULT in visited.acts and not visited.dossier.procedure.confidential


def journal_of(state: Known) -> list:
    """Return the whole journal in words, the last act first (one query for the names)."""
    people, bodies = names_of(state.entries), bodies_of(state.entries)
    return told(state.dossier.procedure, state.entries, people, for_applicant=False, bodies=bodies)


@require_http_methods(PAGES)
def move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Show the form of a move and make it; what comes back with a refusal keeps everything that was typed."""
    visited = visit_as_one_who_instructs(request, reference)
    wanted = move_of(visited, move)
    if wanted.opens_request:
        return ask_for_completion(request, visited, wanted)
    template = "instruction/move.html"
    if request.method != "POST":
        filled = prefilled(request, visited, wanted) | prefilled_by_jury(request, visited, wanted)
        initial = hidden_of(visited.dossier.version, "") | filled
        form = move_form(visited, wanted, initial=initial) if filled else None
        return render(request, template, move_context(visited, wanted, form))
    return answered(request, visited, wanted, make_move(request, visited, wanted, template=template))


def ask_for_completion(request: HttpRequest, visited: Visit, wanted: Move) -> HttpResponse:
    """Ask the applicant to complete, point by point: what is about, and what is asked of it."""
    template = "instruction/completion.html"
    points = PointsForm(visited.dossier.procedure, request.POST if request.method == "POST" else None)
    more = {"points": points}
    if request.method != "POST":
        return render(request, template, move_context(visited, wanted) | more)
    if not points.is_valid():
        return render(request, template, move_context(visited, wanted, MoveForm(wanted, request.POST)) | more)
    outcome = make_move(request, visited, wanted, points=points.points(), template=template, more=more)
    return answered(request, visited, wanted, outcome)


def answered(request: HttpRequest, visited: Visit, wanted: Move, outcome: HttpResponse | JournalEntry) -> HttpResponse:
    """Return the page that refuses; or, once the move is made, the dossier where it now stands."""
    if isinstance(outcome, HttpResponse):
        return outcome
    messages.success(request, f"C'est fait : « {wanted.label} ».")
    return redirect("instruction-dossier", visited.dossier.reference)


@require_safe
def verification(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the journal of a dossier before whoever may ask it, on either side, and name the first broken link."""
    visited = visit(request, reference)
    if Act.VERIFY not in visited.acts:
        raise Http404
    context = {
        "visit": visited,
        "dossier": visited.dossier,
        "home": home_of(visited),
        "verified": verify(visited.dossier),
        "zone": zone_for(visited.dossier),
    }
    return render(request, "instruction/verification.html", context)


@require_http_methods(PAGES)
def stepping_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what stepping back does, then close the dossier to the person."""
    visited = visit_as_one_who_instructs(request, reference, in_a_jury=True)
    form = RecusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            step_back(visited.dossier.pk, form.cleaned_data["reason"], visited.actor, visited.at)
        except NotAllowed:
            raise Http404 from None
        messages.success(request, f"Vous vous êtes déporté : le dossier {reference} vous est fermé.")
        return redirect("instruction")
    context = {"visit": visited, "dossier": visited.dossier, "form": form, "home": home_of(visited)}
    return render(request, "instruction/recusal.html", context)
