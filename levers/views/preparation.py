"""Preparing one's project: the six conditions, the self-assessment, and a first message read again.

The whole state of the self-assessment is in the address, as for the diagnostic. The
message is the exception: it is sent, read, given back in its form, and kept nowhere.
"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import today, tomorrow
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER
from levers.preparation.assessment import TRL, Answer, Part, answers_of, assess, pairs_of, query_of
from levers.preparation.conditions import BY_SLUG, CONDITIONS
from levers.preparation.conditions.moment import LEVELS, LEVELS_SAID, MOMENT, advice_at
from levers.preparation.forms import ConditionForm, LevelForm, MessageForm
from levers.preparation.message import Finding, Review, review
from levers.preparation.parts import DIRECTORY, Condition
from levers.preparation.reading import Shelf, current_shelf
from levers.rulebook import current_rulebook


def address(name: str, answers: dict[str, Answer], *arguments: str) -> str:
    """Return the address of a page with the answers; without any, the plain one."""
    query = query_of(answers)
    return reverse(name, args=arguments) + (f"?{query}" if query else "")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what can be prepared, and with which page to begin."""
    answers, _ = answers_of(request.GET)
    rulebook = current_rulebook(content_token(request))
    shelf = current_shelf(rulebook.token)
    on = today()
    states = [(lever, lever.availability(on)) for lever in rulebook.levers]
    context = {
        "conditions": [(one, address("prepare-condition", answers, one.slug)) for one in CONDITIONS],
        "begun": bool(answers),
        "assessment": address("prepare-assessment", answers),
        "levers": [pair for pair in states if pair[1].status not in CANNOT_ENTER],
        "closed": [pair for pair in states if pair[1].status in CANNOT_ENTER],
        "cited": shelf.cited(CONDITIONS[0].said) | {"locator": "lignes 832 à 930"},
    }
    return share(render(request, "preparation/home.html", context), rulebook.token, tomorrow())


@login_not_required
@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a condition and ask where one stands; the other answers travel along."""
    shown = BY_SLUG.get(slug)
    if shown is None:
        raise Http404
    answers, odd = answers_of(request.GET)
    token = content_token(request)
    response = render(
        request, "preparation/condition.html", condition_context(shown, answers, odd, current_shelf(token))
    )
    return share(response, token, None)


def condition_context(shown: Condition, answers: dict[str, Answer], odd: tuple[str, ...], shelf: Shelf) -> dict:
    """Return what the page of a condition shows."""
    place = CONDITIONS.index(shown)
    following = CONDITIONS[place + 1] if place + 1 < len(CONDITIONS) else None
    before = CONDITIONS[place - 1] if place else None
    form = ConditionForm(shown, answers)
    own = {item.key for item in shown.items} | ({TRL} if shown is MOMENT else set())
    return {
        "condition": shown,
        "number": place + 1,
        "count": len(CONDITIONS),
        "cited": shelf.cited(shown.said),
        "points": [point | {"field": form[point["item"].key]} for point in shelf.points(shown.items)],
        "kept": [pair for pair in pairs_of(answers) if pair[0] not in own],
        "odd": bool(odd),
        "following": following,
        "before": address("prepare-condition", answers, before.slug) if before else "",
        "level_field": LevelForm(answers.get(TRL))[TRL] if shown is MOMENT else None,
        "levels": LEVELS,
        "levels_cited": shelf.cited(LEVELS_SAID),
        "advice": advice_at(answers[TRL]) if shown is MOMENT and TRL in answers else "",
    }


@login_not_required
@require_safe
def assessment(request: HttpRequest) -> HttpResponse:
    """Show what is there, what is missing and where to find it, as a list to keep, share and print."""
    answers, odd = answers_of(request.GET)
    token = content_token(request)
    found = assess(answers)
    context = {
        "found": found,
        "parts": [part_in_words(part, answers) for part in found.parts],
        "level": next((one for one in LEVELS if one.number == answers.get(TRL)), None),
        "advice": advice_at(answers[TRL]) if TRL in answers else "",
        "odd": bool(odd),
        "first": address("prepare-condition", answers, CONDITIONS[0].slug),
        "share": request.build_absolute_uri(address("prepare-assessment", answers)),
        "dossier": f"{reverse('dossier-new')}?{query_of(answers)}".rstrip("?"),
        "diagnostic": reverse("diagnostic") + (f"?{urlencode({TRL: answers[TRL]})}" if TRL in answers else ""),
    }
    return share(render(request, "preparation/assessment.html", context), token, None)


def part_in_words(part: Part, answers: dict[str, Answer]) -> dict:
    """Return where one stands on a condition, and where to change it."""
    missing = {item.key for item in part.missing}
    return {
        "condition": part.condition,
        "to_do": [(item, item.key in missing) for item in part.to_do],
        "ready": part.ready,
        "not_concerned": part.not_concerned,
        "concerned": len(part.condition.items) - len(part.not_concerned),
        "address": address("prepare-condition", answers, part.condition.slug),
    }


@login_not_required
@sensitive_post_parameters("message")
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest) -> HttpResponse:
    """Read a first message again; the answer is for its sender alone, and nothing of it is kept or told to a log."""
    shelf = current_shelf(content_token(request))
    form = MessageForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "review": None, "directory": DIRECTORY}
    if form.is_valid():
        context["review"] = review_in_words(review(form.cleaned_data["message"], shelf.known), shelf)
    answer = render(request, "preparation/message.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def review_in_words(found: Review, shelf: Shelf) -> dict:
    """Return what is said of a message, each point with its source."""

    def told(findings: tuple[Finding, ...]) -> list[dict]:
        return [{"sign": one.sign, "quotes": one.quotes, "cited": shelf.cited(one.sign.said)} for one in findings]

    return {
        "words": told(found.words),
        "expected": told(found.expected),
        "useful": told(found.useful),
        "good": told(found.good),
        "found": found,
    }
