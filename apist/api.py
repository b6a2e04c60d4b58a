"""What every JSON answer of the portal has in common: public on purpose, paged, errors in French."""

from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.response import Response


class OnlyListedAsPublic(BasePermission):
    """Refuse every view that does not say that it is public.

    Django REST framework exempts its views from the login middleware; this
    default makes forgetting safe again. A public view sets ``public = True``,
    and ``tests/test_public_addresses.py`` holds the list.
    """

    message = "Cette adresse n'est pas publique."

    def has_permission(self, request, view) -> bool:
        """Tell whether the view was declared public."""
        return getattr(view, "public", False)


class BadParameters(exceptions.APIException):
    """Parameters that are unknown, malformed or out of range: 400, by parameter, in French."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__("Paramètres refusés.")
        self.errors = errors


class Pages(PageNumberPagination):
    """Lists by pages from 1; a page that does not exist is a bad parameter."""

    page_size = 50
    page_query_param = "page"

    def paginate_queryset(self, queryset, request, view=None):
        """Return one page, or refuse the ``page`` parameter with the last page that exists."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except exceptions.NotFound as error:
            raise BadParameters({"page": ["Cette page n'existe pas : donnez un nombre à partir de 1."]}) from error


def answer_error(error: Exception, context: dict) -> Response | None:
    """Turn an error into the contract's JSON: ``{"errors": {"<parameter>": ["…"]}}``."""
    if isinstance(error, BadParameters):
        return Response({"errors": error.errors}, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(error, Http404):
        return Response({"errors": {"address": ["Rien à cette adresse."]}}, status=status.HTTP_404_NOT_FOUND)
    if isinstance(error, exceptions.MethodNotAllowed):
        return Response({"errors": {"method": ["Lecture seule : utilisez GET."]}}, status=error.status_code)
    if isinstance(error, exceptions.APIException):
        return Response({"errors": {"request": [str(error.detail)]}}, status=error.status_code)
    return None
