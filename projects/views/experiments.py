"""The register: the searched list with its map, and the page of an experiment."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from actors.models import Agency, Source
from apist.clock import now, today
from apist.sharing import content_token, share
from levers.views.cards import cards_html
from levers.views.listing import Kind, Listing
from levers.views.lists import (
    Noun,
    address_with,
)
from projects.models import ROLES, Experiment, Participant, Twin
from projects.register import wording
from projects.register.board import Register, current_register
from projects.register.cards import ExperimentCard
from projects.register.filters import SORTS, AskedOfExperiments
from projects.register.joining import Join
from projects.register.map import HEIGHT, WIDTH, places_of
from projects.register.timeline import chart_of

EXPERIMENTS = Kind(
    route="experiments",
    asked=AskedOfExperiments,
    sorts=SORTS,
    noun=Noun("expérimentation", "expérimentations", "en santé", "Aucune", "toutes les"),
    whole="experiments/list.html",
    found="experiments/list_found.html",
    nothing="experiments/list_empty.html",
    pages="Pages d'expérimentations",
    unknown="Aucune expérimentation ne contient",
    empty="Aucune expérimentation n'est publiée pour l'instant",
)
PARTS = ("participants", "targets", "phases", "acts", "discrepancies", "twins")


@login_not_required
@require_safe
def experiment_list(request: HttpRequest) -> HttpResponse:
    """Show the experiments that the address describes with their map, whole or the part that a filter changes."""
    register = current_register(now(), content_token(request))
    listing = Listing(EXPERIMENTS, request, register)
    page, more = listing.page(), {}
    if page:
        cards = cards_html(register, page.object_list, listing.result, "experiments/card.html")
        more = {"map": map_html(listing, register), "cards": cards}
    return listing.answer(page, listing.found_html(page, **more))


def map_html(listing: Listing, register: Register) -> SafeString:
    """Return the map of the regions and its list, unfolded until somebody looks for something by words or region."""
    query, result = listing.query, listing.result
    counts = result.counts.get("region", {})
    places = places_of(
        register.choices["region"],
        counts,
        query.facets.get("region", ()),
        lambda code: f"{address_with(listing.path, listing.data, region=code and [code])}#resultats",
    )
    nowhere = sum(not register.cards[key].regions for key in result.keys)
    context = {
        "places": places,
        "width": WIDTH,
        "height": HEIGHT,
        "open": not (query.text or "region" in query.facets or "department" in query.facets),
        "nowhere": nowhere,
    }
    return render_to_string("experiments/map.html", context)


@login_not_required
@require_safe
def experiment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an experiment as a person reads it: may I join it, who carries it, where, how large, until when."""
    register = current_register(now(), content_token(request))
    card = register.by_slug(slug)
    experiment = whole(slug) if card else None
    if experiment is None:
        raise Http404
    at = today()
    context = {
        "experiment": experiment,
        "card": card,
        "join": join_shown(card),
        "status_sentence": wording.status_sentence(card.status, card.schedule),
        "who": who_shown(experiment),
        "phases": phases_shown(experiment, card),
        "limits": [wording.limit_in_words(limit) for limit in card.schedule.limits],
        "chart": chart_of(card.schedule, [str(phase) for phase in experiment.phases.all()], at),
        "twins": twins_shown(experiment, register),
        "agencies": agencies_of(experiment),
        "sources": sources_of(experiment),
        "overdue": experiment.review_is_overdue(at),
    }
    response = render(request, "experiments/detail.html", context)
    return share(response, register.token, register.until)


def whole(slug: str) -> Experiment | None:
    """Return a published experiment with all its rows, None where there is none."""
    twins = Twin.objects.select_related("source", "other")
    found = (
        Experiment.objects.published()
        .select_related("source")
        .prefetch_related(
            *(f"{part}__source" for part in PARTS if part != "twins"),
            "participants__region",
            "participants__departments",
            "targets__region",
            Prefetch("twins", twins),
            Prefetch("twin_of", twins.select_related("experiment")),
            "regions__agency__region",
            "departments",
            "actor_types",
            "feedback",
        )
    )
    return found.filter(slug=slug).first()


def join_shown(card: ExperimentCard) -> dict:
    """Return the answer to « peut-on la rejoindre ? »: in big, then why."""
    answer = card.answer
    return {
        "headline": wording.join_headline(answer),
        "reason": wording.join_reason(answer),
        "can": answer.join in (Join.YES, Join.SOON),
        "roles": ", ".join(ROLES[role].lower() for role in card.roles),
    }


def who_shown(experiment: Experiment) -> list[tuple[str, list[Participant]]]:
    """Return who takes part, by role, in the order of what they answer for."""
    rows = list(experiment.participants.all())
    groups = [(role.label, [row for row in rows if row.role == role]) for role in Participant.Role]
    return [(label, found) for label, found in groups if found]


def phases_shown(experiment: Experiment, card: ExperimentCard) -> list[dict]:
    """Return each phase with its days, how they were worked out and on which condition it comes."""
    return [
        {
            "phase": phase,
            "stretch": stretch,
            "kind": wording.KINDS[phase.kind],
            "begins": wording.begin_in_words(stretch, phase.start),
            "ends": wording.day_or_unknown(stretch.ends),
            "how": wording.how_in_words(stretch, phase.months, phase.months_at_most),
        }
        for phase, stretch in zip(experiment.phases.all(), card.schedule.stretches, strict=True)
    ]


def twins_shown(experiment: Experiment, register: Register) -> list[dict]:
    """Return the experiments that resemble it, said from either end; those of the register with their card."""
    shown = []
    for twin in experiment.twins.all():
        card = register.cards.get(twin.other_id)
        if card or not twin.other_id:
            shown.append({"twin": twin, "card": card})
    known = {row["card"].key for row in shown if row["card"]}
    for twin in experiment.twin_of.all():
        card = register.cards.get(twin.experiment_id)
        if card and card.key not in known:
            shown.append({"twin": twin, "card": card})
    return shown


def agencies_of(experiment: Experiment) -> list[Agency]:
    """Return the agencies of its regions: whom to ask."""
    return [region.agency for region in experiment.regions.all() if hasattr(region, "agency")]


def sources_of(experiment: Experiment) -> list[dict]:
    """Return every document that the page rests on, once, with the last day it was checked there."""
    rows: list = [experiment, *(row for part in PARTS for row in getattr(experiment, part).all())]
    checked: dict[int, dict] = {}
    for row in rows:
        known = checked.setdefault(row.source_id, {"source": row.source, "verified_on": row.verified_on})
        known["verified_on"] = max(known["verified_on"], row.verified_on)
    return sorted(
        checked.values(), key=lambda item: (item["source"].kind != Source.Kind.FOUNDING, item["source"].title)
    )
