"""Documents to download: a lever's sheet, and the roadmap of a diagnostic. Both are made when they are asked for."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Agency
from apist.clock import midnight, now, today
from apist.sharing import content_token, share
from levers.calls.board import Calls, current_calls
from levers.calls.sentences import dates_in_words
from levers.documents.blocks import Document
from levers.documents.rendering import pdf_of
from levers.documents.roadmap import Reason, Roadmap, ToldLever, roadmap_document
from levers.documents.sheet import sheet_document
from levers.facts import FACTS
from levers.forms import query_of, without_choices
from levers.matching import Answers, Outcome, Rule
from levers.pathway.own import is_retained
from levers.questionnaire import gate_is_open
from levers.reading import read_sheet
from levers.rulebook import Match, Matching, Rulebook, current_rulebook, match_all
from levers.views.diagnostic import CALLS_SHOWN, GROUP_TITLES, read_answers, results_address
from levers.views.diagnostic_parts import OUTCOME_WORDS, answer_in_words
from levers.views.sheet import calls_of, sheet_context, until_of


@login_not_required
@require_safe
def lever_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a sheet as PDF: what its page says on this day, from the same reading."""
    at = today()
    shared, lever = read_sheet(slug)
    if lever is None:
        raise Http404
    calls = current_calls(now(), shared.token)
    address = request.build_absolute_uri(reverse("lever-detail", args=[slug]))
    document = sheet_document(sheet_context(lever, shared, at) | calls_of(lever, calls), at, address)
    # It says the day on which it was made: it holds until midnight at most.
    return share(download(document, f"fiche-{slug}"), shared.token, min(until_of(lever, calls, at), midnight()))


@login_not_required
@require_safe
def roadmap_pdf(request: HttpRequest) -> HttpResponse:
    """Give the results of a diagnostic as PDF; it takes the parameters of the results page."""
    form, answers = read_answers(without_choices(request.GET))
    on = form.cleaned_data.get("on") or today()
    rulebook = current_rulebook(content_token(request))
    calls = current_calls(now(), content_token(request))
    matching = match_all(answers, on, rulebook)
    ignored = tuple(FACTS[name].label for name in FACTS if name in form.errors)
    document = roadmap_document(roadmap_of(matching, rulebook, calls, ignored, request))
    response = download(document, f"feuille-de-route-{today():%Y-%m-%d}")
    return share(response, rulebook.token, min(midnight(), calls.until))


def download(document: Document, name: str) -> HttpResponse:
    """Return a document as a file that says what it is once it lies among others."""
    response = HttpResponse(pdf_of(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def roadmap_of(
    matching: Matching, rulebook: Rulebook, calls: Calls, ignored: tuple[str, ...], request: HttpRequest
) -> Roadmap:
    """Return what the roadmap says: levers that one can enter and nothing excludes are kept, the others set aside."""
    here, answers = request.build_absolute_uri, matching.answers
    kept, aside = sorted_out(matching)
    told = {match.lever.slug: told_lever(match, rulebook, answers, here(match.lever.url)) for match in matching.matches}
    suited = calls.open_for(answers, None if matching.on == today() else matching.on)[:CALLS_SHOWN]
    agency = rulebook.agencies.get(answers.get("region", ""))
    query = query_of(answers)
    return Roadmap(
        made_on=today(),
        rules_of=matching.on,
        address=here(results_address(f"on={matching.on}&{query}".rstrip("&"))),
        answers=tuple((FACTS[name].label, answer_in_words(name, a, rulebook.labels)) for name, a in answers.items()),
        ignored=ignored,
        questions=tuple(FACTS[name].question for name in matching.next_questions if gate_is_open(name, answers)),
        kept=tuple((title, tuple(told[match.lever.slug] for match in found)) for title, found in kept),
        aside=tuple(told[match.lever.slug] for match in aside),
        calls=tuple((card.title, here(card.url), dates_in_words(where, card.time_zone)) for card, where in suited),
        agency=agency.name if agency else "",
        doors=doors_of(agency) if agency else (),
    )


def sorted_out(matching: Matching) -> tuple[list[tuple[str, list[Match]]], list[Match]]:
    """Return the levers kept, by verdict, then those set aside: excluded, or that one can no longer enter."""
    held = [match for match in matching.matches if is_retained(match)]
    kept = [
        (title, [match for match in held if match.assessment.verdict is reached]) for reached, title, _ in GROUP_TITLES
    ]
    return kept, [match for match in matching.matches if not is_retained(match)]


def told_lever(match: Match, rulebook: Rulebook, answers: Answers, address: str) -> ToldLever:
    """Return a lever with its reasons, as the roadmap says it."""
    found = match.assessment
    blocking = [(rule, result) for rule, result in found.rows if rule.blocking]
    return ToldLever(
        title=match.lever.title,
        name=match.lever.short_name,
        address=address,
        summary=match.lever.summary,
        situation=match.availability.label.lower(),
        reasons=tuple(reason_of(rule, result, rulebook, answers) for rule, result in blocking),
        ways=tuple(way.text for way in found.ways),
        todo=tuple(rule.remedy for rule, result in blocking if result is Outcome.JUDGEMENT and rule.remedy),
        missing=tuple(FACTS[name].label for name in found.missing),
        blocked=tuple(
            f"« {rule.label} » : ce n'est pas le cas. {rule.remedy}"
            for rule, result in blocking
            if result is Outcome.UNMET
        ),
        successor=(match.lever.successor_name, match.lever.successor_url),
    )


def reason_of(rule: Rule, result: Outcome, rulebook: Rulebook, answers: Answers) -> Reason:
    """Return one criterion in words, with the answer that it rests on and its source."""
    name = rule.test.fact if rule.test else ""
    return Reason(
        outcome=OUTCOME_WORDS[result][0],
        label=rule.label,
        answer=answer_in_words(name, answers[name], rulebook.labels) if name in answers else "",
        source=rule.source_title,
        url=rule.citation["url"],
        locator=rule.citation["locator"],
        checked=rule.verified_on,
    )


def doors_of(agency: Agency) -> tuple[tuple[str, str], ...]:
    """Return how to reach an agency: its address for projects, else its page, else its site; nothing unknown."""
    known: list[tuple[str, str]] = []
    if agency.entry_email:
        known.append((agency.entry_email, f"mailto:{agency.entry_email}"))
    if agency.entry_url:
        known.append((agency.entry_point or "page dédiée", agency.entry_url))
    if not known and agency.website:
        known.append((f"site de l'agence{'' if agency.website_confirmed else ' (à vérifier)'}", agency.website))
    return tuple(known)
