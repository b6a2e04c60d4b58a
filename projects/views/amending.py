"""Saying what an amendment changes: amounts, end, rows of the schedule; nothing counts before it is signed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from projects.engine.amended import amending_move, prepared
from projects.engine.committing import number_of, row_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.paying import instalments_of
from projects.engine.reading import Known, known
from projects.engine.schedule import Row, as_new
from projects.following.amending import prepare_amendment
from projects.forms.amending import AmendmentForm
from projects.forms.following import schedule_form
from projects.letters.choosing import sort_of
from projects.rights.table import Act
from projects.views.deciding import ADDRESSES
from projects.views.following import base_context, follower


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the amendment that is open changes, and keep what is written of it."""
    visited = follower(request, reference)
    dossier = visited.dossier
    move = amending_move(dossier.procedure, dossier.stage)
    if Act.SCHEDULE not in visited.acts or move is None:
        raise Http404
    state, indicators = known(dossier, visited.at), list(dossier.indicators.all())
    status, reasons = 200, ()
    if request.method == "POST":
        form, lines = AmendmentForm(request.POST), schedule_form((), indicators, request.POST)
        if form.is_valid() & lines.is_valid():
            try:
                wanted = form.amended(lines.rows())
                prepare_amendment(dossier.pk, wanted, form.seen, visited.actor, visited.at)
            except Refused as refused:
                reasons, status = refused.reasons, 409
                form = form.afresh(*seen_now(known(dossier, visited.at)))
            except NotAllowed:
                raise Http404 from None
            else:
                messages.success(
                    request, "L'avenant est préparé : relisez son texte. Rien ne change avant d'être signé."
                )
                return redirect(ADDRESSES[sort_of(move)][0], reference)
    else:
        form = AmendmentForm(initial=initial_of(state))
        lines = schedule_form(rows_of(state), indicators)
    context = base_context(visited, "Ce que change l'avenant") | {
        "form": form,
        "lines": lines,
        "reasons": reasons,
        "facts": state.facts,
    }
    return render(request, "instruction/following/amending.html", context, status=status)


def seen_now(state: Known) -> tuple[int, int]:
    """Return which version of the schedule is in force, and which act prepared the amendment last."""
    waiting = prepared(state.entries)
    return number_of(state.dossier), waiting.seq if waiting else 0


def initial_of(state: Known) -> dict:
    """Return what the page shows first: the amendment as it was prepared, else the aid as it stands."""
    waiting, facts = prepared(state.entries), state.facts
    schedule, act = seen_now(state)
    said = {
        "amount": facts.granted or facts.records.get("amount_granted"),
        "per_year": facts.records.get("amount_per_year"),
        "ends_on": facts.records.get("exercise_ends_on"),
    }
    if waiting:
        one = waiting.amended
        said = {"amount": one.amount, "per_year": one.per_year, "ends_on": one.ends_on, "reason": one.reason}
    return said | {"seen_schedule": schedule, "seen_act": act}


def rows_of(state: Known) -> list[Row]:
    """Return the rows that the page shows first."""
    waiting, rows = prepared(state.entries), [row_of(one) for one in instalments_of(state.dossier)]
    return list(as_new(waiting.amended.rows, {row.rank for row in rows})) if waiting else rows
