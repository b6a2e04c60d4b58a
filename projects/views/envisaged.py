"""The board of the projects that agencies think of: found, announced, changed, asked for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apist.list_parts import pagination_html
from levers.views.lists import page_address, said
from projects.engine.door import NotAllowed, Refused
from projects.envisaged.board import announce, answer, ask_to_read, reading_bodies, take_off, writing_bodies
from projects.envisaged.similar import Known, similar
from projects.forms.envisaged import AnswerForm, AskForm, BoardForm, EnvisagedForm
from projects.models import Dossier, EnvisagedProject, ReadingRequest
from projects.rights.table import INSTRUCTING_SIDE
from projects.views.instruction_desk import Seat, seat_of

PAGE_SIZE = 25
PAGES = ("GET", "HEAD", "POST")
NOT_YOURS = "Rien n'a changé : seule l'agence qui a annoncé ce projet peut le faire."
BY_THE_HEAD = (
    "Rien n'a changé : faire lire un dossier à une autre agence revient à un responsable ou à la direction de l'agence "
    "qui le pilote."
)


def _seat(request: HttpRequest) -> Seat:
    """Return the seat of somebody of an agency; 404 for anybody else."""
    seat = seat_of(request)
    if not reading_bodies(seat.actor.holdings):
        raise Http404
    return seat


@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Show the projects that the address asks for, to the staff of every agency."""
    seat = _seat(request)
    data = said(request.GET)
    form = BoardForm(data)
    rows = found(form) if form.is_valid() else EnvisagedProject.objects.none()
    pages = Paginator(rows, PAGE_SIZE)
    page = pages.get_page(data.get("page"))
    mine = writing_bodies(seat.actor.holdings)
    context = {
        "seat": seat,
        "title": "Projets envisagés",
        "waiting": ReadingRequest.objects.waiting_for(mine).select_related("envisaged", "body"),
        "form": form,
        "rows": page.object_list,
        "total": pages.count,
        "filtered": bool(set(data) - {"page"}),
        "may_write": bool(mine),
        "pagination": pagination_html(
            page.number, pages.num_pages, lambda number: page_address(data, number), "Pages de projets"
        ),
    }
    return render(request, "envisaged/board.html", context)


def found(form: BoardForm) -> QuerySet[EnvisagedProject]:
    """Return what a valid form asks for, the newest first."""
    asked = form.cleaned_data
    rows = EnvisagedProject.objects.on_board().select_related("body", "body__region", "theme")
    if asked["state"] != "all":
        rows = rows.exclude(until=None) if asked["state"] else rows.open()
    if asked["q"]:
        rows = rows.filter(Q(title__icontains=asked["q"]) | Q(need__icontains=asked["q"]))
    if asked["region"]:
        rows = rows.filter(body__region=asked["region"])
    if asked["theme"]:
        rows = rows.filter(theme=asked["theme"])
    if asked["wanted"]:
        rows = rows.filter(wanted=asked["wanted"])
    return rows.prefetch_related("wanted")


@never_cache
@require_http_methods(PAGES)
def new(request: HttpRequest) -> HttpResponse:
    """Announce a project; those that resemble it are shown first, once."""
    seat = _seat(request)
    if not writing_bodies(seat.actor.holdings):
        raise Http404
    return _form(request, seat, EnvisagedProject())


@never_cache
@require_http_methods(PAGES)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a project says, for the agency that announced it."""
    seat = _seat(request)
    row = EnvisagedProject.objects.on_board().filter(pk=number).select_related("body", "dossier").first()
    if row is None or row.body_id not in writing_bodies(seat.actor.holdings):
        raise Http404
    return _form(request, seat, row)


def _form(request: HttpRequest, seat: Seat, row: EnvisagedProject) -> HttpResponse:
    mine = writing_bodies(seat.actor.holdings)
    dossiers = Dossier.objects.visible_to(seat.actor.holdings, INSTRUCTING_SIDE).filter(erased_at=None)
    bodies = [one for one in seat.bodies if one.pk in mine]
    form = EnvisagedForm(bodies, dossiers, request.POST if request.method == "POST" else None, instance=row)
    near: list[Known] = []
    if request.method == "POST" and form.is_valid():
        near = _near(form, row)
        if not near or form.cleaned_data["confirmed"]:
            try:
                kept = announce(form.save(commit=False), form.cleaned_data["wanted"], seat.actor, seat.at)
            except NotAllowed:
                raise Http404 from None
            messages.success(request, "Le projet est sur le tableau : les autres agences le lisent.")
            return redirect("envisaged-one", kept.pk)
        form.data = form.data.copy()
        form.data["confirmed"] = "on"
    title = "Modifier un projet envisagé" if row.pk else "Annoncer un projet envisagé"
    return render(request, "envisaged/form.html", {"seat": seat, "title": title, "form": form, "near": near})


def _near(form: EnvisagedForm, row: EnvisagedProject) -> list[Known]:
    """Return the other projects of the board whose title looks like this one (one query)."""
    others = EnvisagedProject.objects.on_board().open().exclude(pk=row.pk)
    rows = others.values_list("pk", "title", "body__name")
    return similar(form.cleaned_data["title"], (Known(*one) for one in rows))


@never_cache
@require_http_methods(PAGES)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a project; ask to read more, or answer those who ask, or take it off the board."""
    seat = _seat(request)
    rows = EnvisagedProject.objects.on_board().select_related("body", "body__region", "theme", "dossier")
    row = rows.prefetch_related("wanted").filter(pk=number).first()
    if row is None:
        raise Http404
    mine = writing_bodies(seat.actor.holdings)
    asking = [body for body in seat.bodies if body.pk in mine and body.pk != row.body_id]
    form = AskForm(asking, request.POST if request.POST.get("act") == "ask" else None)
    status = 200
    if request.method == "POST":
        try:
            if words := _done(request, seat, row, form):
                messages.success(request, words)
                return redirect("envisaged-one", number)
        except Refused as refused:
            status = 409
            messages.error(request, " ".join(reason.words for reason in refused.reasons))
        except NotAllowed:
            status = 403
            messages.error(request, BY_THE_HEAD if row.body_id in mine and row.dossier_id else NOT_YOURS)
    return render(request, "envisaged/one.html", _context(seat, row, form, mine), status=status)


def _done(request: HttpRequest, seat: Seat, row: EnvisagedProject, form: AskForm) -> str:
    """Do what was asked and say it; empty where a form is to be corrected, or nothing known was asked."""
    act, actor, at = request.POST.get("act"), seat.actor, seat.at
    if act == "ask":
        if not form.is_valid():
            return ""
        ask_to_read(row.pk, form.cleaned_data["body"], form.cleaned_data["reason"], actor, at)
        return "Votre demande est transmise à l'agence qui a annoncé ce projet."
    if act == "off":
        take_off(row.pk, actor, at)
        return "Le projet est retiré du tableau."
    if act in ("accept", "decline"):
        sent = request.POST.get("request", "")
        number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 18 else 0
        if not row.requests.filter(pk=number).exists():
            raise NotAllowed
        told = AnswerForm(number, request.POST)
        if not told.is_valid():
            messages.error(request, "La réponse est trop longue : mille caractères au plus.")
            return ""
        answer(number, accept=act == "accept", words=told.cleaned_data["words"], actor=actor, at=at)
        return "L'agence peut en lire plus." if act == "accept" else "La demande est déclinée."
    return ""


def _context(seat: Seat, row: EnvisagedProject, form: AskForm, mine: frozenset[int]) -> dict:
    owns = row.body_id in mine
    requests = row.requests.select_related("body", "asked_by", "answered_by")
    readable = None
    if row.dossier_id:
        readable = Dossier.objects.visible_to(seat.actor.holdings, INSTRUCTING_SIDE).filter(pk=row.dossier_id).first()
    own = [one for one in requests if owns or one.body_id in reading_bodies(seat.actor.holdings)]
    waiting = {one.body_id for one in own if one.answered_at is None}
    return {
        "seat": seat,
        "title": row.title,
        "row": row,
        "owns": owns,
        "requests": [(one, AnswerForm(one.pk) if owns and one.answered_at is None else None) for one in own],
        "readable": readable,
        "may_ask": row.until is None and bool(set(mine) - {row.body_id} - waiting),
        "form": form,
    }
