"""What the world may open: exactly the addresses that ``addresses.py`` writes out."""

import re

import pytest
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, URLPattern
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from tests.pages.addresses import BY_LINK, DEMONSTRATION, PROVIDERS, PUBLIC

SIGN_IN = ("/compte/connexion/?next=", "/admin/login/?next=")


def routes(patterns, prefix: str = ""):
    """Yield every route of the resolver, down to the last one."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry
        else:
            assert not isinstance(entry.pattern, RegexPattern), f"{route}: an included regex is not walked"
            yield from routes(entry.url_patterns, route)


ROUTES = list(routes(get_resolver().url_patterns))


def address_of(route: str) -> str:
    """Return an address that the route matches, whatever its arguments are."""
    plain = re.sub(r"\(\?P<\w+>[^)]*\)\$?", "1", route)
    plain = re.sub(r"<uuid:[^>]+>", "00000000-0000-4000-8000-000000000000", plain)
    return "/" + re.sub(r"<[^>]+>", "1", plain)


def test_the_public_addresses_are_those_written_out_and_all_of_them_exist():
    known = {route for route, _ in ROUTES}
    assert set(PUBLIC | DEMONSTRATION | BY_LINK | PROVIDERS) - known == set()


@pytest.mark.parametrize("route", sorted(PUBLIC))
def test_anybody_may_open_a_public_address(route, catalogue, client):
    for address in PUBLIC[route]:
        assert client.get(address, follow=True).status_code == 200, address


def private_routes(prefix: str = "") -> list[str]:
    return sorted(
        {route for route, _ in ROUTES if route.startswith(prefix)} - set(PUBLIC | DEMONSTRATION | BY_LINK | PROVIDERS)
    )


@pytest.mark.django_db
def test_any_other_address_asks_who_is_there(client):
    wrong = {}
    for route in private_routes():
        answer = client.get(address_of(route))
        asked = answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)
        if not asked and answer.status_code != 403:
            wrong[route] = answer.status_code
    assert wrong == {}


def test_more_than_the_public_addresses_were_walked():
    walked = {"compte/deconnexion/", "admin/", "admin/levers/criterion/<path:object_id>/change/"}
    assert walked <= set(private_routes())


@pytest.mark.django_db
def test_somebody_signed_in_without_a_part_in_curation_sees_nothing_of_the_admin(client, stranger):
    client.force_login(stranger)
    wrong = {}
    for route in private_routes("admin/"):
        answer = client.get(address_of(route), follow=True)
        end = answer.redirect_chain[-1][0] if answer.redirect_chain else ""
        if answer.status_code not in (403, 404, 405) and not end.startswith(SIGN_IN):
            wrong[route] = (answer.status_code, end)
    assert wrong == {}


@pytest.mark.parametrize(
    "address",
    ["/", "/leviers/", "/leviers.csv", "/leviers/fir/", "/diagnostic/", "/diagnostic/resultats/", "/sources/"],
)
def test_a_public_page_is_only_read(address, catalogue, client):
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address).status_code == 405, address
    assert client.head(address).status_code == 200


def test_a_view_of_the_api_that_does_not_say_it_is_public_is_refused():
    class Forgotten(APIView):
        def get(self, request):
            return Response({"secret": True})

    answer = Forgotten.as_view()(APIRequestFactory().get("/"))
    assert answer.status_code == 403
    assert answer.data == {"errors": {"request": ["Cette adresse n'est pas publique."]}}


def test_the_api_only_reads(catalogue, client):
    for address in ("/api/v1/levers/", "/api/v1/levers/fir/", "/api/v1/agencies/", "/api/v1/matches/"):
        answer = client.post(address)
        assert answer.status_code == 405, address
        assert answer.json() == {"errors": {"method": ["Lecture seule : utilisez GET."]}}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for addresses in BY_LINK.values() for address in addresses])
def test_a_link_that_was_never_given_opens_nothing(address, client):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_nothing_is_at_the_mailbox_outside_the_demonstration(client):
    assert client.get("/demonstration/messages/").status_code == 404
