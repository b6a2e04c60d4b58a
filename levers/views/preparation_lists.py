"""Lists to tick and print: digital rules, a group of small bodies, the request of one lever.

What is ticked is in the address (``fait``), like everything else.
"""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.models import Agency
from apist.clock import now, start_of, today, tomorrow
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER
from levers.calls.board import Calls, current_calls
from levers.facts import FACTS
from levers.forms import ProfileForm, ScreenForm, shown_values, texts_of
from levers.matching import Answers
from levers.models import Lever
from levers.moments import next_change
from levers.preparation.digital import KEYS as DIGITAL_KEYS
from levers.preparation.digital import asked_of, missing_of, spared_of
from levers.preparation.forms import SituationForm
from levers.preparation.group import ASKED as GROUP_FACTS
from levers.preparation.group import KEYS as GROUP_KEYS
from levers.preparation.group import STAGES, sizes_for
from levers.preparation.parts import DIRECTORY, EXPERIMENTS
from levers.preparation.reading import current_shelf, pieces_of
from levers.preparation.request import Asked, Request, request_for, waits_for
from levers.reading import Shared, read_sheet
from levers.rulebook import availability_of, current_rulebook, rules_of
from levers.views.diagnostic_parts import OUTCOME_WORDS

DONE = "fait"
CALLS_SHOWN = 5
WINDOWS_SHOWN = 3
PARTS = ("windows", "criteria", "amounts", "fundings", "deposits")


def done_in(data: QueryDict) -> frozenset[str]:
    """Return what is ticked; what is no point of the list ticks nothing."""
    return frozenset(data.getlist(DONE))


def answers_in(data: QueryDict, names) -> tuple[dict, ScreenForm | None]:
    """Return the answers that are valid; the form to correct them, where one of these questions was misunderstood."""
    form = ProfileForm(data)
    form.is_valid()
    return form.answers(), form if set(form.errors) & set(names) else None


@login_not_required
@require_safe
def digital(request: HttpRequest) -> HttpResponse:
    """Show the rules that a digital project follows; what the solution does not do is left out."""
    token = content_token(request)
    shelf = current_shelf(token)
    form = SituationForm(request.GET)
    situations, done = form.situations(), done_in(request.GET) & DIGITAL_KEYS
    asked = asked_of(situations)
    context = {
        "form": form,
        "points": shelf.points(asked, done),
        "missing": len(missing_of(asked, done)),
        "spared": spared_of(situations),
        "share": request.build_absolute_uri(),
    }
    return share(render(request, "preparation/digital.html", context), token, None)


@login_not_required
@require_safe
def group(request: HttpRequest) -> HttpResponse:
    """Show the way to form a group, and what each period asked of its size."""
    rulebook = current_rulebook(content_token(request))
    shelf = current_shelf(rulebook.token)
    answers, wrong = answers_in(request.GET, GROUP_FACTS)
    done = done_in(request.GET) & GROUP_KEYS
    typed = {"data": request.GET} if wrong else {"initial": shown_values(answers)}
    sizes = sizes_for(rulebook.levers, {name: answers[name] for name in GROUP_FACTS if name in answers})
    known = {lever.slug: lever for lever in rulebook.levers}
    on = today()
    context = {
        "form": ScreenForm(names=GROUP_FACTS, words=rulebook.words(), **typed),
        "stages": [(one, shelf.cited(one.said), shelf.points(one.items, done)) for one in STAGES],
        "missing": len(GROUP_KEYS - done),
        "count": len(GROUP_KEYS),
        "answered": any(name in answers for name in GROUP_FACTS),
        "sizes": [(size, OUTCOME_WORDS[size.outcome][:2], size.rule.holds(on)) for size in sizes],
        "levers": [(lever, lever.availability(on)) for lever in map(known.get, dict.fromkeys(s.lever for s in sizes))],
        "share": request.build_absolute_uri(),
        "directory": DIRECTORY,
        "experiments": EXPERIMENTS,
    }
    return share(render(request, "preparation/group.html", context), rulebook.token, tomorrow())


@login_not_required
@require_safe
def lever(request: HttpRequest, slug: str) -> HttpResponse:
    """Show, as a list to tick, everything that a request for this lever takes."""
    at = today()
    shared, found = read_sheet(slug)
    if found is None:
        raise Http404
    rules = rules_of(found, at)
    questions = request_for(rules, {}).questions
    answers, wrong = answers_in(request.GET, questions)
    calls = current_calls(now(), shared.token)
    words = current_rulebook(shared.token).words()
    typed = {"data": request.GET} if wrong else {"initial": shown_values(answers)}
    context = {
        "lever": found,
        "token": shared.token,
        "form": ScreenForm(names=questions, words=words, **typed) if questions else None,
        "kept": [(name, text) for name in FACTS if name in answers and name not in questions
                 for text in texts_of(answers[name])],
        "share": request.build_absolute_uri(),
        "directory": DIRECTORY,
        **request_in_words(request_for(rules, answers), answers, done_in(request.GET)),
        **sheet_in_words(found, shared, answers, at, done_in(request.GET)),
        **calls_in_words(found, calls, answers, done_in(request.GET)),
    }  # fmt: skip
    response = render(request, "preparation/lever.html", context)
    rows = [found, *(row for name in PARTS for row in getattr(found, name).all())]
    changes = [start_of(day)] if (day := next_change(rows, at)) else []
    return share(response, shared.token, min([calls.until, *changes]))


def request_in_words(asked: Request, answers: Answers, done: frozenset[str]) -> dict:
    """Return the criteria, what is said of each, and how many of the compulsory ones are still to be done."""

    def lines(rows: tuple[Asked, ...]) -> list[dict]:
        return [
            {"rule": row.rule, "mark": OUTCOME_WORDS[row.outcome][:2], "outcome": row.outcome.value,
             "way": row.rule.way_for(answers), "done": row.rule.key in done}
            for row in rows
        ]  # fmt: skip

    return {
        "carrier": lines(asked.carrier),
        "project": lines(asked.project),
        "indicative": lines(asked.indicative),
        "depending": [(rule, waits_for(rule, answers)) for rule in asked.depending],
        "compulsory": len(asked.compulsory),
        "missing": sum(row.rule.key not in done for row in asked.compulsory),
    }


def sheet_in_words(found: Lever, shared: Shared, answers: Answers, at: date, done: frozenset[str]) -> dict:
    """Return when, where, how much and what is paid; a place of deposit of another region is left out."""
    availability = availability_of(found, at)
    windows = sorted(found.windows.all(), key=lambda window: window.opens_on, reverse=True)
    elsewhere = {one.pk for one in shared.all(Agency) if answers.get("region") not in (None, one.region.code)}
    places = [place for place in found.deposits.all() if place.holds(at) and place.agency_id not in elsewhere]
    return {
        "availability": availability,
        "can_enter": availability.status not in CANNOT_ENTER,
        "overdue": found.review_is_overdue(at),
        "windows": windows[:WINDOWS_SHOWN],
        "older_windows": windows[WINDOWS_SHOWN:],
        "deposits": [(place, addressees_of(place, done)) for place in places],
        "amounts": [amount for amount in found.amounts.all() if amount.holds(at)],
        "other_amounts": [amount for amount in found.amounts.all() if not amount.holds(at)],
        "fundings": [(row, row.holds(at)) for row in found.fundings.all()],
    }


def addressees_of(place, done: frozenset[str]) -> list[dict]:
    """Return each of those to whom the same file is sent at once, to be ticked one by one."""
    keys = [f"{place.key}-{number}" for number, _ in enumerate(place.addressee_list, start=1)]
    return [
        {"key": key, "name": name, "done": key in done} for key, name in zip(keys, place.addressee_list, strict=True)
    ]


def calls_in_words(found: Lever, calls: Calls, answers: Answers, done: frozenset[str]) -> dict:
    """Return the calls by which one enters, those that one can answer first, with the documents that they ask for."""
    cards = [card for card, _ in calls.open_for(answers)] if found.lists_calls else calls.of_lever(found.slug)
    cards = cards[:CALLS_SHOWN]
    pieces = pieces_of([card.key for card in cards]) if cards else {}
    rows = []
    for card in cards:
        lines = [{"piece": one, "key": f"{card.slug}-{one.key}"} for one in pieces.get(card.key, [])]
        rows.append((card, [line | {"done": line["key"] in done} for line in lines]))
    return {"calls": rows}
