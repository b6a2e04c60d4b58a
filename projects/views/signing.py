"""The signing folder: what waits for one's signature; several signed at once, each with its own result."""

import uuid
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from projects.deciding.folder import Waiting, folder_of, waiting_in
from projects.deciding.waiting import SIGNING, signing_move
from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.forms.deciding import ConfirmForm, Picked, PickForm
from projects.letters.naming import name_of
from projects.models import Dossier
from projects.rights.predicates import parties
from projects.views.instruction_desk import Seat, seat_of

PAGE_SIZE = 30
HOLDS = ("director_bodies", "legal_bodies", "delegate_bodies")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one dossier."""

    reference: str
    is_done: bool
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: HttpRequest) -> HttpResponse:
    """Show the folder; what is ticked there is shown again to be confirmed, then signed one after the other."""
    seat = seat_of(request)
    if not any(seat.actor.holdings.of(name) for name in HOLDS):
        raise Http404
    if "confirme" in request.POST:
        results = [_sign(seat, one) for one in ConfirmForm(request.POST).picked()]
        return _page(request, seat, {"results": results})
    if request.method == "POST":
        return confirming(request, seat)
    return _page(request, seat, {})


def _page(request: HttpRequest, seat: Seat, more: dict, status: int = 200) -> HttpResponse:
    shown = Paginator(folder_of(seat.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = waiting_in(shown.object_list, seat.actor, seat.at)
    context = {
        "seat": seat,
        "title": "Parapheur",
        "rows": rows,
        "page": shown,
        "may_pick": any(row.is_quick for row in rows),
    }
    return render(request, "instruction/deciding/folder.html", context | more, status=status)


def confirming(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what was ticked, to be confirmed: what is signed is what stood on this page."""
    asked = [one[:8] for one in request.POST.getlist("dossier")][: ConfirmForm.MOST]
    rows = waiting_in(folder_of(seat.actor).filter(reference__in=asked), seat.actor, seat.at)
    quick = [row for row in rows if row.is_quick]
    form = PickForm(request.POST, [row.dossier.reference for row in quick])
    if not form.is_valid() or not quick:
        words = "Cochez au moins un dossier." if not asked else "Un des dossiers cochés n'attend plus votre signature."
        return _page(request, seat, {"problem": words}, status=409 if asked else 200)
    context = {
        "seat": seat,
        "title": "Confirmer",
        "rows": [(row, _token(row)) for row in quick],
        "confirmations": {row.move.confirm for row in quick if row.move.confirm},
    }
    return render(request, "instruction/deciding/confirm.html", context)


def _token(row: Waiting) -> str:
    return f"{row.dossier.reference}:{row.dossier.version}:{uuid.uuid4()}:{row.digest}"


def _sign(seat: Seat, picked: Picked) -> Result:
    """Sign or check one dossier; whatever comes back is said for it alone."""
    rows = Dossier.objects.visible_to(seat.actor.holdings, SIGNING).select_related("project__owner")
    dossier = rows.prefetch_related("participations", "recusals").filter(reference=picked.reference).first()
    if dossier is None:
        return Result(picked.reference, False, "Ce dossier n'existe pas pour vous.")
    move = signing_move(dossier.procedure, dossier.stage, parties(seat.actor.holdings, dossier))
    done = dossier.journal.filter(request_key=picked.key).exists()
    if move is None and not done:
        return Result(picked.reference, False, "Il n'attend plus votre signature.")
    if done:
        return Result(picked.reference, True, "C'était déjà fait.")
    try:
        entry = advance(
            dossier.pk, Request(move.key, picked.version, picked.key, content_seen=picked.digest), seat.actor, seat.at
        )
    except Stale:
        return Result(picked.reference, False, "Quelqu'un l'a modifié entre-temps : relisez-le.")
    except Refused as refused:
        return Result(picked.reference, False, " ".join(reason.words for reason in refused.reasons))
    except NotAllowed:
        return Result(picked.reference, False, "Vous n'avez plus le droit de le signer.")
    made = dossier.decisions.filter(entry=entry).first()
    what = f"{name_of(made.key).title.lower()} n° {made.number}" if made else f"« {move.label} »"
    return Result(picked.reference, True, f"C'est fait : {what}.")
