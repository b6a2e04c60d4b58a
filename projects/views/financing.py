"""The financing plan of a project: who pays what, when, by which dossier."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed
from projects.forms.financing import plan_form, seen
from projects.models import FinancingLine
from projects.preparing.overview import kept_of
from projects.preparing.planning import Change, exclusive_pairs, plan_of, proposals_on, remarks_on, save_plan
from projects.views.project_entry import ProjectVisit, project_visit

MOVED = (
    "Quelqu'un a changé cette ligne entre-temps. Elle est maintenant : {}. Enregistrez à nouveau pour garder la vôtre."
)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the plan and its sums, or save it as a whole."""
    visit = project_visit(request, public_id)
    dossiers, lines = visit.dossiers(), list(visit.project.financing.all())
    form = plan_form(visit.project, lines, dossiers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _save(visit, form):
        messages.success(request, "Le plan de financement est enregistré. Rien n'est déposé.")
        return redirect("project-financing", visit.project.public_id)
    plan, kept = plan_of(lines, dossiers), kept_of(dossiers)
    proposed = proposals_on(dossiers, kept)
    context = {
        "visit": visit,
        "project": visit.project,
        "form": form,
        "lines": lines,
        "dossiers": dossiers,
        "plan": plan,
        "by_year": [(year or "Sans année", amount) for year, amount in plan.by_year.items()],
        "remarks": remarks_on(dossiers, lines, kept),
        "rows": [(one, proposed.get(str(one["expense"].value() or ""), ())) for one in form],
        "proposed": [(FinancingLine.Expense(key).label, said) for key, said in proposed.items()],
        "by_payer": [(FinancingLine.Payer(one).label, amount) for one, amount in plan.by_payer.items()],
        "by_expense": [(FinancingLine.Expense(one).label, amount) for one, amount in plan.by_expense.items()],
        "by_dossier": [(reference or "Aucun dossier", amount) for reference, amount in plan.by_dossier.items()],
        "exclusive": exclusive_pairs(dossiers),
    }
    return render(request, "dossiers/financing.html", context)


def _save(visit: ProjectVisit, form) -> bool:
    """Save the lines; False, having told which, where somebody changed one meanwhile."""
    said = form.stored_forms()
    changes = [
        Change(
            one.cleaned_data["line"],
            {} if one.cleaned_data.get("DELETE") else one.values(),
            one.cleaned_data["seen"],
            bool(one.cleaned_data.get("DELETE")),
        )
        for one in said
    ]
    try:
        moved = save_plan(visit.project, changes, seen, visit.actor)
    except NotAllowed:
        raise Http404 from None
    rows = {row.pk: row for row in visit.project.financing.all()} if moved else {}
    for rank in moved:
        one = said[rank]
        row = rows[one.cleaned_data["line"]]
        words = f"{row}, {row.amount} €, {row.get_state_display().lower()}"
        one.add_error(None, MOVED.format(words))
        one.data = one.data.copy()
        one.data[one.add_prefix("seen")] = seen(row)
    return not moved
