"""Somebody's session is over while they were writing: what they typed comes back to them, and is kept nowhere.

A form sent to a page where people write (``KEPT_UNDER``), from one of our own pages, by somebody who is signed out
or whose form is too old, is answered by a page that shows what was typed and sends it again to the same address.
A script that saves by itself is told so in JSON, and keeps the text in its page.
"""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware as Required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url

KEPT_UNDER = ("/dossiers/", "/instruction/")
"""Where people write at length."""
TOKEN = "csrfmiddlewaretoken"
SCRIPT = "X-Saves-By-Itself"
"""The header by which a script says that it wants JSON (``static/js/autosave.js``)."""


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which shows what it is told in its own page."""
    return SCRIPT in request.headers


def is_kept(request: HttpRequest) -> bool:
    """Tell whether what was sent is given back: a form of ours, sent to a page where people write.

    What comes from elsewhere is not: nobody must be led to send somebody else's words in one click.
    """
    return request.method == "POST" and request.path.startswith(KEPT_UNDER) and _is_ours(request)


def _is_ours(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sender)
    return parts.netloc == request.get_host() and parts.scheme == request.scheme


def give_back(request: HttpRequest) -> HttpResponse:
    """Answer 403 with what was typed, in a form that sends it again; never cached, never told to a log."""
    request.sensitive_post_parameters = "__ALL__"
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    context = {
        "pairs": pairs,
        "typed": [value for _, value in pairs if " " in value.strip()],
        "address": request.get_full_path(),
        "sign_in": sign_in_address(request),
        "files": bool(request.FILES),
    }
    answer = render(request, "errors/given_back.html", context, status=403)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def tell_script(request: HttpRequest, status: int) -> HttpResponse:
    """Tell a script that nothing was saved, and where to sign in."""
    answer = JsonResponse({"saved": False, "sign_in": sign_in_address(request)}, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def sign_in_address(request: HttpRequest) -> str:
    """Return where to sign in, and come back to this page."""
    return f"{resolve_url(settings.LOGIN_URL)}?next={quote(request.path)}"


class LoginRequiredMiddleware(Required):
    """Ask who is there, without losing what was typed."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        """Send to the sign-in page; give back what was written, where something was."""
        if wants_json(request):
            return tell_script(request, 401)
        if is_kept(request):
            return give_back(request)
        return super().handle_no_permission(request, view_func)
