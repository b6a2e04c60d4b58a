"""Pages that belong to no app: health, errors, and what a French public site owes."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apist.signed_out import give_back, is_kept, tell_script, wants_json

API_PREFIX = "/api/"


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; nothing else is asked of it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 only when the database answers and every migration is applied, else 503."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain; charset=utf-8")
    if waiting:
        return HttpResponse("migrations not applied\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


def session_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain, when a form comes back too late or from elsewhere, what to do and that nothing was saved.

    Where people write at length, what they typed comes back to them.
    """
    if wants_json(request):
        return tell_script(request, 403)
    if is_kept(request):
        return give_back(request)
    return render(request, "errors/session_expired.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page exists but is not open to this person."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address, and where to look; to a program, in its language."""
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"errors": {"address": ["Rien à cette adresse."]}}, status=404)
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say that one has tried too often, and that waiting is enough."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, to a program in its language; the page depends on nothing that could fail again."""
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"errors": {"server": ["L'erreur vient de notre côté : réessayez plus tard."]}}, status=500)
    return render(None, "500.html", status=500)
