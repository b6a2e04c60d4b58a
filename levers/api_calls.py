"""The JSON of the calls: the search of their page, read only."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apist.api import BadParameters, Pages
from apist.clock import now
from apist.sharing import content_token, share
from levers.api import KNOWN_VALUES, REFUSED, list_parameters, refuse_unknown
from levers.calls.board import FACET_LABELS, current_calls
from levers.calls.cards import ROLES
from levers.calls.filters import PERIOD, SORTS, AskedOfCalls
from levers.calls.serializers import CallPageSerializer, call_in_json
from levers.calls.status import STATUS_LABELS
from levers.models import Call
from levers.views.lists import Found

ITEMS = {
    **{name: {"enum": KNOWN_VALUES[name]} for name in ("audience", "actor_type", "innovation_field", "region")},
    "status": {"enum": [status.value for status in STATUS_LABELS]},
    "nature": {"enum": Call.Kind.values},
    "organiser": {"enum": Call.Organiser.values},
    "role": {"enum": list(ROLES)},
    "period": {"pattern": f"^{PERIOD.pattern}$"},
}
"""The facets whose values do not depend on what curators write."""


class Calls(APIView):
    """The calls, with the parameters, the results and the order of the page."""

    public = True

    @extend_schema(
        parameters=list_parameters(FACET_LABELS, ITEMS, SORTS),
        responses={200: CallPageSerializer, 400: REFUSED},
        summary="Les appels à projets, à candidatures, à manifestation d'intérêt et les défis",
        operation_id="calls",
    )
    def get(self, request: Request) -> Response:
        """Answer with one page of calls, or say which parameter is wrong."""
        data = request.query_params
        calls = current_calls(now(), content_token(request._request))
        asked = AskedOfCalls(data, calls)
        if errors := asked.errors() | refuse_unknown(data, {"q", "sort", "page", *FACET_LABELS}, set(FACET_LABELS)):
            raise BadParameters(errors)
        pages = Pages()
        keys = pages.paginate_queryset(Found(calls.index.search(asked.query())), request, view=self)
        response = pages.get_paginated_response([call_in_json(calls.cards[key]) for key in keys])
        return share(response, calls.token, calls.until)
