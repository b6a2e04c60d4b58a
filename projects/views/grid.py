"""The grid that somebody who instructs fills on a dossier, beside those of their colleagues."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.forms.judging import GridForm
from projects.judging.filled import said_of
from projects.judging.grids import grid_of_dossier
from projects.judging.marking import judge_alone
from projects.models import Judgement
from projects.rights.table import Act
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for


@require_http_methods(("GET", "HEAD", "POST"))
@never_cache
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the grid of a dossier, one's own to fill and the colleagues' to read; keep what is filled."""
    visited = visit_as_one_who_instructs(request, reference)
    grid = grid_of_dossier(visited.dossier)
    if grid is None or Act.NOTE not in visited.acts:
        raise Http404
    rows = Judgement.objects.readable_by(visited.actor.holdings).alone().counted().filter(dossier=visited.dossier)
    judgements = list(rows.select_related("user", "grid"))
    own = next((one for one in judgements if one.user_id == request.user.pk), None)
    form, status = GridForm(grid, request.POST if request.method == "POST" else None, own), 200
    if form.is_valid():
        try:
            judge_alone(visited.dossier.pk, form.filled(), visited.actor, visited.at)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
            status = 409
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, "Votre grille est enregistrée ; vos collègues peuvent la lire.")
            return redirect("grid", reference)
    context = {
        "visit": visited,
        "dossier": visited.dossier,
        "title": "Grille",
        "zone": zone_for(visited.dossier),
        "grid": grid,
        "form": form,
        "own": own,
        "filled": [said_of(one) for one in judgements],
    }
    return render(request, "instruction/jury/grid.html", context, status=status)
