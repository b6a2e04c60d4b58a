"""The JSON of the catalogue and of the diagnostic: the same functions as the pages, read only."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.http import Http404, QueryDict
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from actors.models import Agency, Audience
from apist.api import BadParameters, Pages
from apist.clock import midnight, now, today
from apist.sharing import content_token, share
from levers.availability import Status
from levers.calls.board import current_calls
from levers.calls.serializers import brief
from levers.cards import Card, card_of, successor_in_json
from levers.catalogue import FACET_LABELS, current_catalogue
from levers.facts import FACTS, Fact, Kind
from levers.filters import SORTS, Asked
from levers.forms import ProfileForm
from levers.models import Lever
from levers.reading import read_sheet
from levers.rulebook import Match, current_rulebook, match_all
from levers.search import MAX_TEXT
from levers.serializers import (
    AgencyPageSerializer,
    AgencySerializer,
    ErrorsSerializer,
    LeverDetailSerializer,
    LeverPageSerializer,
    MatchesSerializer,
)
from levers.views.lists import Found
from levers.views.sheet import PARTS

REFUSED = OpenApiResponse(ErrorsSerializer, description="Paramètres refusés, expliqués un par un.")
REPEATED = {name for name, fact in FACTS.items() if fact.kind is Kind.CHOICES}
PAGE = OpenApiParameter("page", {"type": "integer", "minimum": 1}, description="Page, à partir de 1.")


def refuse_unknown(data: QueryDict, known: set[str], repeated: set[str]) -> dict[str, list[str]]:
    """Return the errors of parameters that do not exist, are empty, or are given twice: nothing is guessed."""
    errors: dict[str, list[str]] = {}
    for name, values in data.lists():
        if name not in known:
            errors[name] = ["Ce paramètre n'existe pas."]
        elif "" in values:
            errors[name] = ["Donnez une valeur, ou retirez ce paramètre : absent, il veut dire « sans réponse »."]
        elif len(values) > 1 and name not in repeated:
            errors[name] = ["Donnez une seule valeur."]
    return errors


def fact_parameter(fact: Fact) -> OpenApiParameter:
    """Return a fact as the schema describes a parameter."""
    schema: dict = {
        Kind.BOOLEAN: {"type": "string", "enum": ["true", "false"]},
        Kind.INTEGER: {"type": "integer", "minimum": fact.minimum, "maximum": fact.maximum},
        Kind.AMOUNT: {"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"},
    }.get(fact.kind) or {"type": "string", "enum": list(fact.values)}
    many = fact.kind is Kind.CHOICES
    if many:
        schema = {"type": "array", "items": schema, "minItems": 1}
    return OpenApiParameter(fact.name, schema, description=fact.question, explode=True if many else None)


KNOWN_VALUES = {
    "audience": Audience.values,
    "actor_type": list(FACTS["actor_type"].values),
    "nature": Lever.Nature.values,
    "innovation_field": list(FACTS["innovation_field"].values),
    "region": list(FACTS["region"].values),
    "status": [status.value for status in Status],
}
"""The facets whose values the contract fixes; curators word the others."""
WORDED = {"pattern": "^[a-z0-9-]+$"}


def list_parameters(labels: Mapping[str, str], items: Mapping[str, dict], sorts: Sequence[tuple[str, str]]) -> list:
    """Return the parameters of a list that search answers, as the schema describes them.

    ``items`` says which values a facet takes; curators word those of the others. Several may be given.
    """
    facets = [
        OpenApiParameter(
            name,
            {"type": "array", "items": {"type": "string", **items.get(name, WORDED)}, "minItems": 1},
            description=label,
            explode=True,
        )
        for name, label in labels.items()
    ]
    text = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
    order = {"type": "string", "enum": [value for value, _ in sorts[1:]]}
    return [OpenApiParameter("q", text, description="Texte."), *facets, OpenApiParameter("sort", order), PAGE]


def in_json(answer):
    """Return an answer as JSON writes it: amounts with two decimals, repeated facts as lists."""
    if isinstance(answer, Decimal):
        return f"{answer:.2f}"
    return list(answer) if isinstance(answer, tuple) else answer


class Matches(APIView):
    """The verdict of every lever for a profile, with its reasons."""

    public = True

    @extend_schema(
        parameters=[
            OpenApiParameter("on", OpenApiTypes.DATE, description="Jour dont les règles s'appliquent."),
            *map(fact_parameter, FACTS.values()),
        ],
        responses={200: MatchesSerializer, 400: REFUSED},
        summary="Quels leviers s'appliquent à ce profil, et pourquoi",
        operation_id="matches",
    )
    def get(self, request: Request) -> Response:
        """Answer with the verdicts, or say which parameter is wrong."""
        data = request.query_params
        errors = refuse_unknown(data, {*FACTS, "on"}, REPEATED)
        form = ProfileForm(data, strict=True)
        if not form.is_valid():
            errors = {name: [str(m) for m in messages] for name, messages in form.errors.items()} | errors
        if errors:
            raise BadParameters(errors)
        answers, on = form.answers(), form.cleaned_data.get("on")
        rulebook = current_rulebook(content_token(request._request))
        matching = match_all(answers, on or today(), rulebook)
        calls = current_calls(now(), content_token(request._request))
        open_calls = [brief(card, where) for card, where in calls.open_for(answers, on)]
        response = Response(
            {
                "on": matching.on.isoformat(),
                "profile": {name: in_json(answer) for name, answer in answers.items()},
                "levers": [match_in_json(match, answers, open_calls) for match in matching.matches],
                "next_questions": list(matching.next_questions),
            }
        )
        return share(response, rulebook.token, None if on else min(midnight(), calls.until))


def match_in_json(match: Match, answers, open_calls: list[dict]) -> dict:
    """Return one lever's row as the contract writes it; where each call decides, with the open calls that fit."""
    row = {
        "lever": match.lever.slug,
        "verdict": match.assessment.verdict.value,
        "availability": match.availability.status.value,
        **successor_in_json(match.lever.successor_name, match.lever.successor_url),
    }
    if match.assessment.ways:
        row["path"] = " ".join(dict.fromkeys(way.text for way in match.assessment.ways))
    row["criteria"] = [
        {
            "key": rule.key,
            "outcome": result.value,
            "blocking": rule.blocking,
            "about": rule.about,
            "label": rule.label,
            "fact": rule.test.fact if rule.test else None,
            "value": in_json(answers.get(rule.test.fact)) if rule.test else None,
            "source": dict(rule.citation),
        }
        for rule, result in match.assessment.rows
    ]
    row["missing"] = list(match.assessment.missing)
    if match.lever.lists_calls:
        row["calls"] = open_calls
    row["url"] = match.lever.url
    return row


class Levers(APIView):
    """The catalogue, with the parameters, the results and the order of the page."""

    public = True

    @extend_schema(
        parameters=list_parameters(
            FACET_LABELS, {name: {"enum": values} for name, values in KNOWN_VALUES.items()}, SORTS
        ),
        responses={200: LeverPageSerializer, 400: REFUSED},
        summary="Le catalogue des leviers",
        operation_id="levers",
    )
    def get(self, request: Request) -> Response:
        """Answer with one page of levers, or say which parameter is wrong."""
        data = request.query_params
        catalogue = current_catalogue(today(), content_token(request._request))
        asked = Asked(data, catalogue)
        if errors := asked.errors() | refuse_unknown(data, {"q", "sort", "page", *FACET_LABELS}, set(FACET_LABELS)):
            raise BadParameters(errors)
        pages = Pages()
        keys = pages.paginate_queryset(Found(catalogue.index.search(asked.query())), request, view=self)
        response = pages.get_paginated_response([card_in_json(catalogue.cards[key]) for key in keys])
        return share(response, catalogue.token, catalogue.until)


class LeverDetail(APIView):
    """A whole sheet."""

    public = True

    @extend_schema(
        responses={200: LeverDetailSerializer, 404: ErrorsSerializer}, summary="Une fiche", operation_id="lever"
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer with the sheet, or 404 where there is none."""
        if errors := refuse_unknown(request.query_params, set(), set()):
            raise BadParameters(errors)
        at = today()
        shared, lever = read_sheet(slug)
        if lever is None:
            raise Http404
        card = card_of(lever, at, shared)
        whole = LeverDetailSerializer(lever, context={"card": card}).fields
        texts = ("objective", "recipients", "description", "calendar", "contact", "status_note")
        body = {name: getattr(lever, name) for name in texts}
        body |= {part: whole[part].to_representation(getattr(lever, part).all()) for part in PARTS}
        return share(Response(card_in_json(card) | body), shared.token, card.until)


def card_in_json(card: Card) -> dict:
    """Return one lever as the list gives it."""
    return {**card.facts, "url": reverse("lever-detail", args=[card.slug])}


class Agencies(APIView):
    """The 18 agencies and their entry points."""

    public = True

    @extend_schema(
        parameters=[PAGE],
        responses={200: AgencyPageSerializer, 400: REFUSED},
        summary="Les agences régionales de santé",
        operation_id="agencies",
    )
    def get(self, request: Request) -> Response:
        """Answer with one page of agencies."""
        if errors := refuse_unknown(request.query_params, {"page"}, set()):
            raise BadParameters(errors)
        pages = Pages()
        token = content_token(request._request)
        rows = pages.paginate_queryset(Agency.objects.select_related("region", "source"), request, view=self)
        return share(pages.get_paginated_response(AgencySerializer(rows, many=True).data), token, until=None)
