"""The JSON of the register: the search of its page, read only."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apist.api import BadParameters, Pages
from apist.clock import now
from apist.sharing import content_token, share
from levers.api import KNOWN_VALUES, REFUSED, list_parameters, refuse_unknown
from levers.facts import FACTS
from levers.views.lists import Found
from projects.models import ROLES, Experiment
from projects.register.board import FACET_LABELS, current_register
from projects.register.filters import SORTS, AskedOfExperiments
from projects.register.joining import JOIN_LABELS
from projects.register.schedule import STATUS_LABELS
from projects.register.serializers import ExperimentPageSerializer, experiment_in_json

ITEMS = {
    **{name: {"enum": KNOWN_VALUES[name]} for name in ("actor_type", "innovation_field", "region")},
    "department": {"enum": list(FACTS["department"].values)},
    "joining": {"enum": [join.value for join in JOIN_LABELS]},
    "status": {"enum": [status.value for status in STATUS_LABELS]},
    "nature": {"enum": Experiment.Reach.values},
    "role": {"enum": list(ROLES)},
}
"""The facets whose values do not depend on what curators write."""


class Experiments(APIView):
    """The experiments, with the parameters, the results and the order of the page."""

    public = True

    @extend_schema(
        parameters=list_parameters(FACET_LABELS, ITEMS, SORTS),
        responses={200: ExperimentPageSerializer, 400: REFUSED},
        summary="Le registre des expérimentations",
        operation_id="experiments",
    )
    def get(self, request: Request) -> Response:
        """Answer with one page of experiments, or say which parameter is wrong."""
        data = request.query_params
        register = current_register(now(), content_token(request._request))
        asked = AskedOfExperiments(data, register)
        if errors := asked.errors() | refuse_unknown(data, {"q", "sort", "page", *FACET_LABELS}, set(FACET_LABELS)):
            raise BadParameters(errors)
        pages = Pages()
        keys = pages.paginate_queryset(Found(register.index.search(asked.query())), request, view=self)
        response = pages.get_paginated_response([experiment_in_json(register.cards[key]) for key in keys])
        return share(response, register.token, register.until)
