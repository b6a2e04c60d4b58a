"""Public procurement: which procedure for this need, and what would change on another day.

The page takes the parameters of the JSON and calls the same rules. All of it works
without JavaScript, and its whole state is in its address.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.clock import today, tomorrow
from apist.sharing import content_token, share
from levers.procurement.forms import PARAMETERS, NeedForm, address_of, to_profile
from levers.procurement.reading import Book, current_book, in_order
from levers.procurement.rules import Buyer, Need, Outcome, Period, Procedure, periods_of, procedures_for
from levers.procurement.timeline import Chart, chart_of
from levers.procurement.wording import (
    BUYERS,
    PROCEDURES,
    PUBLICITY,
    PURCHASES,
    SCOPES,
    THRESHOLDS,
    change,
    names,
    notes_of,
    period_in_words,
    procedure_reason,
    reason,
    threshold_name,
)

CATEGORIES = {"all": "tout achat", "supplies-services": "fournitures et services", "works": "travaux"}
SHORT_SCOPES = {"central-state": "État central", "other-public": "hôpitaux, collectivités"}
"""Whom a line of the picture is about, in the room that there is at its end."""

SIDES = (("before", -1), ("chosen", 0), ("after", 1))


@login_not_required
@require_safe
def procurement(request: HttpRequest) -> HttpResponse:
    """Show the procedures open for the need in the address; without parameters, the question and the explanations."""
    book = current_book(content_token(request))
    asked = any(name in request.GET for name in PARAMETERS)
    form = NeedForm(request.GET if asked else None)
    need = form.need() if asked else None
    given = form.cleaned_data.get("on") if asked and form.is_valid() else None
    on = given or today()
    context = {
        "form": form,
        "on": on,
        "is_today": given is None,
        "answer": answer_in_words(need, on, given, book) if need else None,
        "diagnostic": diagnostic_address(need, book),
        "sheets": book.sheets,
        "sources": {slug.replace("-", "_"): source for slug, source in book.sources.items()},
        "chart": chart_in_words(chart_of(book.thresholds, need.amount if need else None, on if need else None)),
        "table": table_of(book),
    }
    response = render(request, "procurement/page.html", context)
    return share(response, book.token, None if given else tomorrow())


def answer_in_words(need: Need, on: date, given: date | None, book: Book) -> dict:
    """Return everything that the page says of a need on a day."""
    outcome = procedures_for(need, on, book.thresholds)
    return {
        "need": need,
        "buyer": BUYERS[need.buyer].partition(" : ")[0],
        "category": PURCHASES[need.category].partition(" : ")[0],
        "outcome": outcome,
        "outside": need.buyer is Buyer.PRIVATE,
        "unknown": [reason(need, on, key, book.thresholds) for key in outcome.unknown],
        "names": names(outcome.procedures) if outcome.procedures else "",
        "open": [
            (way.value, PROCEDURES[way], PUBLICITY[shown], procedure_reason(way, need, outcome))
            for way, shown in outcome.ways
        ],
        "closed": [
            (one.value, PROCEDURES[one].name, procedure_reason(one, need, outcome)) for one in closed_of(outcome)
        ],
        "if_innovative": "" if need.innovative else f"?{address_of(replace(need, innovative=True), given)}",
        "notes": notes_of(need, outcome),
        "thresholds": [(threshold_name(one), one) for one in outcome.thresholds],
        "around": around(need, on, book),
        "api": f"{reverse('api-procurement')}?{address_of(need, given)}",
    }


def closed_of(outcome: Outcome) -> list[Procedure]:
    """Return the procedures that are not open, where there is an answer."""
    return [one for one in Procedure if outcome.procedures and one not in outcome.procedures]


def around(need: Need, on: date, book: Book) -> dict | None:
    """Return the period of the day, the one before and the one after, side by side, and what moves between them."""
    periods = periods_of(need, book.thresholds)
    here = next(number for number, period in enumerate(periods) if period.contains(on))
    near = [(side, periods[here + step]) for side, step in SIDES if 0 <= here + step < len(periods)]
    if need.buyer is Buyer.PRIVATE or len(near) == 1:
        return None
    told = [one for one in Procedure if need.innovative or one is not Procedure.INNOVATIVE]
    return {
        "columns": [column(side, period, need) for side, period in near],
        "rows": [(PROCEDURES[one].name, [cell(one, period, need) for _, period in near]) for one in told],
        "moves": [(later.first, change(need, earlier, later)) for (_, earlier), (_, later) in pairwise(near)],
    }


def column(side: str, period: Period, need: Need) -> dict:
    """Return the head of a period; it leads to the same need on its day next to the one on show."""
    day = period.first if side == "after" else period.last
    linked = side != "chosen" and day
    return {
        "side": side,
        "words": period_in_words(period),
        "address": f"{reverse('procurement')}?{address_of(need, day)}" if linked else "",
    }


def cell(procedure: Procedure, period: Period, need: Need) -> dict | None:
    """Return whether a procedure is open in a period, with which announcement and why; None where nobody knows."""
    if period.outcome.unknown:
        return None
    shown = dict(period.outcome.ways).get(procedure)
    return {
        "open": shown is not None,
        "publicity": PUBLICITY[shown][0] if shown else "",
        "why": procedure_reason(procedure, need, period.outcome),
    }


def diagnostic_address(need: Need | None, book: Book) -> str:
    """Return the diagnostic, on the sheet of this subject where there is one, with what is known of the need."""
    parts = [f"levier={slug}" for slug, _ in book.sheets[:1]] + ([to_profile(need)] if need else [])
    return f"{reverse('diagnostic')}?{'&'.join(parts)}".rstrip("?")


def chart_in_words(chart: Chart | None) -> dict | None:
    """Return the picture with the names of its lines, as their ends say them."""
    if chart is None:
        return None
    lines = []
    for line in chart.lines:
        lines.append((line, THRESHOLDS[line.key].partition(" : ")[0], SHORT_SCOPES.get(line.buyers, SCOPES["all"])))
    return {"shape": chart, "lines": lines}


def table_of(book: Book) -> list[dict]:
    """Return every threshold as the table beside the picture gives them, by subject then as time goes."""
    return [
        {
            "name": THRESHOLDS[one.key],
            "buyers": SCOPES[one.buyers],
            "category": CATEGORIES[one.category],
            "threshold": one,
        }
        for one in in_order(book.thresholds)
    ]
