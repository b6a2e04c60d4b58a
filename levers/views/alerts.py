"""Alerts without an account: ask, confirm, see, change, stop.

No page changes anything when it is only opened: mail scanners open every link. The
pages of an alert are reached by its link alone, are kept by no cache and listed by no
search engine.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import now
from levers.alerts.forms import AlertForm, FrequencyForm
from levers.alerts.links import alert_of
from levers.alerts.matching import Watched, calls_at, in_words, matching, watched
from levers.alerts.subscribing import Answer, ask, change_frequency, confirm, stop
from levers.models import Alert

PAGES = ("GET", "HEAD", "POST")
ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}
"""What a mail reader sends, and nothing beside it, when somebody stops an alert from there (RFC 8058)."""

View = Callable[..., HttpResponse]


def for_the_holder(view: View) -> View:
    """Give a view the alert of its link, or say that there is none; keep the page out of caches and search engines."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        alert = alert_of(token)
        answer = view(request, token, alert) if alert else render(request, "alerts/gone.html", status=404)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return shown


@login_not_required
@require_http_methods(PAGES)
def new(request: HttpRequest) -> HttpResponse:
    """Show what an alert on a filtered list would watch, and send the mail that confirms it.

    Whoever is already followed or not at this address is never said.
    """
    at = now()
    watching = watched(request.GET, at)
    if watching is None:
        return _noindex(render(request, "alerts/impossible.html", {"query": request.GET.urlencode()}, status=400))
    form = AlertForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        if ask(given["email"], watching.query, given["frequency"], at) is Answer.SENT:
            return redirect("alert-sent")
        form.add_error(None, "Beaucoup d'alertes sont demandées en ce moment : réessayez dans une heure.")
    return _noindex(render(request, "alerts/new.html", _asked(form, watching, request.GET)))


def _asked(form: AlertForm, watching: Watched, data: QueryDict) -> dict:
    found = matching(watching.query, now())
    return {"form": form, "watching": watching, "total": len(found.calls), "query": data.urlencode()}


def _noindex(answer: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines: there are as many as searches."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail left, whoever asked and for whichever address."""
    return _noindex(render(request, "alerts/sent.html"))


@login_not_required
@require_http_methods(PAGES)
@for_the_holder
def confirmation(request: HttpRequest, token: str, alert: Alert) -> HttpResponse:
    """Ask to press the button, then start the alert."""
    if request.method == "POST":
        confirm(alert, now())
        return redirect("alert-detail", token)
    if alert.state == Alert.State.ACTIVE:
        return redirect("alert-detail", token)
    return render(request, "alerts/confirm.html", _shown(alert))


@login_not_required
@require_http_methods(PAGES)
@for_the_holder
def detail(request: HttpRequest, token: str, alert: Alert) -> HttpResponse:
    """Show an alert to the holder of its link, and change how often it writes."""
    if alert.state == Alert.State.WAITING:
        return redirect("alert-confirm", token)
    form = FrequencyForm(request.POST if request.method == "POST" else None, initial={"frequency": alert.frequency})
    if form.is_valid():
        change_frequency(alert, form.cleaned_data["frequency"], now())
        return redirect("alert-detail", token)
    return render(request, "alerts/detail.html", _shown(alert) | {"form": form, "token": token})


@login_not_required
@csrf_exempt  # for the mail reader's click alone: any other body is checked by the form's own view
@require_http_methods(PAGES)
def stopping(request: HttpRequest, token: str) -> HttpResponse:
    """Stop an alert: at once for the one click of a mail reader, with a button for a person.

    The one click is answered alike whether the alert was there or not: it may come twice.
    """
    if request.method == "POST" and dict(request.POST.lists()) == ONE_CLICK and not request.GET:
        if alert := alert_of(token):
            stop(alert)
        return HttpResponse("L'alerte est arrêtée.", content_type="text/plain; charset=utf-8")
    return _stop_by_form(request, token)


@csrf_protect
@for_the_holder
def _stop_by_form(request: HttpRequest, token: str, alert: Alert) -> HttpResponse:
    if request.method == "POST":
        stop(alert)
        return redirect("alert-stopped")
    return render(request, "alerts/stop.html", _shown(alert))


@login_not_required
@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    """Say that nothing more will be sent."""
    return _noindex(render(request, "alerts/stopped.html"))


def _shown(alert: Alert) -> dict:
    return {"alert": alert, "words": in_words(alert.query, calls_at(now()))}
