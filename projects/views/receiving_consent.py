"""Consent to a publication that came on paper: the page on which an agent enters it for the applicant."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.forms.receiving import ConsentOnPaperForm
from projects.papers.joining import stored
from projects.publishing.acts import current_wordings
from projects.publishing.on_paper import answer_on_paper
from projects.rights.table import Act
from projects.views.desk import visit_as_one_who
from projects.views.entry import Visit
from projects.views.publishing import page_of
from projects.views.receiving import base_context


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the words proposed, and write what the applicant answered of each on the paper that is joined."""
    visited = visit_as_one_who(Act.ENTER, request, reference)
    rows = list(current_wordings(visited.dossier).values())
    if not rows:
        raise Http404
    posted, status = request.method == "POST", 200
    form = ConsentOnPaperForm(rows, request.POST, request.FILES) if posted else ConsentOnPaperForm(rows)
    if posted and form.is_valid():
        try:
            _write(visited, form)
        except NotAllowed:
            raise Http404 from None
        except Refused as refused:
            form.refuse(" ".join(one.words for one in refused.reasons))
            status = 409
        else:
            messages.success(request, "La réponse du porteur est enregistrée, avec le papier : il peut en changer.")
            return redirect("instruction-received", reference)
    words = {row.field: text for row, text in page_of(visited)["known"]}
    context = base_context(visited, "Accord de publication reçu sur papier") | {
        "form": form,
        "fields": [(row, words[row.field], field) for row, field in form.fields_said],
    }
    return render(request, "instruction/received/consent.html", context, status=status)


def _write(visited: Visit, form: ConsentOnPaperForm) -> None:
    with stored(form.looked) as files:
        answer_on_paper(visited.dossier.pk, form.answers(), form.received(), files[0], visited.actor, visited.at)
