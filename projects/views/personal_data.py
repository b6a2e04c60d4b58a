"""One's own data: what is kept, taking it away, closing the account."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import now
from projects.forms.personal import CloseAccountForm
from projects.procedures.catalogue import LATEST
from projects.retention import accounts
from projects.retention.archive import streamed
from projects.retention.export import members_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say what is kept of the person, why and how long, with the two things that they may do."""
    return render(
        request, "dossiers/personal/page.html", {"procedures": sorted(LATEST.values(), key=lambda p: p.title)}
    )


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send everything that is held of the person, made while it is sent."""
    at = now()
    answer = StreamingHttpResponse(streamed(members_of(request.user, at), at), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="mes-donnees-{at:%Y-%m-%d}.zip"'
    return answer


@login_not_required
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say, to somebody who has no account any more, that it is done."""
    return render(request, "dossiers/personal/closed.html")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Say what would go and what would stay; close the account once its address is typed again."""
    form = CloseAccountForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.close_account(request.user, now(), stop_alerts=form.cleaned_data["stop_alerts"])
        except accounts.Refused:
            pass  # said on the page below, afresh
        else:
            logout(request)
            return redirect("my-data-closed")
    context = {
        "form": form,
        "obstacles": accounts.obstacles_of(request.user),
        "fate": accounts.fate_of(request.user),
    }
    return render(request, "dossiers/personal/close.html", context)
