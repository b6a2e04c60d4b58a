"""The people of a project: inviting, taking back, handing over, and the link that accepts."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apist.clock import now
from projects.engine.door import NotAllowed
from projects.engine.people import actor_of
from projects.forms.preparing import InviteForm, TransferForm
from projects.models import Project
from projects.preparing.sharing import NotPossible, accept, invitation, invite, revoke, send_again
from projects.preparing.transferring import answer_offer, heirs, offer, offered_to, withdraw_offer
from projects.views.project_entry import ProjectVisit, project_visit

PAGES = ("GET", "HEAD", "POST")
ACTS = ("invite", "again", "revoke", "offer", "withdraw", "accept", "decline")


@never_cache
@require_http_methods(PAGES)
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who has a part in a project; invite, write again, take back, hand over."""
    visit = project_visit(request, public_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    people = heirs(visit.project) if visit.may_share else []
    forms = {
        "invite_form": InviteForm(request.POST if act == "invite" else None),
        "transfer_form": TransferForm(request.POST if act == "offer" else None, people=people),
    }
    if act in ACTS:
        try:
            done = _do(request, act, visit, **forms)
        except NotAllowed:
            raise Http404 from None
        except NotPossible as error:
            messages.error(request, error.refusal.words)
            done = act not in ("invite", "offer")
        if done:
            return redirect("project-sharing", visit.project.public_id)
    at = visit.at
    shares = visit.project.shares.filter(revoked_at=None).select_related("user")
    context = {
        "visit": visit,
        "project": visit.project,
        "shares": [(one, one.accepted_at is None and one.expires_at <= at) for one in shares],
        "waiting": visit.project.transfers.filter(accepted_at=None, ended_at=None).select_related("to").first(),
        "offered": offered_to(visit.project, visit.actor),
        "heirs": people,
        "faulty": next((form for form in forms.values() if form.errors), None),
        **forms,
    }
    return render(request, "dossiers/sharing.html", context)


def _do(
    request: HttpRequest, act: str, visit: ProjectVisit, *, invite_form: InviteForm, transfer_form: TransferForm
) -> bool:
    """Do an act and say so; False where the form has something to correct."""
    project, actor, at = visit.project, visit.actor, visit.at
    number = _number(request.POST.get("share", ""))
    match act:
        case "invite":
            if not invite_form.is_valid():
                return False
            given = invite_form.cleaned_data
            share = invite(project, given["email"], given["level"], actor, at)
            messages.success(request, f"L'invitation est partie à {share.email}. Le lien est valable 14 jours.")
        case "again":
            messages.success(request, f"Une nouvelle lettre part à {send_again(project, number, actor, at).email}.")
        case "revoke":
            revoke(project, number, actor, at)
            messages.success(request, "L'accès est retiré, tout de suite.")
        case "offer":
            if not transfer_form.is_valid():
                return False
            offer(project, transfer_form.chosen, actor, at)
            messages.success(request, "La proposition est partie. Rien ne change tant qu'elle n'est pas acceptée.")
        case "withdraw":
            withdraw_offer(project, actor, at)
            messages.success(request, "La proposition est retirée.")
        case "accept" | "decline":
            answer_offer(project, actor, at, accepted=act == "accept")
            words = "Vous êtes responsable de ce projet." if act == "accept" else "Vous avez décliné la proposition."
            messages.success(request, words)
    return True


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@never_cache
@require_http_methods(PAGES)
def accept_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to press the button, then give the access: opening a link changes nothing, mail scanners open them all."""
    at = now()
    share = invitation(token, at)
    actor = actor_of(request.user, at)
    if share is not None and Project.objects.visible_to(actor.holdings).filter(pk=share.project_id).exists():
        return redirect("project", share.project.public_id)
    if request.method == "POST":
        project = accept(token, actor, at)
        if project is not None:
            messages.success(request, "Vous avez maintenant accès à ce projet.")
            return redirect("project", project.public_id)
    gone = share is None or share.accepted_at is not None
    return render(request, "dossiers/invitation.html", {"share": share, "gone": gone}, status=404 if gone else 200)
