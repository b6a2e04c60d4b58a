"""The ranking of a jury, against an envelope that the address says; the same as a sheet."""

import csv
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from levers.views.lists import safe_cell
from projects.forms.judging import EnvelopeForm
from projects.judging.board import Amounts, Board, Standing, board_of
from projects.judging.prefilling import RECORDS, prefill
from projects.models import Jury
from projects.procedures.types import Move
from projects.views.entry import Visit
from projects.views.jury_entry import JuryVisit, jury_visit
from projects.views.opinions import number_in


def asked(request: HttpRequest, jury: Jury) -> tuple[EnvelopeForm, Decimal | None, Amounts]:
    """Return the form of what the address asks, the amount to spend, and which amounts count.

    Where the address says nothing, the amount is that of the jury's envelope.
    """
    data = request.GET.copy()
    if "enveloppe" not in data and jury.envelope_id:
        data["enveloppe"] = str(jury.envelope.amount)
    form = EnvelopeForm(data)
    form.is_valid()
    return form, form.cleaned_data.get("enveloppe"), form.cleaned_data.get("montants") or Amounts.ASKED


@require_safe
@never_cache
def ranking(request: HttpRequest, number: int) -> HttpResponse:
    """Show the ranking once marks are read; before, that they are sealed and how many are missing."""
    visited = jury_visit(request, number)
    jury = visited.jury
    context = {"seat": visited.seat, "title": "Classement", "visit": visited, "jury": jury}
    if jury.is_sealed:
        return render(request, "instruction/jury/sealed.html", context)
    form, envelope, kind = asked(request, jury)
    context |= {
        "form": form,
        "envelope": envelope,
        "board": board_of(jury, visited.seat.actor.holdings, envelope, kind),
        "criteria": jury.grid.grid.criteria,
        "grid": jury.grid,
        "is_weighted": jury.grid.grid.is_weighted,
        "may_deliberate": jury.state == Jury.State.REVEALED and (visited.is_chair or visited.may_manage),
        "export": urlencode({"enveloppe": form["enveloppe"].value() or "", "montants": kind}),
        "records": RECORDS,
    }
    return render(request, "instruction/jury/ranking.html", context)


def prefilled_by_jury(request: HttpRequest, visited: Visit, move: Move) -> dict[str, str]:
    """Return the fields of a move as the ranking that the address describes fills them; nothing where it says none."""
    number, holdings = number_in(request.GET.get("jury", "")), visited.actor.holdings
    if not number or move.key not in RECORDS:
        return {}
    rows = Jury.objects.readable_by(holdings).filter(pk=number, candidates__dossier=visited.dossier)
    jury = rows.select_related("call", "grid", "envelope").first()
    if jury is None or jury.is_sealed:
        return {}
    _, envelope, kind = asked(request, jury)
    found = [row for row in board_of(jury, holdings, envelope, kind).rows if row.dossier == visited.dossier]
    if not found:
        return {}
    row = found[0]
    place = row.line.place if row.line else None
    return prefill(move.key, row.ranked.mark, row.ranked.rank, place, row.candidate.deliberation)


@require_safe
@never_cache
def ranking_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give the ranking that the address describes as a sheet; 404 while marks are sealed."""
    visited = jury_visit(request, number)
    if visited.jury.is_sealed:
        raise Http404
    _, envelope, kind = asked(request, visited.jury)
    board = board_of(visited.jury, visited.seat.actor.holdings, envelope, kind)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="classement-jury-{visited.jury.pk}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    for line in sheet(visited, board):
        writer.writerow([safe_cell(cell) for cell in line])
    return response


def sheet(visited: JuryVisit, board: Board) -> list[list[str]]:
    """Return the lines of the sheet, its head first; figures with a comma."""
    labels = [one.label for one in visited.jury.grid.grid.criteria]
    head = [
        "Rang", "Ex æquo", "Référence", "Projet", "Organisme", "Note retenue", "Notes", "Moyenne", "Écart type",
        "Plus basse", "Plus haute", *labels, "Montant", "Couvert par l'enveloppe", "Cumul", "Place", "Délibération",
        "Motif de la note retenue",
    ]  # fmt: skip
    return [head, *(_line(row, hidden=board.hidden) for row in board.rows)]


def _line(row: Standing, *, hidden: int) -> list[str]:
    spread, line, candidate = row.average, row.line, row.candidate
    shown = (spread.mean, spread.deviation, spread.lowest, spread.highest) if spread else (None,) * 4
    return [
        str(row.ranked.rank or ""),
        "oui" if row.ranked.tied else "",
        row.dossier.reference,
        row.dossier.project.title,
        row.dossier.organisation.name if row.dossier.organisation_id else "",
        _figure(row.ranked.mark),
        str(spread.count) if spread else "0",
        *(_figure(one) for one in shown),
        *(_figure(one.mean) if one else "" for _, one in row.criteria),
        _figure(row.amount),
        _figure(line.covered) if line else "",
        _figure(line.cumulated) if line and not hidden else "",
        row.place,
        candidate.deliberation,
        candidate.final_reason,
    ]


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}".replace(".", ",")
