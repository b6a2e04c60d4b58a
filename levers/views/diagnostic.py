"""The diagnostic: guided questions, then verdicts with their reasons.

The whole state is in the address: nothing is stored, going back loses nothing,
and an address can be shared. The page and the API call ``rulebook.match_all``.
"""

from collections.abc import Collection
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.clock import midnight, now, today, tomorrow
from apist.page_parts import parts_of
from apist.sharing import content_token, share
from levers.availability import CANNOT_ENTER
from levers.calls.board import current_calls
from levers.calls.sentences import dates_in_words
from levers.facts import FACTS
from levers.forms import EditForm, ProfileForm, ScreenForm, query_of, without_choices
from levers.matching import Answers, Verdict
from levers.models import Criterion
from levers.questionnaire import CHOSEN_AS, GROUPS, Group, choice_field, gate_is_open, next_group, questions_of
from levers.rulebook import Match, Matching, Rulebook, current_rulebook, match_all
from levers.views.diagnostic_parts import answer_in_words, fields_html, levers_html, questions_html
from levers.views.pathway import own_pathway

GROUP_TITLES = (
    (Verdict.ELIGIBLE, "Les conditions connues sont remplies", "eligible"),
    (Verdict.VIA_PARTNER, "Possible avec un partenaire qui porte", "via-partner"),
    (Verdict.TO_CONFIRM, "À confirmer", "to-confirm"),
    (Verdict.NOT_ELIGIBLE, "Ne s'applique pas à ce projet", "not-eligible"),
)


CALLS_SHOWN = 10
"""How many open calls the results tell; the list tells them all."""


def read_answers(data: QueryDict) -> tuple[ProfileForm, dict]:
    """Return the form that read the address and the answers that are valid."""
    form = ProfileForm(data)
    form.is_valid()
    return form, form.answers()


@login_not_required
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show the next screen: the questions that settle the most, as few as possible."""
    data = without_choices(request.GET)
    form, answers = read_answers(data)
    rulebook = current_rulebook(content_token(request))
    matching = match_all(answers, today(), rulebook)
    focus = next((match for match in matching.matches if match.lever.slug == data.get("levier")), None)
    undecided = worth_asking(matching, focus)
    faulty = [name for name in form.errors if name in FACTS]
    group, shown = screen_to_show(data, answers, undecided, faulty)
    if group is None:
        return HttpResponseRedirect(results_address(query_of(answers)))
    worth = {*questions_of(group, answers, undecided), *faulty, *answers}
    asked = [name for name in group.facts if name in worth]
    plain = [name for name in asked if name in answers and choice_field(name) not in data]
    door = data.get("porte", "")
    typed = {"data": data, "names": asked, "words": rulebook.words(door), "plain": plain}
    kept = [(n, v) for n, values in data.lists() for v in values if is_kept(n, asked) and v != ""]
    context = {
        "group": group,
        "corrected": ScreenForm(**typed) if faulty else None,
        "fields": "" if faulty else questions_html(rulebook, asked, answers, chosen_in(data, plain), door),
        "focus": focus.lever if focus else None,
        "kept": [*kept, *(("ecran", slug) for slug in shown), ("ecran", group.slug)],
        "step": len(shown) + 1,
        "undecided": sum(bool(match.assessment.missing) for match in enterable(matching)),
        "count": len(enterable(matching)),
        "previous": previous_address(data, shown),
    }
    return share(render(request, "diagnostic/questions.html", context), rulebook.token, tomorrow())


def chosen_in(data: QueryDict, plain: Collection[str]) -> dict[str, str]:
    """Return what was chosen among recognisable things, for the facts that are not asked by yes or no."""
    return {name: data.get(choice_field(name), "") for name in CHOSEN_AS if name not in plain}


def enterable(matching: Matching) -> list[Match]:
    """Return the levers for which an answer is not in vain: those that one can enter, now or soon."""
    return [match for match in matching.matches if match.availability.status not in CANNOT_ENTER]


def worth_asking(matching: Matching, focus: Match | None) -> tuple[str, ...]:
    """Return the questions to put, in the rules' order: on the lever in focus, else on those that one can enter."""
    wanted = set(focus.assessment.missing if focus else ())
    if not wanted:
        wanted = {name for match in enterable(matching) for name in match.assessment.missing}
    return tuple(name for name in matching.next_questions if name in wanted)


def is_kept(name: str, asked: list[str]) -> bool:
    """Tell whether a parameter travels on, hidden, behind this screen."""
    fields = {choice_field(fact): fact for fact in CHOSEN_AS}
    return (name in FACTS or name in fields or name == "levier") and name not in asked and fields.get(name) not in asked


def screen_to_show(data: QueryDict, answers, undecided, faulty: list[str]) -> tuple[Group | None, list[str]]:
    """Return the screen to show and those before it: one to correct, one to see again, else the next one."""
    known = {group.slug: group for group in GROUPS}
    shown = [slug for slug in data.getlist("ecran") if slug in known]
    again = known.get(data.get("revoir", ""))
    if again and not (questions_of(again, answers, undecided) or set(again.facts) & set(answers)):
        again = None  # a screen that would hold no question
    group = next((g for g in GROUPS if set(faulty) & set(g.facts)), None) or again
    if group is None:
        return next_group(answers, undecided, shown), shown
    return group, shown[: shown.index(group.slug)] if group.slug in shown else shown


def previous_address(data: QueryDict, shown: list[str]) -> str:
    """Return the screen before, with every answer kept and its own shown again; empty on the first."""
    if not shown:
        return ""
    before = data.copy()
    before.setlist("ecran", shown[:-1])
    before["revoir"] = shown[-1]
    return f"{reverse('diagnostic')}?{before.urlencode()}"


def results_address(query: str) -> str:
    """Return the shareable address of a profile's results."""
    return f"{reverse('diagnostic-results')}?{query}".rstrip("?")


@login_not_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the verdicts and their reasons for the profile in the address, under the rules of its day."""
    data = without_choices(request.GET)
    form, answers = read_answers(data)
    query = query_of(answers)
    if "ecran" in data and not form.errors:
        return HttpResponseRedirect(results_address(query))
    on = form.cleaned_data.get("on") or today()
    rulebook = current_rulebook(content_token(request))
    matching = match_all(answers, on, rulebook)
    askable = {name for name in matching.next_questions if gate_is_open(name, answers)}
    names = [name for name in FACTS if name in {*answers, *form.errors, *askable}]
    corrected = EditForm(data, names=names, known=answers, words=rulebook.words()) if form.errors else None
    dated = f"{urlencode({'on': on})}&{query}".rstrip("&")
    here = request.build_absolute_uri(results_address(dated))
    calls = current_calls(now(), content_token(request))
    suited = calls.open_for(answers, None if on == today() else on)
    parts = parts_of(settings.RESULT_PARTS, answers, on, rulebook.token)
    context = {
        "form": form,
        "parts": parts,
        "calls": [(card, where, dates_in_words(where, card.time_zone)) for card, where in suited[:CALLS_SHOWN]],
        "calls_total": len(suited),
        "calls_address": calls_address(answers),
        "groups": groups_of(rulebook, matching, query),
        "answers": [(FACTS[name], answer_in_words(name, answer, rulebook.labels)) for name, answer in answers.items()],
        "undecided": matching.next_questions,
        "corrected": corrected,
        "fields": fields_html(rulebook, names, answers),
        "on": on,
        "is_past": on != today(),
        "changes": changes_since(matching, rulebook, query),
        "agency": rulebook.agencies.get(answers.get("region", "")),
        "roadmap": f"{reverse('roadmap-pdf')}?{dated}",
        **own_pathway(matching, rulebook.token, query),
        "share": here,
        "api": f"{reverse('api-matches')}?{dated}",
        "resume": f"{reverse('diagnostic')}?{query}",
        "summary": summary_in_words(matching, rulebook.labels, here),
    }
    response = render(request, "diagnostic/results.html", context)
    # The page of a past day counts what was edited since, which is not content.
    until = min([midnight(), calls.until, *(part.until for part in parts)])
    return response if on < today() else share(response, rulebook.token, until)


def calls_address(answers: Answers) -> str:
    """Return the list of the open calls for this actor in this region."""
    asked = [(name, answers[name]) for name in ("actor_type", "region") if name in answers]
    return f"{reverse('call-list')}?{urlencode([('status', 'open'), *asked])}"


def groups_of(rulebook: Rulebook, matching: Matching, query: str) -> list[dict]:
    """Return the four groups, each with the levers that one can enter, then those that are closed."""
    groups = []
    for reached, title, slug in GROUP_TITLES:
        found = [match for match in matching.matches if match.assessment.verdict is reached]
        closed = [match for match in found if match.availability.status in CANNOT_ENTER]
        opened = [match for match in found if match.availability.status not in CANNOT_ENTER]
        groups.append(
            {
                "slug": slug,
                "title": title,
                "count": len(found),
                "closed_count": len(closed),
                "open": levers_html(rulebook, opened, matching.answers, query, matching.on),
                "closed": levers_html(rulebook, closed, matching.answers, query, matching.on),
            }
        )
    return groups


def changes_since(matching: Matching, rulebook: Rulebook, query: str) -> dict:
    """Return what moved in the rules since the day of the address: periods that ended or began, rows edited.

    ``edited`` counts the criteria that curators changed after that day (one query).
    """
    on = matching.on
    if on >= today():
        return {}
    current = match_all(matching.answers, today(), rulebook)
    moved = [
        (new.lever, old.assessment.verdict, new.assessment.verdict)
        for old, new in zip(matching.matches, current.matches, strict=True)
        if old.assessment.verdict is not new.assessment.verdict
    ]
    by_hand = Q(history_type__in="~-") | Q(history_user__isnull=False)  # not the first state, written at installation
    edited = Criterion.history.filter(by_hand, history_date__date__gt=on).values("id").distinct().count()
    return {
        "rules": [lever for lever in rulebook.levers if lever.in_force(on) is not lever.in_force(today())],
        "moved": moved,
        "edited": edited,
        "address": results_address(query),
    }


def summary_in_words(matching: Matching, labels: dict, address: str) -> str:
    """Return the text that a visitor sends to an agency: who, what, which levers, and the address."""
    lines = ["Bonjour,", "", "J'ai fait le point sur mon projet avec le portail APIST.", "", "Mes réponses :"]
    lines += [f"- {FACTS[name].label} : {answer_in_words(name, a, labels)}" for name, a in matching.answers.items()]
    for reached, title, _ in GROUP_TITLES[:3]:
        found = [match.lever.title for match in matching.matches if match.assessment.verdict is reached]
        if found:
            lines += ["", f"{title} :", *(f"- {name}" for name in found)]
    lines += ["", f"Règles du {matching.on:%d/%m/%Y}. Le détail et les sources : {address}"]
    lines += ["", "Pouvez-vous me dire si ces pistes sont les bonnes, et avec qui en parler ?"]
    return "\n".join(lines)
