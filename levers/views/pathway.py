"""The pathway of a project: levers stage by stage, as a picture and as a list; with a profile, one's own."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apist.clock import today, tomorrow
from apist.sharing import content_token, share
from levers.comparison.choice import FEWEST
from levers.comparison.choice import MOST as MOST_COMPARED
from levers.comparison.columns import compare_address
from levers.forms import ProfileForm, query_of, without_choices
from levers.pathway.layout import MOST, Stop, in_order, picture_of
from levers.pathway.own import is_retained, own_stops, stops_of
from levers.pathway.reading import Pathway, current_pathway
from levers.rulebook import Matching, current_rulebook, match_all

KINDS = (
    ("follows", "peut suivre"),
    ("combines", "se combine"),
    ("carried-through", "passe par"),
    ("excludes", "ne se cumule pas"),
)
"""How links are told in the key of the picture, each drawn with its own dashes."""


@login_not_required
@require_safe
def pathway(request: HttpRequest) -> HttpResponse:
    """Show every lever at its stages; with the parameters of a diagnostic, those that it keeps stand out."""
    form = ProfileForm(without_choices(request.GET))
    form.is_valid()
    answers = form.answers()
    rulebook = current_rulebook(content_token(request))
    on = form.cleaned_data.get("on") or today()
    found = current_pathway(today(), rulebook.token)
    matches = match_all(answers, on, rulebook).matches if answers else ()
    stops = own_stops(found, matches, only_kept=False) if answers else stops_of(found)
    query = query_of(answers)
    context = {
        "picture": picture_html(found, stops),
        "stages": stages_of(found, stops),
        "levers": levers_of(found, stops),
        "hidden": max(len(stops) - MOST, 0),
        "is_own": bool(answers),
        "on": on,
        "kept": sum(stop.kept for stop in stops),
        "results": f"{reverse('diagnostic-results')}?{query}" if answers else "",
    }
    return share(render(request, "pathway/page.html", context), rulebook.token, tomorrow())


def own_pathway(matching: Matching, token: int, query: str) -> dict:
    """Return the levers kept, at their stages, and the first of them side by side where there are two.

    Without any answer nothing is one's own yet: the page then leads to the pathway of everybody.
    """
    if not matching.answers:
        return {}
    found = current_pathway(today(), token)
    kept = [match.lever for match in matching.matches if is_retained(match)]
    compared = kept[:MOST_COMPARED] if len(kept) >= FEWEST else []
    return {
        "pathway": picture_html(found, own_stops(found, matching.matches, only_kept=True)),
        "pathway_address": f"{reverse('pathway')}?{query}",
        "compare": compare_address([lever.slug for lever in compared], matching.answers.get("actor_type", ""))
        if compared
        else "",
        "compared": ", ".join(lever.short_name for lever in compared),
    }


@lru_cache(maxsize=256)
def picture_html(found: Pathway, stops: tuple[Stop, ...]) -> SafeString:
    """Return the picture of some levers, drawn once; empty where there is nothing to draw."""
    picture = picture_of(found.stages, stops, found.links)
    if picture is None:
        return SafeString()
    drawn = {arc.kind for arc in picture.arcs}
    keys = [(kind, words) for kind, words in KINDS if kind in drawn]
    return render_to_string("pathway/picture.html", {"picture": picture, "keys": keys})


def stages_of(found: Pathway, stops: tuple[Stop, ...]) -> list[dict]:
    """Return each stage with the levers that serve at it; then, without a name, those of which nobody says it."""
    order = in_order(stops, tuple(found.stages))[:MOST]
    told = [
        {"slug": slug, "name": name, "help": found.helps[slug], "stops": [one for one in order if slug in one.stages]}
        for slug, name in found.stages.items()
    ]
    unsaid = [one for one in order if not set(one.stages) & set(found.stages)]
    return told + ([{"slug": "", "name": "Étape à vérifier", "help": "", "stops": unsaid}] if unsaid else [])


def levers_of(found: Pathway, stops: tuple[Stop, ...]) -> list[dict]:
    """Return what is said of each lever: what becomes of it, the maturity asked, its links with those of the list."""
    order = in_order(stops, tuple(found.stages))[:MOST]
    titles = {stop.slug: found.said[stop.slug].title for stop in order}
    return [
        {
            "stop": stop,
            "said": found.said[stop.slug],
            "links": [(how, titles[slug], why) for how, slug, why in found.said[stop.slug].links if slug in titles],
        }
        for stop in order
    ]
