"""The versions of a section: listed, read, made the present one again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import now
from apist.list_parts import pagination_html
from projects.content.answers import said
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.models import SectionVersion
from projects.preparing.merging import digest
from projects.preparing.places import Place, place_of_dossier, place_of_project
from projects.preparing.saving import restore
from projects.rights.table import Act
from projects.views.entry import visit
from projects.views.project_entry import project_visit

VERSIONS_A_PAGE = 30


@require_safe
@never_cache
def list_of_project(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """List the versions of a section of a project."""
    return _list(request, _of_project(request, public_id, key)[0])


@require_safe
@never_cache
def list_of_dossier(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """List the versions of a section of a dossier."""
    return _list(request, _of_dossier(request, reference, key)[0])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_of_project(request: HttpRequest, public_id: UUID, key: str, version: int) -> HttpResponse:
    """Show a version of a section of a project, or make it the present one."""
    return _one(request, version, *_of_project(request, public_id, key))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_of_dossier(request: HttpRequest, reference: str, key: str, version: int) -> HttpResponse:
    """Show a version of a section of a dossier, or make it the present one."""
    return _one(request, version, *_of_dossier(request, reference, key))


def _of_project(request: HttpRequest, public_id: UUID, key: str) -> tuple[Place, Actor, bool]:
    found = project_visit(request, public_id)
    place = place_of_project(found.project, key)
    if place is None:
        raise Http404
    return place, found.actor, found.may_edit


def _of_dossier(request: HttpRequest, reference: str, key: str) -> tuple[Place, Actor, bool]:
    found = visit(request, reference)
    place = place_of_dossier(found.dossier, key) if found.is_applicant else None
    if place is None or place.dossier is None:
        raise Http404
    return place, found.actor, Act.EDIT in found.acts


def _list(request: HttpRequest, place: Place) -> HttpResponse:
    rows = SectionVersion.objects.select_related("written_by").filter(section=place.row) if place.row else []
    pages = Paginator(rows, VERSIONS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "place": place,
        "row": place.row,
        "versions": [(one, place.address("section-version", one.pk)) for one in page],
        "back": place.address(),
        "pagination": pagination_html(page.number, pages.num_pages, "?page={}".format, "Pages de versions"),
    }
    return render(request, "dossiers/versions.html", context)


def _one(request: HttpRequest, version: int, place: Place, actor: Actor, may_edit: bool) -> HttpResponse:
    row = place.row
    one = row.versions.select_related("written_by").filter(pk=version).first() if row else None
    if one is None:
        raise Http404
    if request.method == "POST":
        try:
            restore(place, one.pk, actor, now())
        except NotAllowed:
            messages.error(request, "Vous ne pouvez pas écrire ici, ou le dossier n'est plus un brouillon.")
        else:
            messages.success(request, "La version est reprise. Ce qu'elle remplace reste parmi les versions.")
        return redirect(place.address())
    context = {
        "place": place,
        "version": one,
        "may_edit": may_edit,
        "lines": [
            {
                "question": question,
                "said": said(question, one.answers.get(question.key)),
                "now": said(question, row.answers.get(question.key)),
                "differs": digest(one.answers.get(question.key)) != digest(row.answers.get(question.key)),
            }
            for question in place.section.questions
            if not one.kept_aside or question.key in one.answers
        ],
        "back": place.address("section-versions"),
    }
    return render(request, "dossiers/version.html", context)
