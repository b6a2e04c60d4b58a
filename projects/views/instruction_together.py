"""Acting on several dossiers of the list: what may be done with them, then what became of each."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actors.models import Post, User
from projects.forms.together import EntrustForm, LabelForm, move_form
from projects.instruction.conditions import desk_of
from projects.instruction.filters import Asked
from projects.instruction.saved import search_of
from projects.instruction.together import (
    MOST,
    Offered,
    each,
    entrust_each,
    label_each,
    move_each,
    move_named,
    offered_on,
    unlabel_each,
)
from projects.models import Dossier, Label
from projects.views.instruction_desk import Seat, seat_of

ENTRUST, PUT, TAKE = "entrust", "label", "unlabel"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The dossiers that were ticked, with the version that each had on the page."""

    dossiers: list[Dossier]
    seen: dict[str, int]
    lost: int


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Say what may be done with the dossiers that were chosen; then do it to each, and say what became of it."""
    seat = seat_of(request)
    if request.method != "POST":
        return redirect("instruction-list")
    back = _back(request)
    references = _references(request, seat)
    if not references:
        messages.error(request, "Choisissez au moins un dossier dans la liste.")
        return redirect(back)
    if len(references) > MOST:
        messages.error(request, f"{MOST} dossiers au plus à la fois : ajoutez un filtre.")
        return redirect(back)
    chosen = _chosen(references, seat)
    what = request.POST.get("what", "")
    if not what:
        return _page(request, seat, chosen, back)
    act, title, refused = _act_of(request, seat, chosen, what)
    if act is None:
        return _page(request, seat, chosen, back, refused)
    outcomes = each(chosen.dossiers, act)
    done = sum(one.is_done for one in outcomes)
    context = {"seat": seat, "title": "Ce qui a été fait", "what": title, "outcomes": outcomes, "done": done,
               "not_done": len(outcomes) - done, "lost": chosen.lost, "back": back}  # fmt: skip
    return render(request, "instruction/together_done.html", context)


def _back(request: HttpRequest) -> str:
    search = search_of(request.POST.get("search", ""))
    return f"/instruction/dossiers/{'?' if search else ''}{search}"


def _references(request: HttpRequest, seat: Seat) -> dict[str, str]:
    """Return the references that were ticked with the version that was shown; or those of the whole search."""
    if request.POST.get("scope") == "found":
        asked = Asked(QueryDict(search_of(request.POST.get("search", ""))), desk_of(seat.actor.holdings, seat.at))
        return dict.fromkeys(asked.in_order().values_list("reference", flat=True)[: MOST + 1], "")
    found = {}
    for sent in request.POST.getlist("dossier"):
        reference, _, version = sent.partition(":")
        if reference and "\0" not in reference:
            found[reference] = version
    return found


def _chosen(references: dict[str, str], seat: Seat) -> Chosen:
    """Return those of these dossiers that the person may read as one who instructs (three queries)."""
    rows = desk_of(seat.actor.holdings, seat.at).rows.filter(reference__in=list(references))
    rows = rows.with_names().prefetch_related("participations", "recusals").order_by("due_at", "pk")
    dossiers = list(rows)
    seen = {
        one.reference: int(version)
        for one in dossiers
        if (version := references[one.reference]).isascii() and version.isdigit() and len(version) < 9
    }
    return Chosen(dossiers, seen, len(references) - len(dossiers))


def _people(seat: Seat):
    """Return those who instruct in the person's administrations now."""
    posts = Post.objects.current(timezone.localtime(seat.at).date()).filter(body__in=seat.bodies)
    posts = posts.filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD]).values("user_id")
    return User.objects.filter(pk__in=posts, is_active=True).order_by("full_name", "pk")


def _labels(seat: Seat) -> list[Label]:
    return list(Label.objects.filter(body__in=seat.bodies).order_by("name"))


def _act_of(
    request: HttpRequest, seat: Seat, chosen: Chosen, what: str
) -> tuple[Callable[[Dossier], str] | None, str, dict[str, forms.Form]]:
    """Return what is to be done to each dossier and its words; or nothing, with the form to correct."""
    actor, at = seat.actor, seat.at
    if what == ENTRUST:
        form = EntrustForm(_people(seat), request.POST)
        if form.is_valid():
            sent = form.cleaned_data
            return entrust_each(sent["person"], sent["role"], actor, at), "Confier", {}
        return None, "", {ENTRUST: form}
    if what in (PUT, TAKE):
        form = LabelForm(_labels(seat), request.POST, may_be_new=what == PUT)
        if form.is_valid():
            do = label_each if what == PUT else unlabel_each
            words = "Poser une étiquette" if what == PUT else "Retirer une étiquette"
            return do(form.name, actor, at), words, {}
        return None, "", {what: form}
    offered = move_named(what, chosen.dossiers)
    if offered is None:
        return None, "", {}
    form = move_form(offered.move, what, request.POST)
    key = _key(request)
    if key and form.is_valid():
        return move_each(offered, form.given, chosen.seen, key, actor, at), offered.move.label, {}
    return None, "", {what: form}


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _page(
    request: HttpRequest, seat: Seat, chosen: Chosen, back: str, refused: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """Show the dossiers, and what may be done with them; ``refused``: the form to correct, by what it does."""
    refused, labels = refused or {}, _labels(seat)
    moves: list[tuple[Offered, forms.Form, bool]] = [
        (one, refused.get(one.value) or move_form(one.move, one.value), one.value in refused)
        for one in offered_on(chosen.dossiers, seat.actor)
    ]
    context = {
        "seat": seat,
        "title": "Agir sur plusieurs dossiers",
        "dossiers": [
            (one, f"{one.reference}:{chosen.seen.get(one.reference, one.version)}") for one in chosen.dossiers
        ],
        "lost": chosen.lost,
        "search": search_of(request.POST.get("search", "")),
        "key": _key(request) or uuid4(),
        "back": back,
        "entrust": refused.get(ENTRUST) or EntrustForm(_people(seat)),
        "put": refused.get(PUT) or LabelForm(labels),
        "take": refused.get(TAKE) or (LabelForm(labels, may_be_new=False) if labels else None),
        "moves": moves,
        "wrong": next(iter(refused.values()), None),
    }
    return render(request, "instruction/together.html", context)
