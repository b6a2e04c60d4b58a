"""The JSON of the glossary: the words of its page, in its order."""

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apist.api import BadParameters, Pages
from apist.sharing import content_token, share
from levers.api import PAGE, REFUSED, refuse_unknown
from levers.glossary.book import Entry, current_glossary
from levers.search import MAX_TEXT
from levers.serializers import CitationSerializer

TOO_LONG = f"Le texte doit avoir au plus {MAX_TEXT} caractères."


class TermSerializer(serializers.Serializer):
    """A word: two of them may share an acronym, each says in which field it means what."""

    slug = serializers.CharField()
    acronym = serializers.CharField()
    meaning = serializers.CharField()
    field = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    aliases = serializers.ListField(child=serializers.CharField())
    slip = serializers.CharField(allow_blank=True)
    verified_on = serializers.DateField()
    source = CitationSerializer()
    url = serializers.CharField()


class TermPageSerializer(serializers.Serializer):
    """One page of words."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = TermSerializer(many=True)


class Terms(APIView):
    """The glossary, with the parameter, the results and the order of the page."""

    public = True

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "q", {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}, description="Un sigle ou un mot."
            ),
            PAGE,
        ],
        responses={200: TermPageSerializer, 400: REFUSED},
        summary="Les sigles et les mots, leurs sens tenus séparés",
        operation_id="terms",
    )
    def get(self, request: Request) -> Response:
        """Answer with one page of words, or say which parameter is wrong."""
        data = request.query_params
        errors = refuse_unknown(data, {"q", "page"}, set())
        text = data.get("q", "")
        if len(text) > MAX_TEXT:
            errors["q"] = [TOO_LONG]
        if errors:
            raise BadParameters(errors)
        book = current_glossary(content_token(request._request))
        pages = Pages()
        found = pages.paginate_queryset(book.search(text), request, view=self)
        return share(pages.get_paginated_response([term_in_json(entry) for entry in found]), book.token, until=None)


def term_in_json(entry: Entry) -> dict:
    """Return one word as the list gives it."""
    term = entry.term
    return {
        "slug": term.slug,
        "acronym": term.acronym,
        "meaning": term.meaning,
        "field": term.field,
        "text": term.text,
        "aliases": entry.aliases,
        "slip": term.slip,
        "verified_on": term.verified_on.isoformat(),
        "source": term.citation,
        "url": f"{reverse('glossary')}#{term.slug}",
    }
