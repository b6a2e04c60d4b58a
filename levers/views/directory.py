"""The directory: whom to speak to, for every region at once and region by region; functions, never persons.

What is asked is in the address alone; the message to send is only shown.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import LocalBody
from apist.clock import today
from apist.sharing import content_token, share
from levers.directory.forms import PARAMETERS, DirectoryForm, asked_of
from levers.directory.reading import IN_A_REGION, Book, Place, current_book, is_doubtful, office
from levers.directory.rules import Asked, Kind, Known, Step, steps_for
from levers.directory.wording import TITLES, message, unknown, why
from levers.views.sheet import documents_of


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show the agencies and the national doors; and whom to see, once something is asked."""
    at = today()
    book = current_book(at, content_token(request))
    asked = any(request.GET.get(name) for name in PARAMETERS)
    form = DirectoryForm(request.GET if asked else None, book)
    given = form.given()
    context = {
        "form": form,
        "answer": answer(given, book) if given else None,
        "places": book.places.values(),
        "national": [(body, office(body, at)) for body in book.national if body.kind == LocalBody.Kind.AUTHORITY],
        "sources": documents_of(book.national),
        "contact": settings.CONTACT_EMAIL,
    }
    return share(render(request, "directory/list.html", context), book.token, book.until)


@login_not_required
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that is known of a region, and say what is not."""
    at = today()
    book = current_book(at, content_token(request))
    place = book.places.get(code)
    if place is None:
        raise Http404
    form = DirectoryForm(None, book, initial={"region": code})
    form.fields["department"].choices = [
        pair for pair in form.fields["department"].choices if not pair[0] or pair[0] in codes_of(place)
    ]
    context = {
        "place": place,
        "form": form,
        "agency_doubtful": is_doubtful(place.agency, at),
        "seats": [office(row, at) for row in place.seats],
        "departments": [(one, place.known.delegations.get(one.code, ())) for one in place.departments],
        "functions": [(row, office(row, at)) for row in place.referents],
        "subjects": by_subject(book, place),
        "e_health": place.known.e_health,
        "around": around(book, place, at),
        "message": message(place.agency.name, "", "", asked_of({}).who),
        "sources": documents_of([*place.rows, *book.subjects.values()]),
        "contact": settings.CONTACT_EMAIL,
    }
    return share(render(request, "directory/agency.html", context), book.token, book.until)


def codes_of(place: Place) -> set[str]:
    """Return the codes of a region's departments."""
    return {one.code for one in place.departments}


def answer(given: dict[str, str], book: Book) -> dict:
    """Return whom to see, in order, with the reasons and a message to send; only what was understood counts."""
    asked = asked_of(given)
    place = book.places.get(given.get("region", ""))
    subject = book.subjects.get(asked.subject)
    department = book.departments.get(asked.department)
    steps = steps_for(asked, place.known if place else Known())
    name = place.agency.name if place else "agence régionale de santé"
    return {
        "place": place,
        "subject": subject,
        "department": department,
        "steps": [step_in_words(step, asked, place, subject) for step in steps],
        "message": message(name, subject.label if subject else "", department.name if department else "", asked.who),
        "calls": calls_address(given),
    }


def step_in_words(step: Step, asked: Asked, place: Place | None, subject) -> dict:
    """Return a step as the page says it. Without a region nothing can be known, and nothing is reproached."""
    unsaid = unknown(step, asked.department) if place else ""
    return {
        "kind": step.kind.value,
        "title": f"{TITLES[step.kind]} : {subject.expert}" if step.kind is Kind.EXPERT else TITLES[step.kind],
        "why": why(step, asked.who),
        "offices": () if step.kind is Kind.NETWORK else step.offices,
        "names": [one.name for one in step.offices] if step.kind is Kind.NETWORK else [],
        "unknown": unsaid,
    }


def calls_address(given: dict[str, str]) -> str:
    """Return the list of calls that are open, in the region where there is one."""
    pairs = [("status", "open"), *([("region", given["region"])] if "region" in given else [])]
    return f"{reverse('call-list')}?{urlencode(pairs)}"


def by_subject(book: Book, place: Place) -> list[dict]:
    """Return each subject with the expert to ask for, those whom the agency names, and where that is told at length."""
    return [
        {
            "subject": subject,
            "experts": place.known.experts.get(slug, ()),
            "doors": place.known.doors_of.get(slug, ()),
            "address": f"{reverse('directory')}?{urlencode({'region': place.region.code, 'subject': slug})}",
        }
        for slug, subject in book.subjects.items()
    ]


def around(book: Book, place: Place, at) -> list[dict]:
    """Return who is around, kind by kind: those of the region, then those found everywhere; a kind may be empty."""
    return [
        {
            "label": LocalBody.Kind(kind).label,
            "own": [office(body, at) for body in place.of_kind(kind)],
            "everywhere": [office(body, at) for body in book.national if body.kind == kind],
        }
        for kind in IN_A_REGION
    ]
