"""By which grid a dossier is judged: the call's own criteria where it has some, else its procedure's."""

from datetime import datetime

from django.db import IntegrityError, transaction

from levers.models import Call
from projects.models import Dossier, GridVersion
from projects.procedures.grids import Criterion, Grid, as_data
from projects.procedures.types import Procedure


def grid_of(procedure: Procedure, call: Call | None) -> Grid | None:
    """Return the criteria in force (one query for a call); None where neither has any.

    The criteria of a call are those of the public page, entered in the admin, in their order and with their weights.
    """
    rows = list(call.criteria.select_related("source").order_by("position", "key")) if call else []
    if not rows:
        return procedure.grid
    criteria = tuple(Criterion(row.key, row.label, row.text, row.weight, source=str(row.source)) for row in rows)
    return Grid(criteria, f"Critères de l'appel « {call.title} »")


def grid_of_dossier(dossier: Dossier) -> Grid | None:
    """Return by what a dossier is judged today."""
    return grid_of(dossier.procedure, dossier.call)


def version_of(grid: Grid, procedure_key: str, call: Call | None, at: datetime) -> GridVersion:
    """Return the version that holds these criteria: the last one where nothing changed since, else a new one.

    A version that somebody judged by is thus never changed. Two people who are the first at once make one version.
    """
    content = as_data(grid)
    rows = (
        GridVersion.objects.filter(call=call)
        if call
        else GridVersion.objects.filter(call=None, procedure_key=procedure_key)
    )
    last = rows.order_by("number").last()
    if last and last.content == content:
        return last
    number = last.number + 1 if last else 1
    try:
        with transaction.atomic():
            return GridVersion.objects.create(
                procedure_key=procedure_key, call=call, number=number, content=content, made_at=at
            )
    except IntegrityError:
        return rows.get(number=number)
