"""Entering a dossier in the public register: the agency's page, and the applicant's, who consents field by field."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed, Refused
from projects.forms.publishing import ConsentForm, ReachForm, WordingForm
from projects.models import Dossier, Experiment, Publication, PublicWording
from projects.publishing.acts import answer, current_wordings, propose, publish, refused_now, take_back
from projects.publishing.on_paper import said_on_paper
from projects.publishing.rules import reach_of, unagreed
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for

PAGES = ["GET", "HEAD", "POST"]


@require_http_methods(PAGES)
def for_agency(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose words, see what was agreed, publish or take back; ``do`` says which of the page's buttons was used."""
    visited = visit_as_one_who_instructs(request, reference)
    if Act.PUBLISH not in visited.acts:
        raise Http404
    posted, do = request.method == "POST", request.POST.get("do")
    words = WordingForm(suggested(visited.dossier), request.POST if posted and do == "propose" else None)
    going = {"reach": reach_known(visited.dossier)}
    reach = ReachForm(request.POST if posted and do == "publish" else None, initial=going)
    status = 200
    if posted:
        form = reach if do == "publish" else words
        try:
            if said := done(visited, do, words, reach):
                messages.success(request, said)
                return redirect("instruction-publication", reference)
        except NotAllowed:
            raise Http404 from None
        except Refused as refused:
            status = 409
            if form.is_bound and form.is_valid():
                form.add_error(None, " ".join(one.words for one in refused.reasons))
            else:
                messages.error(request, " ".join(one.words for one in refused.reasons))
    came = said_on_paper(visited.dossier)
    context = page_of(visited) | {"words": words, "reach": reach, "title": "Publication"}
    context["known"] = [(row, text, came.get(row.field, "")) for row, text in context["known"]]
    return render(request, "publishing/for_agency.html", context, status=status)


def done(visited: Visit, do: str | None, words: WordingForm, reach: ReachForm) -> str:
    """Do what the button asks, and return what is said of it; empty where the form holds errors."""
    pk, actor, at = visited.dossier.pk, visited.actor, visited.at
    if do == "propose" and words.is_valid():
        made = propose(pk, {field: text for field, text in words.cleaned_data.items() if text}, actor, at)
        return "Le porteur est prévenu : son accord est demandé." if made else "Rien de nouveau à proposer."
    if do == "publish" and reach.is_valid():
        experiment = publish(pk, reach.cleaned_data["reach"], actor, at)
        return f"« {experiment.short_name} » est au registre public."
    if do == "take-back":
        take_back(pk, actor, at)
        return "L'entrée n'est plus visible du public."
    return ""


@require_http_methods(PAGES)
def for_applicant(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the agency wants to make public, and say yes or no to each field."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        raise Http404
    rows = list(current_wordings(visited.dossier).values())
    may_answer = Act.CONSENT in visited.acts
    form = ConsentForm(rows, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer(visited.dossier.pk, form.answers(), visited.actor, visited.at)
        except NotAllowed:
            raise Http404 from None
        messages.success(request, "Votre réponse est enregistrée ; vous pouvez en changer ici à tout moment.")
        return redirect("dossier-publication", reference)
    context = page_of(visited) | {"form": form, "may_answer": may_answer}
    came = said_on_paper(visited.dossier)
    context["fields"] = [
        (row, words_of(row, context["experiment"]), form[row.field], came.get(row.field, "")) for row in rows
    ]
    return render(request, "publishing/for_applicant.html", context)


def page_of(visited: Visit) -> dict:
    """Return what both pages say."""
    dossier = visited.dossier
    publication = Publication.objects.select_related("experiment").filter(dossier=dossier).first()
    known = current_wordings(dossier)
    states = {field: row.state for field, row in known.items()}
    experiment = publication.experiment if publication else None
    return {
        "visit": visited,
        "dossier": dossier,
        "zone": zone_for(dossier),
        "refused": refused_now(dossier),
        "experiment": experiment,
        "is_public": bool(experiment and experiment.publication == "published"),
        "known": [(row, words_of(row, experiment)) for row in known.values()],
        "lacking": [PublicWording.Field(field).label.lower() for field in unagreed(states)],
        "is_waiting": PublicWording.State.WAITING in states.values(),
    }


def words_of(row, experiment) -> str:
    """Return the words of a field: proposed, or as the register holds them."""
    if row.text or experiment is None:
        return row.text
    if row.field == "organisation":
        return ", ".join(one.name for one in experiment.participants.all() if one.key == "dossier-carrier")
    if row.field == "department":
        return ", ".join(str(one) for one in experiment.departments.all())
    return getattr(experiment, row.field)


def suggested(dossier: Dossier) -> dict[str, str]:
    """Return what may be proposed at first: the last words proposed, else what the dossier knows by itself."""
    known = {field: row.text for field, row in current_wordings(dossier).items() if row.text}
    organisation = dossier.organisation
    own = {"title": dossier.project.title}
    if organisation:
        own["organisation"] = organisation.name
        own["department"] = str(organisation.department or "")
    return own | known


def reach_known(dossier: Dossier) -> str:
    """Return how far the project goes: as the register says it, else as its carrier answered (at most two queries)."""
    known = Experiment.objects.filter(publication_of__dossier=dossier).values_list("reach", flat=True).first()
    deposited = None if known else dossier.snapshots.first()
    return known or (reach_of(deposited.content.get("answers", {})) if deposited else "")
