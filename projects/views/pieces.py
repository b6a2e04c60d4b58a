"""The files of a dossier: joining, taking away, and handing one over, to either side."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.content.answers import typed_answers
from projects.depositing.pieces import Sent, attach, joined_by_agents, pieces_taken
from projects.depositing.pieces import remove as take_away
from projects.engine.door import NotAllowed
from projects.engine.reading import kept_answers, place
from projects.files.kinds import Refused
from projects.forms.pieces import PieceForm
from projects.models import Attachment
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.handing import hand_over
from projects.views.moves import home_of

FREELY = "libre"
"""What stands in forms for no piece: a document that the person chooses to join."""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the pieces that the procedure asks for and the files that answer them; take one more."""
    visited = visit(request, reference)
    if not visited.is_applicant and attaching(visited) is None:
        return redirect("instruction-dossier", reference)
    if request.method != "POST":
        return render(request, "dossiers/pieces/page.html", page_context(visited))
    key = request.POST.get("piece", "")
    form = PieceForm(request.POST, request.FILES, prefix=key)
    status = 200
    if form.is_valid():
        try:
            return _attached(request, visited, key, form)
        except Refused as refused:
            form.add_error("file", refused.reason)
        except NotAllowed:
            form.add_error(None, "On ne peut plus joindre de fichier à cette étape du dossier.")
            status = 403
    return render(
        request, "dossiers/pieces/page.html", page_context(visit(request, reference), key, form), status=status
    )


def attaching(visited: Visit) -> Act | None:
    """Return by which act the person may join a file: their own, or for the applicant; None where by none."""
    if Act.ENTER in visited.acts and not visited.is_applicant:
        return Act.ENTER
    return Act.ATTACH if Act.ATTACH in visited.acts else None


def _attached(request: HttpRequest, visited: Visit, key: str, form: PieceForm) -> HttpResponse:
    piece = "" if key == FREELY else key
    if not pieces_taken(visited.dossier, piece):
        raise Refused("piece", "Cette pièce n'est pas de celles que la procédure connaît.")
    given = form.cleaned_data
    sent = Sent(piece, given["file"].name, given["file"].file, given["is_secret"])
    row = attach(visited.dossier.pk, sent, visited.actor, visited.at, attaching(visited) or Act.ATTACH)
    messages.success(request, f"« {row.name} » est joint au dossier.")
    return redirect("dossier-pieces", visited.dossier.reference)


def page_context(visited: Visit, key: str = "", form: PieceForm | None = None) -> dict:
    """Return what the page says: each piece asked with its files, then the documents joined freely."""
    dossier, procedure = visited.dossier, visited.dossier.procedure
    answers = typed_answers(procedure.sections, kept_answers(dossier))
    asked = procedure.written_in(dossier.stage).pieces
    files = list(dossier.attachments.present())
    if attaching(visited) is Act.ENTER:  # what the applicant joined and did not send is not the agent's to see
        entered = joined_by_agents(dossier)
        files = [one for one in files if str(one.public_id) in entered]
    forms_by_key = {key: form} if form else {}
    rows = [
        {
            "key": piece.key,
            "piece": piece,
            "files": [one for one in files if one.piece == piece.key],
            "form": forms_by_key.get(piece.key) or PieceForm(prefix=piece.key),
        }
        for piece in procedure.pieces
        if (piece in asked and piece.is_asked(answers)) or any(one.piece == piece.key for one in files)
    ]
    known = {row["key"] for row in rows}
    free = {
        "key": FREELY,
        "piece": None,
        "files": [one for one in files if one.piece not in known],
        "form": forms_by_key.get(FREELY) or PieceForm(prefix=FREELY),
    }
    return {
        "visit": visited,
        "dossier": dossier,
        "home": home_of(visited),
        "place": place(dossier, visited.at),
        "rows": [*rows, free],
        "wrong": form if form is not None and form.errors else None,
        "may_attach": attaching(visited) is not None,
        "scanner": bool(settings.CLAMAV_ADDRESS),
    }


@require_POST
def remove(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Take a file away; where one may not any more, the page says so."""
    visited = visit(request, reference)
    attachment = get_object_or_404(visited.dossier.attachments.present(), public_id=public_id)
    try:
        act = attaching(visited) or Act.ATTACH
        if act is Act.ENTER and str(attachment.public_id) not in joined_by_agents(visited.dossier):
            raise NotAllowed
        take_away(attachment, visited.actor, visited.at, act)
    except NotAllowed:
        messages.error(request, "On ne peut plus retirer de fichier à cette étape du dossier.")
    else:
        messages.success(request, f"« {attachment.name} » est retiré du dossier.")
    return redirect("dossier-pieces", reference)


@require_safe
def download(request: HttpRequest, reference: str, public_id) -> HttpResponse:
    """Hand a file over to somebody who may read the dossier."""
    return give(request, visit(request, reference), public_id)


def give(request: HttpRequest, visited: Visit, public_id) -> HttpResponse:
    """Hand a file of the applicant over, where this side may open it. Both sides pass here."""
    attachment = visited.dossier.attachments.filter(public_id=public_id).first()
    if attachment is None or Act.DOWNLOAD not in visited.acts or not is_within_reach(visited, attachment):
        raise Http404
    return hand_over(request, visited, attachment)


def is_within_reach(visited: Visit, attachment: Attachment) -> bool:
    """Tell whether this side may open a file: the administration, what was deposited, and not what is being prepared.

    While the applicant completes, only the files of earlier deposits are theirs to read. A file removed since
    remains readable by both sides where a deposit holds it.
    """
    deposited = any(
        file["sha256"] == attachment.sha256
        for content in visited.dossier.snapshots.values_list("content", flat=True)
        for file in content.get("files", ())
    )
    if deposited:
        return True
    if attachment.removed_at is not None:
        return False
    if visited.is_applicant or attaching(visited) is Act.ATTACH or not visited.dossier.stage_now.editable:
        return True
    return Act.ENTER in visited.acts and str(attachment.public_id) in joined_by_agents(visited.dossier)
