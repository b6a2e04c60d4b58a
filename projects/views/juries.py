"""Juries: the list, making one, its page, and what changes its composition."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apist.clock import now
from apist.list_parts import pagination_html
from apist.templatetags.portal import jour
from projects.engine.door import NotAllowed, Refused
from projects.forms.judging import RevealForm
from projects.forms.juries import ChairForm, DossiersForm, JurorForm, JuryForm
from projects.judging import composing
from projects.judging.progress import Progress, progress_of
from projects.judging.revealing import reveal
from projects.models import Jury
from projects.views.jury_entry import JuryVisit, composing_bodies, jury_visit, seat_before_juries

PAGES = ("GET", "HEAD", "POST")
PAGE_SIZE = 30


@require_safe
@never_cache
def jury_list(request: HttpRequest) -> HttpResponse:
    """List the juries that the person may read, the last one first."""
    seat = seat_before_juries(request)
    rows = Jury.objects.readable_by(seat.actor.holdings).select_related("body", "call")
    sitting = Q(jurors__left_at=None)
    rows = rows.annotate(
        how_many_jurors=Count("jurors", filter=sitting, distinct=True),
        how_many_dossiers=Count("candidates", distinct=True),
    ).order_by("-opens_at", "-pk")
    pages = Paginator(rows, PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "seat": seat,
        "title": "Les jurys",
        "juries": page.object_list,
        "may_make": bool(composing_bodies(seat)),
        "pagination": pagination_html(page.number, pages.num_pages, "?page={}".format, "Pages de jurys"),
    }
    return render(request, "instruction/jury/list.html", context)


@require_http_methods(PAGES)
@never_cache
def making(request: HttpRequest) -> HttpResponse:
    """Show the form of a jury, and make it."""
    seat = seat_before_juries(request)
    bodies = composing_bodies(seat)
    if not bodies:
        raise Http404
    form = JuryForm(bodies, request.POST if request.method == "POST" else None)
    if form.is_valid():
        jury = composing.create(form.apply(Jury()), seat.actor, seat.at)
        messages.success(request, "Le jury est créé. Mettez-y des membres et des dossiers, puis ouvrez-le.")
        return redirect("jury", jury.pk)
    context = {"seat": seat, "title": "Composer un jury", "form": form}
    return render(request, "instruction/jury/form.html", context)


@require_http_methods(PAGES)
@never_cache
def changing(request: HttpRequest, number: int) -> HttpResponse:
    """Change the name, the dates or the envelope of a jury."""
    visited = managed(request, number)
    jury = visited.jury
    form = JuryForm([jury.body], request.POST if request.method == "POST" else None, jury)
    if form.is_valid():
        try:
            composing.change(jury.pk, form.apply, visited.seat.actor)
        except Refused as refused:
            form.add_error(None, " ".join(reason.words for reason in refused.reasons))
        else:
            messages.success(request, "C'est enregistré.")
            return redirect("jury", jury.pk)
    context = {"seat": visited.seat, "title": "Modifier le jury", "form": form, "jury": jury}
    return render(request, "instruction/jury/form.html", context)


@require_safe
@never_cache
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a jury: its dossiers, its members, and who marked what; never a mark."""
    visited = jury_visit(request, number)
    return render(request, "instruction/jury/page.html", page_context(visited))


def page_context(visited: JuryVisit, **forms) -> dict:
    """Return what the page of a jury shows; ``forms`` are those that come back with something to correct."""
    jury, actor = visited.jury, visited.seat.actor
    composed = visited.may_manage and jury.state in composing.CHANGING
    progress = progress_of(jury, actor.holdings)
    context = {
        "seat": visited.seat,
        "title": jury.name,
        "visit": visited,
        "jury": jury,
        "progress": progress,
        "receives": jury.receives_marks(visited.seat.at),
        "is_past": visited.seat.at > jury.closes_at,
        "composed": composed,
        "mine_left": left_said(visited, progress),
        "reveal_form": RevealForm(),
    }
    if composed:
        context |= {
            "juror_form": JurorForm(),
            "chair_form": ChairForm(jury),
            "dossiers_form": DossiersForm(composing.eligible(jury, actor)),
        }
    return context | forms


def left_said(visited: JuryVisit, progress: Progress) -> str:
    """Return what a member has still to do, and until when; empty for who is not one, or has nothing left."""
    if visited.juror is None or not visited.jury.receives_marks(visited.seat.at):
        return ""
    left = sum(not one.own and not one.is_gone for one in progress.dossiers)
    until = jour(timezone.localtime(visited.jury.closes_at))
    what = "un dossier" if left == 1 else f"{left} dossiers"
    return f"Il vous reste {what} à noter, jusqu'au {until}. Chacun s'ouvre par son titre." if left else ""


def managed(request: HttpRequest, number: int) -> JuryVisit:
    """Return the visit of a jury by somebody who composes it; 404 else."""
    visited = jury_visit(request, number)
    if not visited.may_manage:
        raise Http404
    return visited


def done(request: HttpRequest, visited: JuryVisit, act: Callable[[], object], said: str) -> HttpResponse:
    """Do something of a jury, then show it again; what is refused is said there."""
    try:
        act()
    except Refused as refused:
        messages.error(request, " ".join(reason.words for reason in refused.reasons))
    except NotAllowed:
        messages.error(request, "Un de ces dossiers vous est fermé, ou ce geste n'est pas le vôtre.")
    else:
        messages.success(request, said)
    return redirect("jury", visited.jury.pk)


@require_POST
def juror_added(request: HttpRequest, number: int) -> HttpResponse:
    """Seat somebody."""
    visited = managed(request, number)
    form = JurorForm(request.POST)
    if not form.is_valid():
        return render(request, "instruction/jury/page.html", page_context(visited, juror_form=form))
    actor, at = visited.seat.actor, visited.seat.at
    return done(
        request, visited, lambda: composing.add_juror(number, form.user, actor, at), "La personne est membre du jury."
    )


@require_POST
def juror_removed(request: HttpRequest, number: int, user: int) -> HttpResponse:
    """Take a seat away."""
    visited = managed(request, number)
    actor, at = visited.seat.actor, visited.seat.at
    return done(
        request, visited, lambda: composing.remove_juror(number, user, actor, at), "La personne n'est plus du jury."
    )


@require_POST
def chair_chosen(request: HttpRequest, number: int) -> HttpResponse:
    """Say who chairs."""
    visited = managed(request, number)
    form = ChairForm(visited.jury, request.POST)
    if not form.is_valid():
        return render(request, "instruction/jury/page.html", page_context(visited, chair_form=form))
    chair = form.cleaned_data["chair"]
    return done(
        request,
        visited,
        lambda: composing.choose_chair(number, chair, visited.seat.actor),
        "La présidence est enregistrée.",
    )


@require_POST
def dossiers_added(request: HttpRequest, number: int) -> HttpResponse:
    """Put dossiers before the jury."""
    visited = managed(request, number)
    actor, at = visited.seat.actor, visited.seat.at
    form = DossiersForm(composing.eligible(visited.jury, actor), request.POST)
    if not form.is_valid():
        return render(request, "instruction/jury/page.html", page_context(visited, dossiers_form=form))
    chosen = list(form.cleaned_data["dossiers"])
    return done(
        request, visited, lambda: composing.add_dossiers(number, chosen, actor, at), "Les dossiers sont devant le jury."
    )


@require_POST
def dossier_removed(request: HttpRequest, number: int, dossier: int) -> HttpResponse:
    """Take a dossier away before the opening."""
    visited = managed(request, number)
    return done(
        request,
        visited,
        lambda: composing.remove_dossier(number, dossier, visited.seat.actor),
        "Le dossier n'est plus devant le jury.",
    )


@require_POST
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """Open the jury."""
    visited = managed(request, number)
    return done(
        request,
        visited,
        lambda: composing.open_jury(number, visited.seat.actor, now()),
        "Le jury est ouvert : ses membres sont prévenus.",
    )


@require_POST
def revealed(request: HttpRequest, number: int) -> HttpResponse:
    """Open the marks."""
    visited = jury_visit(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return render(request, "instruction/jury/page.html", page_context(visited, reveal_form=form))
    reason = form.cleaned_data["reason"]
    return done(request, visited, lambda: reveal(number, reason, visited.seat.actor, now()), "Les notes sont révélées.")


@require_POST
def closed(request: HttpRequest, number: int) -> HttpResponse:
    """Close the jury."""
    visited = managed(request, number)
    return done(
        request,
        visited,
        lambda: composing.close_jury(number, visited.seat.actor, now()),
        "Le jury est clos : ses dossiers sont fermés à ses membres.",
    )
