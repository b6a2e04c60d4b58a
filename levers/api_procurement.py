"""The JSON of public procurement: the same rules as the page, and nothing guessed."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apist.api import BadParameters
from apist.clock import today, tomorrow
from apist.sharing import content_token, share
from levers.api import REFUSED, in_json, refuse_unknown
from levers.procurement.forms import PARAMETERS, NeedForm
from levers.procurement.reading import current_book
from levers.procurement.rules import Buyer, Key, Need, Procedure, Publicity, Purchases, Threshold, procedures_for
from levers.procurement.wording import notes_of, reason
from levers.serializers import CitationSerializer

VALUES = {"buyer_type": Buyer, "category": Purchases}


class ThresholdSerializer(serializers.Serializer):
    """A threshold that the answer rests on."""

    key = serializers.ChoiceField(choices=[key.value for key in Key])
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    source = CitationSerializer()


class ProcurementSerializer(serializers.Serializer):
    """The procedures open, lightest first, with their publicity and what they rest on."""

    on = serializers.DateField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    procedures = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Procedure]))
    publicity = serializers.DictField(child=serializers.ChoiceField(choices=[one.value for one in Publicity]))
    thresholds = ThresholdSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


def choice_parameter(name: str, description: str, required: bool = False) -> OpenApiParameter:
    """Return a parameter with a few values as the schema describes it."""
    schema = {"type": "string", "enum": [value.value for value in VALUES[name]]}
    return OpenApiParameter(name, schema, required=required, description=description)


class Procurement(APIView):
    """Which procurement procedure."""

    public = True

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "amount",
                {"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"},
                required=True,
                description="Valeur du besoin sur toute sa durée, reconductions comprises, en euros hors taxes.",
            ),
            choice_parameter("buyer_type", "Qui achète.", required=True),
            choice_parameter("category", "Ce qui est acheté ; sans réponse : fournitures et services."),
            OpenApiParameter(
                "innovative",
                {"type": "string", "enum": ["true", "false"]},
                description="La solution est nouvelle ou nettement améliorée ; sans réponse : non.",
            ),
            OpenApiParameter("on", OpenApiTypes.DATE, description="Jour de la consultation, sinon aujourd'hui."),
        ],
        responses={200: ProcurementSerializer, 400: REFUSED},
        summary="Quelles procédures d'achat public pour ce besoin",
        operation_id="procurement",
    )
    def get(self, request: Request) -> Response:
        """Answer with the procedures, or say which parameter is wrong or has no answer."""
        data = request.query_params
        errors = refuse_unknown(data, set(PARAMETERS), set())
        form = NeedForm(data, strict=True)
        if not form.is_valid():
            errors = {name: [str(m) for m in messages] for name, messages in form.errors.items()} | errors
        if errors:
            raise BadParameters(errors)
        need, given = form.need(), form.cleaned_data["on"]
        book = current_book(content_token(request._request))
        on = given or today()
        response = Response(answer_in_json(need, on, book.thresholds))
        return share(response, book.token, None if given else tomorrow())


def answer_in_json(need: Need, on, thresholds: tuple[Threshold, ...]) -> dict:
    """Return the answer as the contract writes it; refused where a threshold that it depends on is not known."""
    outcome = procedures_for(need, on, thresholds)
    if outcome.unknown:
        errors: dict[str, list[str]] = {}
        for key in outcome.unknown:
            errors.setdefault(parameter_at_fault(need, key, thresholds), []).append(reason(need, on, key, thresholds))
        raise BadParameters(errors)
    return {
        "on": on.isoformat(),
        "amount": in_json(need.amount),
        "procedures": [one.value for one in outcome.procedures],
        "publicity": {way.value: shown.value for way, shown in outcome.ways},
        "thresholds": [
            {
                "key": one.key.value,
                "value": in_json(one.value),
                "valid_from": one.valid_from.isoformat(),
                "valid_to": one.valid_to.isoformat() if one.valid_to else None,
                "source": one.citation,
            }
            for one in outcome.thresholds
        ],
        "notes": notes_of(need, outcome),
    }


def parameter_at_fault(need: Need, key: Key, thresholds: tuple[Threshold, ...]) -> str:
    """Return which parameter has no answer: the day, unless the threshold is known for this category on no day."""
    return "on" if any(one.key == key and need.concerns(one) for one in thresholds) else "category"
