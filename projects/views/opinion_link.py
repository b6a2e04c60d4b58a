"""An opinion asked of somebody without an account: the page of their link, and the files of the deposit.

A link that was altered, is over, withdrawn, answered or delegated leads to the same page, which tells nothing. Nothing
changes when the page is only opened: mail scanners open every link. Links that lead nowhere are counted by network.
"""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import now
from projects.engine.door import NotAllowed, Refused
from projects.forms.opinions import AnswerForm, DeclareForm, DelegateForm
from projects.models import JournalEntry, OpinionRequest
from projects.opinions.answering import Invitee, answer, before, declaration_of, declare, delegate, is_for
from projects.opinions.asking import digest_of
from projects.opinions.reading import deposit_for_link, file_for_link
from projects.papers.joining import stored
from projects.views.handing import as_file
from projects.views.moves import zone_for
from projects.views.opinions import forms_of

PAGES = ("GET", "HEAD", "POST")
ATTEMPTS = {"link": "20/10m/ip"}
"""Links that lead nowhere, tried from one network: counted as allauth counts sign-ins, where every process sees it."""

View = Callable[..., HttpResponse]


def apart(answer: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines.

    Its address is told to no other site: that is the policy of every page (``SECURE_REFERRER_POLICY``). A stricter one
    would have browsers hide where the form was sent from, and the portal would refuse it.
    """
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def for_the_holder(view: View) -> View:
    """Give a view the request of its link and who holds it, or the page that tells nothing."""

    @wraps(view)
    def shown(request: HttpRequest, token: str, **names) -> HttpResponse:
        if not counted(request, dry_run=True):
            return apart(ratelimit.respond_429(request))
        at = now()
        invitee = Invitee(token=token)
        asked = request_of(token)
        if asked is None or not is_for(asked, invitee, at):
            counted(request)
            return gone(request)
        try:
            return apart(view(request, asked, invitee, at, **names))
        except NotAllowed:
            return gone(request)

    return shown


def counted(request: HttpRequest, *, dry_run: bool = False) -> bool:
    """Count a link that leads nowhere, or only look; tell whether this network may still try."""
    return bool(
        ratelimit.consume(request, app="opinions", action="link", config=ATTEMPTS, dry_run=dry_run, limit_get=True)
    )


def request_of(token: str) -> OpinionRequest | None:
    """Return the request of a link, read with what its page names."""
    names = ("dossier__project", "dossier__organisation", "dossier__body", "dossier__call", "dossier__region", "body")
    return OpinionRequest.objects.select_related(*names).filter(token_digest=digest_of(token)).first()


def gone(request: HttpRequest) -> HttpResponse:
    """Return the one page of every link that opens nothing."""
    return apart(render(request, "opinions/gone.html", status=404))


@login_not_required
@require_http_methods(PAGES)
@for_the_holder
def page(request: HttpRequest, asked: OpinionRequest, invitee: Invitee, at) -> HttpResponse:
    """Show who deposits and what is asked; once no interest is declared, the deposit; and take the answer."""
    forms = forms_of(request, asked, [])
    status = 200
    if request.method == "POST":
        try:
            where = done(asked, invitee, forms["bound"], at)
            if where:
                return redirect(*where)
        except Refused as refused:
            status = 409
            words = " ".join(reason.words for reason in refused.reasons)
            form = forms["bound"]
            form.refuse(words) if isinstance(form, AnswerForm) else form.add_error(None, words)
    said = declaration_of(asked, invitee)
    declared = said is not None and not said.has_interest
    context = {
        "asked": asked,
        "dossier": asked.dossier,
        "title": "Un avis vous est demandé",
        "token": invitee.token,
        "zone": zone_for(asked.dossier),
        "declared": declared,
        "waits": True,
        "deposit": deposit_for_link(asked, at) if declared else None,
        "may_delegate": asked.delegated_from_id is None,
        **forms,
    }
    return render(request, "opinions/page.html", context, status=status)


def done(asked: OpinionRequest, invitee: Invitee, form, at) -> tuple:
    """Do what was sent; return where to go next, nothing where the form has something to correct."""
    if form is None or not form.is_valid():
        return ()
    match form:
        case DeclareForm():
            if declare(asked.pk, invitee, form.said, at):
                return ("opinion-link", invitee.token)
        case AnswerForm():
            with stored(form.looked) as files:
                answer(asked.pk, invitee, form.given(), at, files)
        case DelegateForm():
            delegate(asked.pk, invitee, form.chosen, at)
    return ("opinion-done",)


@login_not_required
@require_safe
@for_the_holder
def piece(request: HttpRequest, asked: OpinionRequest, invitee: Invitee, at, public_id) -> HttpResponse:
    """Hand over a file of the deposit, examined and not secret; the reading is written before the first byte leaves."""
    said = declaration_of(asked, invitee)
    row = file_for_link(asked, public_id, at) if said is not None and not said.has_interest else None
    if row is None:
        return gone(request)
    try:
        file = row.file.open("rb")
    except OSError:
        return gone(request)
    if request.method == "GET":
        with before(asked.pk, invitee, at) as (desk, _):
            facts = {"file": str(row.public_id), "sha256": row.sha256, "request": asked.pk}
            desk.write(JournalEntry.Kind.DOWNLOADED, facts)
    return as_file(row, file)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that it was kept, and that the link opens nothing any more."""
    return apart(render(request, "opinions/done.html"))
