"""The page « Suivi » of a dossier, for those who instruct: schedule, what is due, indicators, evaluations."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from projects.engine.committing import number_of, row_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.paying import AFTER_A_GRANT, instalments_of
from projects.following.indicating import add_indicator, record_evaluation, say_value
from projects.following.reading import followed
from projects.following.scheduling import write_schedule
from projects.forms.following import EvaluationForm, IndicatorForm, SeenForm, ValueForm, schedule_form
from projects.forms.papers import WithFiles
from projects.papers.joining import stored
from projects.procedures.vocabulary import Macro
from projects.rights.table import Act
from projects.views.entry import Visit, visit
from projects.views.instruction_desk import visit_as_one_who_instructs
from projects.views.moves import zone_for

METHODS = ["GET", "HEAD", "POST"]
FOLLOWING = frozenset({Act.SCHEDULE, Act.INDICATE, Act.ARCHIVE})
"""Who sees the page among those who instruct: whoever may do one of these."""


def may_follow(visited: Visit) -> bool:
    """Tell whether something can be written of what follows: there was a grant."""
    return visited.dossier.macro in (*AFTER_A_GRANT, Macro.CLOSED)


def follower(request: HttpRequest, reference: str) -> Visit:
    """Return the visit of somebody who follows a dossier for an administration; 404 else."""
    visited = visit_as_one_who_instructs(request, reference)
    if not visited.acts & FOLLOWING:
        raise Http404
    return visited


def base_context(visited: Visit, title: str) -> dict:
    """Return what every page of the kind needs."""
    return {"visit": visited, "dossier": visited.dossier, "zone": zone_for(visited.dossier), "title": title}


@never_cache
@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what follows the grant of a dossier."""
    visited = follower(request, reference)
    context = base_context(visited, "Suivi") | {
        "followed": followed(visited.dossier, visited.at),
        "may_schedule": Act.SCHEDULE in visited.acts and visited.dossier.macro in AFTER_A_GRANT,
        "may_indicate": Act.INDICATE in visited.acts and may_follow(visited),
        "is_granted": may_follow(visited),
    }
    return render(request, "instruction/following/page.html", context)


@never_cache
@require_http_methods(METHODS)
def schedule(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the schedule as lines to write, and write a new version of it."""
    visited = follower(request, reference)
    if Act.SCHEDULE not in visited.acts:
        raise Http404
    dossier, status, reasons = visited.dossier, 200, ()
    indicators = list(dossier.indicators.all())
    if request.method == "POST":
        form, seen = schedule_form((), indicators, request.POST), SeenForm(request.POST)
        if form.is_valid() and seen.is_valid():
            try:
                write_schedule(dossier.pk, form.rows(), seen.cleaned_data["seen"], visited.actor, visited.at)
            except Refused as refused:
                reasons, status = refused.reasons, 409
                seen = SeenForm({"seen": number_of(dossier)})
            except NotAllowed:
                raise Http404 from None
            else:
                again = " : il remplace le précédent, qui reste dans le journal" if seen.cleaned_data["seen"] else ""
                messages.success(request, f"L'échéancier est écrit{again}.")
                return redirect("instruction-following", reference)
    else:
        rows = instalments_of(dossier)
        form, seen = (
            schedule_form(map(row_of, rows), indicators),
            SeenForm(initial={"seen": rows[0].schedule.number if rows else 0}),
        )
    context = base_context(visited, "Échéancier") | {
        "form": form,
        "seen": seen,
        "reasons": reasons,
        "followed": followed(dossier, visited.at),
    }
    return render(request, "instruction/following/schedule.html", context, status=status)


@never_cache
@require_http_methods(METHODS)
def indicator(request: HttpRequest, reference: str) -> HttpResponse:
    """Add an indicator."""
    visited = follower(request, reference)
    if Act.SCHEDULE not in visited.acts:
        raise Http404
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial={"direction": "up"})

    def act(given: dict) -> None:
        add_indicator(visited.dossier.pk, given, visited.actor, visited.at)

    return written(request, visited, form, act, ("Ajouter un indicateur", "L'indicateur est ajouté."))


@never_cache
@require_http_methods(METHODS)
def value(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a value of an indicator, on either side."""
    visited = visit(request, reference) if is_applicants_address(request) else follower(request, reference)
    if Act.INDICATE not in visited.acts or (is_applicants_address(request) and not visited.is_applicant):
        raise Http404
    indicators = list(visited.dossier.indicators.all())
    form = ValueForm(request.POST if request.method == "POST" else None, indicators=indicators)

    def act(given: dict) -> None:
        say_value(visited.dossier.pk, int(given["indicator"]), given, visited.actor, visited.at)

    return written(request, visited, form, act, ("Saisir une valeur", "La valeur est saisie."))


@never_cache
@require_http_methods(METHODS)
def evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an evaluation."""
    visited = follower(request, reference)
    if Act.INDICATE not in visited.acts:
        raise Http404
    form = EvaluationForm(request.POST, request.FILES) if request.method == "POST" else EvaluationForm()

    def act(_: dict) -> None:
        with stored(form.looked) as files:
            record_evaluation(visited.dossier.pk, form.given(), visited.actor, visited.at, files)

    return written(request, visited, form, act, ("Noter une évaluation", "L'évaluation est notée."))


@never_cache
@require_safe
def applicants_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the applicant what follows the grant: what will be paid, what is due, the values of both sides."""
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-following", reference)
    context = base_context(visited, "Suivi") | {
        "followed": followed(visited.dossier, visited.at),
        "may_indicate": Act.INDICATE in visited.acts and may_follow(visited),
        "is_granted": may_follow(visited),
    }
    return render(request, "dossiers/following.html", context)


def is_applicants_address(request: HttpRequest) -> bool:
    """Tell on which side an address is."""
    return request.resolver_match.url_name == "dossier-value"


def written(request: HttpRequest, visited: Visit, form, act, words: tuple[str, str]) -> HttpResponse:
    """Do what a form asks for and go back to the page; else show it with what to correct, nothing typed lost."""
    title, done = words
    home = "dossier-following" if is_applicants_address(request) else "instruction-following"
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            words = " ".join(one.words for one in refused.reasons)
            form.refuse(words) if isinstance(form, WithFiles) else form.add_error(None, words)
            status = 409
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, done)
            return redirect(home, visited.dossier.reference)
    context = base_context(visited, title) | {"form": form, "home": home}
    return render(request, "instruction/following/write.html", context, status=status)
