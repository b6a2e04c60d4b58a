"""What the portal tells browsers: nothing from elsewhere, nothing inline, no cookie without need."""

import itertools
import re

import pytest

from tests.pages.addresses import DATA, FORMS, PAGES, PASSWORD_PAGES, READ
from tests.pages.reading import visit

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
FIRST = [addresses[0] for addresses in (PAGES | PASSWORD_PAGES | DATA).values()]


@pytest.mark.parametrize(
    "address", ["/", "/diagnostic/resultats/", "/api/v1/matches/", "/admin/login/", "/nulle-part/"]
)
def test_the_policy_lets_nothing_in_but_our_own_files(address, catalogue, client):
    answer = client.get(address)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "Content-Security-Policy-Report-Only" not in answer.headers


def test_the_policy_holds_in_the_admin(catalogue, admin_client):
    for address in ("/admin/", "/admin/levers/criterion/", "/admin/levers/lever/1/change/"):
        answer = admin_client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("address", ["/", "/leviers.csv", "/api/v1/levers/", "/admin/login/", "/nulle-part/"])
def test_browsers_neither_guess_nor_frame_nor_tell(address, catalogue, client):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", READ)
def test_a_page_has_nothing_inline_and_loads_only_our_files(address, catalogue, client):
    page = visit(client, address)
    assert page.all("style") == []
    assert [str(script) for script in page.all("script") if not script.get("src") or script.text] == []
    assert [str(element) for element in page if element.get("style") is not None] == []
    events = [str(element) for element in page if any(name.startswith("on") for name in element.attributes)]
    assert events == []
    loaded = [element.get("src") for element in page if element.get("src")]
    loaded += [element["href"] for element in page.all("link") if element["rel"] != "alternate"]  # offered, not loaded
    assert [file for file in loaded if not file.startswith("/static/")] == []
    assert [anchor for anchor in page.all("a") if (anchor.get("href") or "").startswith("javascript:")] == []


@pytest.mark.parametrize("address", FIRST)
def test_reading_sets_no_cookie(address, catalogue, client):
    assert dict(client.get(address).cookies) == {}


@pytest.mark.parametrize("address", [addresses[0] for addresses in FORMS.values()])
def test_a_form_that_is_sent_sets_the_one_cookie_that_protects_it(address, db, client):
    cookies = client.get(address).cookies
    assert list(cookies) == ["csrftoken"]
    assert cookies["csrftoken"]["httponly"]
    assert cookies["csrftoken"]["samesite"] == "Lax"


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts(applicant, client):
    client.post("/compte/connexion/", {"login": applicant.email, "password": "mot-de-passe-de-test"})
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize("address", READ)
def test_a_page_is_built_so_that_everybody_can_read_it(address, catalogue, client):
    """What a machine can tell without a browser; axe tells the rest in the journeys."""
    page = visit(client, address)
    assert page.one("html")["lang"] == "fr"
    assert re.fullmatch(r".{4,} · Portail APIST", page.one("head").one("title").text)
    assert len(page.all("h1")) == 1
    levels = [int(element.tag[1]) for element in page.one("main") if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert len(page.all("main")) == 1
    identifiers = [element["id"] for element in page if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    described = [name for element in page for name in (element.get("aria-describedby") or "").split()]
    assert [name for name in described if name not in identifiers] == []
    labelled = {label["for"] for label in page.all("label")}
    labelled |= {e["id"] for e in page if e.get("id") and e.get("aria-labelledby") in identifiers}
    controls = [c for tag in ("input", "select", "textarea") for c in page.all(tag) if c.get("type") != "hidden"]
    assert [str(c) for c in controls if c.get("id") not in labelled and c.get("hidden") is None] == []
    assert [str(a) for a in page.all("a") if a.get("href") and not a.text] == []
    assert [str(b) for b in page.all("button") if not b.text] == []


def test_titles_of_pages_are_all_different(catalogue, client):
    titles = [
        visit(client, addresses[0]).one("head").one("title").text
        for addresses in (PAGES | FORMS | PASSWORD_PAGES).values()
    ]
    assert len(titles) == len(set(titles))
