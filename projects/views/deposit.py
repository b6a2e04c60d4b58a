"""Depositing, and the other moves of the applicant: what is frozen is read again first, then it is done once."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apist.templatetags.portal import lower_first
from projects.depositing.pieces import Sent, attach_receipt
from projects.engine.reading import known, place
from projects.files.inspection import inspect
from projects.files.kinds import Refused
from projects.forms.moves import MoveForm
from projects.forms.pieces import OptionalFileForm
from projects.models import JournalEntry
from projects.procedures.conditions import refusals
from projects.procedures.types import Move
from projects.views.dossier import open_request, request_said, window_said
from projects.views.entry import Visit, visit
from projects.views.moves import make_move, move_context, move_of, zone_for

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show everything that a deposit freezes, and deposit it."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    move = chosen_deposit(visited, request.POST.get("move", ""))
    dossier = visited.dossier
    if move is None or (dossier.deposited_at is None and not place(dossier, visited.at).is_here):
        return render(request, "dossiers/deposit/elsewhere.html", elsewhere_context(visited))
    return _answer(request, visited, move, "dossiers/deposit/page.html", deposit_context(visited))


@require_http_methods(METHODS)
def any_move(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show the page of a move that is the applicant's, and make it."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    move = move_of(visited, key)
    if move in visited.dossier.procedure.deposits:
        return redirect("dossier-deposit", reference)
    asked = open_request(visited.dossier) if move.closes_request else None
    more = {"request_open": request_said(visited.dossier.procedure, asked, zone_for(visited.dossier))}
    return _answer(request, visited, move, "dossiers/moves/form.html", more)


def _answer(request: HttpRequest, visited: Visit, move: Move, template: str, more: dict) -> HttpResponse:
    """Answer a page of the applicant: show it, or do what it asks and lead back to the dossier."""
    more["receipt_form"] = OptionalFileForm(request.POST or None, request.FILES or None) if move.external else None
    if request.method != "POST":
        return render(request, template, move_context(visited, move) | more)
    if wrong := _wrong_file(more["receipt_form"]):
        more["receipt_form"].add_error("receipt", wrong)
        return render(request, template, move_context(visited, move, MoveForm(move, request.POST)) | more)
    done = make_move(request, visited, move, template=template, more=more)
    if isinstance(done, HttpResponse):
        return done
    _keep_receipt(visited, done, more["receipt_form"])
    messages.success(request, said_of(done, move))
    return redirect("dossier", visited.dossier.reference)


def chosen_deposit(visited: Visit, named: str) -> Move | None:
    """Return the move by which a dossier is deposited: the one that the page named, else that of the conditions.

    A procedure may have several (before the region, before the national level): the one that is refused for the fewest
    reasons is meant. None where the portal is never the place.
    """
    dossier, deposits = visited.dossier, visited.dossier.procedure.deposits
    chosen = next((move for move in deposits if move.key == named), None)
    if chosen is not None or len(deposits) < 2:
        return chosen or next(iter(deposits), None)
    return min(deposits, key=lambda move: len(refusals(move, known(dossier, visited.at, move=move.key).facts)))


def deposit_context(visited: Visit) -> dict:
    """Return what the page of a deposit says besides the move: in whose name, by which mandate, until when."""
    dossier, user = visited.dossier, visited.actor.user
    member = user.memberships.filter(organisation=dossier.organisation).first() if dossier.organisation_id else None
    return {"member": member, "who": str(user), "window": window_said(known(dossier, visited.at), zone_for(dossier))}


def elsewhere_context(visited: Visit) -> dict:
    """Return what is said of a procedure that is never deposited on the portal."""
    dossier = visited.dossier
    external = next((one for one in dossier.procedure.moves if one.external), None)
    return {"visit": visited, "dossier": dossier, "place": place(dossier, visited.at), "external": external}


def said_of(entry: JournalEntry, move: Move) -> str:
    """Return what is said once a move is made: a deposit by its number."""
    snapshot = getattr(entry, "snapshot", None)
    if snapshot is not None and not move.external:
        return f"C'est fait : votre envoi porte le numéro {snapshot.number}. Le récépissé est sur cette page."
    return f"C'est fait : {lower_first(move.label)}."


def _wrong_file(form: OptionalFileForm | None) -> str:
    """Return why the file that goes with a record is not accepted; empty where it is, or where there is none."""
    if form is None or not form.is_valid() or not form.cleaned_data["receipt"]:
        return ""
    sent = form.cleaned_data["receipt"]
    try:
        inspect(sent.name, sent.file)
    except Refused as refused:
        return refused.reason
    return ""


def _keep_receipt(visited: Visit, entry: JournalEntry, form: OptionalFileForm | None) -> None:
    outside = getattr(entry, "outside_deposit", None)
    if form is None or outside is None or not form.is_valid() or not form.cleaned_data["receipt"]:
        return
    sent = form.cleaned_data["receipt"]
    with suppress(Refused):  # it was accepted a moment ago: a second click finds the first one's file
        attach_receipt(outside, Sent("", sent.name, sent.file), visited.actor, visited.at)
