"""Steering: the figures of an administration, or of everybody for whoever runs the portal, as counted at a moment."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actors.models import Body, Department
from apist.clock import now, today
from apist.templatetags.portal import NARROW_SPACE, euros
from levers.models import Call, Lever
from levers.views.lists import safe_cell
from projects.engine.people import actor_of
from projects.forms.steering import SteeringForm
from projects.instruction.scope import instructs
from projects.models import SteeringCell, SteeringRun
from projects.rights.turns import INSTRUCTING
from projects.steering import figures, reading, running
from projects.steering.chart import Chart, chart
from projects.steering.withholding import withheld
from projects.views.instruction_desk import Seat

NATIONAL = "tout"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: whose figures, filtered how. ``scope``: None without any count."""

    seat: Seat
    form: SteeringForm
    run: SteeringRun | None
    body: Body | None
    names: figures.Names
    is_withheld: bool = False

    @property
    def scope(self) -> str:
        """Return the scope of the cells."""
        return str(self.body.pk) if self.body else SteeringCell.EVERYBODY

    def blocks(self) -> list[figures.Block]:
        """Return the tables; none without counts, or where the address asks for what there is not."""
        if self.run is None or not self.form.is_valid():
            return []
        chosen = reading.EVERYTHING if self.is_withheld else self.form.chosen()
        found = reading.figures(self.run.stamp, self.scope, chosen)
        money = reading.envelopes(self.body.pk if self.body else None, chosen, today())
        blocks = figures.blocks(found, self.names, {} if chosen.department else money)
        return withheld(blocks, found) if self.is_withheld else blocks


@dataclass(frozen=True, slots=True)
class Shown:
    """A table in words, and its chart."""

    block: figures.Block
    rows: list[list[str]]
    chart: Chart | None
    legend: list[str]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures that the address describes."""
    asked = asked_by(request)
    context = {
        "seat": asked.seat,
        "title": "Pilotage",
        "form": asked.form,
        "run": asked.run,
        "body": asked.body,
        "query": request.GET.urlencode(),
        "blocks": [shown(block) for block in asked.blocks()],
        "withheld": asked.is_withheld,
        "may_refresh": running.may_refresh(asked.run, asked.seat.at),
    }
    return render(request, "instruction/steering/page.html", context)


@require_safe
def table(request: HttpRequest, block: str) -> HttpResponse:
    """Give one table as CSV, as filtered; no cell is taken for a formula."""
    asked = asked_by(request)
    found = next((one for one in asked.blocks() if one.key == block), None)
    if found is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pilotage-{found.key}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    at = timezone.localtime(asked.run.at)
    writer.writerow([*found.heads, f"Chiffres du {at:%d/%m/%Y à %H:%M}"])
    writer.writerows([plain(cell) for cell in row] for row in found.rows)
    return response


@require_POST
def count_again(request: HttpRequest) -> HttpResponse:
    """Count everything now, on a small base, at most once a minute; elsewhere say when it is done by itself."""
    seat, _ = steering_seat(request)
    if running.may_refresh(running.latest(), seat.at):
        running.refresh(seat.at)
        messages.success(request, "Les chiffres sont à jour.")
    else:
        messages.info(request, "Les chiffres viennent d'être comptés, ou le sont toutes les dix minutes.")
    return redirect("steering")


def steering_seat(request: HttpRequest) -> tuple[Seat, bool]:
    """Return the seat of a person, and whether they may read the figures of everybody; 404 for anybody else."""
    at = now()
    actor, everything = actor_of(request.user, at), request.user.is_superuser
    if not instructs(actor.holdings) and not everything:
        raise Http404
    held = frozenset().union(*(actor.holdings.of(name) for name in INSTRUCTING))
    return Seat(actor, at, list(Body.objects.filter(pk__in=held).select_related("region", "agency"))), everything


def asked_by(request: HttpRequest) -> Asked:
    """Read an address; 404 for an administration that is not the person's."""
    seat, everything = steering_seat(request)
    bodies = {body.code: body for body in seat.bodies}
    choices = [(code, body.name) for code, body in bodies.items()]
    if everything:
        choices.append((NATIONAL, "Toutes les administrations (dossiers confidentiels exclus)"))
    code = request.GET.get("body") or choices[0][0]
    if code not in dict(choices):
        raise Http404
    body, run = bodies.get(code), running.latest()
    values = reading.values_of(run.stamp, str(body.pk) if body else SteeringCell.EVERYBODY) if run else {}
    names, closed = names_of(), reading.is_withheld_from(seat.actor.holdings, body)
    form = SteeringForm(request.GET, choices, choices_of(values, names), filters=not closed)
    form.is_valid()
    return Asked(seat, form, run, body, names, closed)


def names_of() -> figures.Names:
    """Return the words of levers, calls and departments (three queries)."""
    return figures.Names(
        dict(Lever.objects.order_by("position", "slug").values_list("slug", "short_name")),
        dict(Call.objects.order_by("title", "pk").values_list("slug", "title")),
        {one.code: str(one) for one in Department.objects.all()},
    )


def choices_of(values: Mapping[str, tuple], names: figures.Names) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers: what the figures hold, in words."""
    words = {"lever": names.levers, "call": names.calls, "department": names.departments}
    found = {name: [(one, words[name].get(one, one)) for one in values.get(name, ())] for name in words}
    return found | {"year": [(str(year), str(year)) for year in reversed(values.get("year", ()))]}


def shown(block: figures.Block) -> Shown:
    """Return a table in words, with its chart."""
    rows = [[said(cell) for cell in row] for row in block.rows]
    drawing = chart([(figures.row_name(block, row), *row[1:]) for row in block.rows], block.drawn)
    return Shown(block, rows, drawing, [block.heads[column] for column in block.drawn])


def said(cell: figures.Cell) -> str:
    """Return a cell for the eye."""
    if isinstance(cell, Decimal):
        return f"-{euros(cell)}" if cell < 0 else euros(cell)
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", NARROW_SPACE)
    return "–" if cell is None else cell


def plain(cell: figures.Cell) -> str:
    """Return a cell for a spreadsheet set to French; a text is never taken for a formula."""
    if isinstance(cell, str):
        return safe_cell(cell)
    return "" if cell is None else str(cell).replace(".", ",")
