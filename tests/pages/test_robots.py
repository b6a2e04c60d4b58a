"""What search engines are told, and what each page says of itself to them."""

import pytest

from tests.pages.addresses import READ
from tests.pages.reading import visit

KEPT_APART = ("/admin/", "/alertes/", "/compte/", "/diagnostic/resultats/")
BY_LINK = "/avis/"
"""Reached by a personal link alone: named to no robot, and each page says that it is not to be listed."""


def test_accounts_and_results_are_not_for_search_engines(client, db):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == ["User-agent: *", *(f"Disallow: {path}" for path in KEPT_APART)]


@pytest.mark.parametrize("address", [address for address in READ if not address.startswith((*KEPT_APART, BY_LINK))])
def test_a_page_for_search_engines_describes_itself(address, catalogue, client):
    page = visit(client, address)
    assert len(page.one("meta", name="description")["content"]) > 50
    assert page.all("meta", name="robots") == []
    assert page.one("html")["lang"] == "fr"


def test_what_is_reached_by_a_personal_link_is_listed_nowhere(client, db):
    page = visit(client, "/avis/merci/")
    assert page.one("meta", name="robots")["content"] == "noindex"
