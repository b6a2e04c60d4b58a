"""The specification that both sides write together: its text, its versions, its comments, its figures."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from projects.engine.door import NotAllowed
from projects.forms.specification import CommentForm, VersionsForm, years_form
from projects.instruction.wording import TURNS
from projects.procedures.vocabulary import Turn
from projects.rights.table import Act
from projects.specification.chart import chart_of
from projects.specification.commenting import comment, settle
from projects.specification.figures import Moved, figures_section, may_fill, save_figures, seen
from projects.specification.model import conclusion, shifts, table_of, years_of
from projects.specification.reading import being_written, comments_of, current_figures, versions_of
from projects.specification.versions import Version, files_changed, texts_of, writes_together
from projects.specification.wording import who_wrote
from projects.views.entry import Visit, visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import home_of, zone_for

PAGES = ("GET", "HEAD", "POST")


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def of_applicant(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the specification to the applicant's side, what is being written included; take a comment."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        raise Http404
    return _page(request, visited, "dossier-specification", "dossiers/specification.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def of_instruction(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the versions that were sent to those who instruct; take a comment."""
    visited = visit_as_one_who_instructs(request, reference)
    return _page(request, visited, "instruction-specification", "instruction/specification.html")


def _page(request: HttpRequest, visited: Visit, name: str, template: str) -> HttpResponse:
    if not writes_together(visited.dossier.procedure):
        raise Http404
    on_applicants_page = name == "dossier-specification"
    versions = versions_of(visited.dossier)
    if on_applicants_page:
        versions = [being_written(visited.dossier, visited.at), *versions]
    form = None
    if request.method == "POST":
        answer = _written(request, visited, name, versions)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    context = _context(request, visited, versions, form, for_applicant=on_applicants_page)
    return render(request, template, context)


def _written(request: HttpRequest, visited: Visit, name: str, versions: list[Version]) -> HttpResponse | CommentForm:
    """Take a comment, or settle one; the form comes back where it is to be corrected."""
    address = reverse(name, args=[visited.dossier.reference])
    try:
        if number := request.POST.get("settle"):
            settle(visited.dossier.pk, _number(number), visited.actor, visited.at)
            messages.success(request, "Le commentaire est réglé.")
            return redirect(f"{address}#commentaires")
        sections = {one.key: one for one in visited.dossier.procedure.later_sections}
        section = sections.get(request.POST.get("section", ""))
        if section is None:
            raise NotAllowed
        form = CommentForm(section, request.POST)
        if not form.is_valid():
            return form
        comment(
            visited.dossier.pk,
            form.about(_read(versions, request.POST.get("version", ""))),
            form.cleaned_data["text"],
            visited.actor,
            visited.at,
        )
    except NotAllowed:
        messages.error(request, "Rien n'est enregistré : vous pouvez lire ce cahier des charges, pas le commenter.")
        return redirect(address)
    messages.success(request, "Votre commentaire est enregistré ; l'autre côté le lit.")
    return redirect(f"{address}#partie-{section.key}")


def _read(versions: list[Version], rank: str) -> Version | None:
    """Return the version that was on the page; the last one sent where that was what is being written."""
    sent = [one for one in versions if one.rank]
    return next((one for one in sent if str(one.rank) == rank), next(iter(sent), None))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise NotAllowed
    return int(text)


def _context(
    request: HttpRequest, visited: Visit, versions: list[Version], bound: CommentForm | None, *, for_applicant: bool
) -> dict:
    dossier = visited.dossier
    choosing = VersionsForm(versions, request.GET)
    version, other = _chosen(choosing, versions)
    reads = for_applicant or Act.COMMENT in visited.acts
    writes = Act.COMMENT in visited.acts
    comments = comments_of(dossier) if reads else {}
    ranks = {one.pk: one.label.lower() for one in versions if one.pk}
    questions = {one.key: one for one in dossier.procedure.later_sections}
    parts = [
        {
            "text": text,
            "comments": [_comment(one, ranks, questions, for_applicant) for one in comments.get(text.key, ())],
            "form": (bound if bound and bound.section.key == text.key else CommentForm(questions[text.key]))
            if writes
            else None,
        }
        for text in (texts_of(dossier.procedure, version, other) if version else ())
    ]
    return {
        "visit": visited,
        "dossier": dossier,
        "home": home_of(visited),
        "zone": zone_for(dossier),
        "title": "Cahier des charges",
        "turn": dossier.turn_label if for_applicant else TURNS[Turn(dossier.turn)],
        "stage": dossier.stage_now.label if for_applicant else dossier.stage_now.agency_label,
        "versions": [one for one in versions if one.rank],
        "choosing": choosing,
        "version": version,
        "other": other,
        "parts": parts,
        "bound": bound,
        "open_comments": sum(one.resolved_at is None for rows in comments.values() for one in rows),
        "reads_comments": reads,
        "figures": _figures(version, other) if version and figures_section(dossier.procedure) else None,
        "files": files_changed(version.content, other.content) if version and other else (),
        "may_fill": may_fill(dossier, visited.acts),
        "for_applicant": for_applicant,
    }


def _chosen(form: VersionsForm, versions: list[Version]) -> tuple[Version | None, Version | None]:
    """Return the version that is read, and the earlier one with which it is compared: the later one is read."""
    form.is_valid()
    known = {str(one.rank): one for one in versions}
    version = known.get(form.cleaned_data.get("version", "")) or next(iter(versions), None)
    other = known.get(form.cleaned_data.get("avec", ""))
    if version is None or other is None or other is version:
        return version, None
    order = {one.rank: place for place, one in enumerate(versions)}
    return (version, other) if order[version.rank] < order[other.rank] else (other, version)


def _comment(one, ranks: Mapping[int, str], sections: Mapping, for_applicant: bool) -> dict:
    labels = {question.key: question.label for question in sections[one.section].questions}
    return {
        "row": one,
        "who": who_wrote(one.author.full_name if one.author else None, one.party, for_applicant=for_applicant),
        "about": labels.get(one.question, ""),
        "version": ranks.get(one.snapshot_id, ""),
    }


def _figures(version: Version, other: Version | None) -> dict:
    table = table_of(years_of(version.content.get("figures", ())))
    found = {"table": table, "chart": chart_of(table), "conclusion": conclusion(table)}
    if other is None:
        return found
    before = table_of(years_of(other.content.get("figures", ())))
    return found | {"shifts": shifts(before, table), "before": before}


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def figures(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the years of the financing model as a form, and save them all at once."""
    visited = visit(request, reference)
    dossier = visited.dossier
    if not figures_section(dossier.procedure) or not may_fill(dossier, visited.acts):
        raise Http404
    kept = current_figures(dossier)
    posted = request.POST if request.method == "POST" else None
    form, shown = years_form(kept, posted), seen(kept)
    moved = False
    if posted is not None and form.is_valid():
        try:
            save_figures(dossier.pk, form.years(), request.POST.get("seen", ""), visited.actor, visited.at)
        except Moved:
            moved = True
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, "Les chiffres sont enregistrés. Rien n'est envoyé.")
            return redirect("dossier-figures", reference)
    elif posted is not None:
        shown = request.POST.get("seen", "")
    table = table_of(years_of(kept))
    context = {
        "visit": visited,
        "dossier": dossier,
        "home": home_of(visited),
        "form": form,
        "seen": shown,
        "moved": moved,
        "figures": {"table": table, "chart": chart_of(table), "conclusion": conclusion(table)},
    }
    return render(request, "dossiers/figures.html", context, status=409 if moved else 200)
