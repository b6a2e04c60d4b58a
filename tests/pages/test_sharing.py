"""What caches may keep of the portal, for how long, and that nobody is ever shown something stale or somebody else's."""

from datetime import date
from gzip import decompress

import pytest
from django.conf import settings

from apist import sharing
from apist.sharing import HEAVY, PAGES, Pages
from levers.catalogue import forget_catalogue
from levers.models import Lever, Window
from tests import factories
from tests.pages.addresses import FORMS, PUBLIC

SHARED = [
    "/",
    "/leviers/",
    "/leviers/?nature=subvention",
    "/leviers/?q=ehpad",
    "/leviers/fir/",
    "/leviers.csv",
    "/sources/",
    "/statistiques/",
    "/diagnostic/",
    "/diagnostic/resultats/?actor_type=ehpad",
    "/api/v1/levers/",
    "/api/v1/levers/fir/",
    "/api/v1/agencies/",
    "/api/v1/matches/?actor_type=ehpad",
    "/commande-publique/",
    "/commande-publique/?amount=55000&buyer_type=other-public&on=2026-03-31",
    "/api/v1/procurement/?amount=55000&buyer_type=other-public&on=2026-06-01",
]
"""Addresses that show nothing but content."""

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start as a new process does."""
    PAGES.clear()
    forget_catalogue()


def on(monkeypatch, day: str) -> None:
    """Make it another day for everything that asks."""
    for module in ("apist.sharing", "levers.views.home", "levers.views.catalogue", "levers.views.sheet"):
        monkeypatch.setattr(f"{module}.today", lambda: date.fromisoformat(day))


def etag(answer) -> str:
    return answer.headers["ETag"]


# --- Shared caches ----------------------------------------------------------


@pytest.mark.parametrize("address", SHARED)
def test_a_shared_page_may_be_kept_and_must_be_asked_again(address, catalogue, client):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "HX-Request", "Accept-Encoding"} <= set(answer.headers["Vary"].split(", "))
    assert answer.cookies == {}
    again = client.get(address, headers={"If-None-Match": etag(answer)})
    assert (again.status_code, again.content) == (304, b"")
    assert etag(again) == etag(answer)
    assert again.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("address", SHARED)
def test_a_change_of_content_ends_what_was_kept(address, catalogue, client):
    seal = etag(client.get(address))
    Lever.objects.filter(slug="fir").update(summary="Tout autre chose.")
    answer = client.get(address, headers={"If-None-Match": seal})
    assert answer.status_code == 200
    assert etag(answer) != seal


@pytest.mark.parametrize("address", sorted({a for addresses in PUBLIC.values() for a in addresses}))
def test_an_answer_is_shared_or_closed_to_caches_nothing_between(address, catalogue, client):
    answer = client.get(address)
    rule = answer.headers["Cache-Control"]
    assert rule == "public, no-cache" if "ETag" in answer.headers else ("private" in rule and "no-store" in rule)


@pytest.mark.parametrize("address", [a for addresses in FORMS.values() for a in addresses])
def test_a_page_that_sets_a_cookie_is_closed(address, client, catalogue):
    answer = client.get(address)
    assert answer.cookies
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


def test_a_page_that_reports_a_search_sets_its_cookie_and_is_closed(catalogue, client):
    answer = client.get("/leviers/?q=xylophone")
    assert "csrftoken" in answer.cookies
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_seal_is_of_one_address_only(catalogue, client):
    seal = etag(client.get("/leviers/fir/"))
    assert client.get("/leviers/cpom/", headers={"If-None-Match": seal}).status_code == 200
    assert client.get("/leviers/?nature=subvention", headers={"If-None-Match": seal}).status_code == 200
    assert client.get("/leviers/fir/", headers={"If-None-Match": seal}).status_code == 304


@pytest.mark.parametrize(
    "seal", ["", "*", '"x"', 'W/"1.0.zz"', 'W/"' + "9" * 400 + '.0.0123456789abcdef01234567"', "é"]
)
def test_a_seal_that_is_not_ours_is_an_ordinary_request(seal, catalogue, client):
    assert client.get("/leviers/fir/", HTTP_IF_NONE_MATCH=seal).status_code == 200


def test_another_release_is_another_page(catalogue, client, monkeypatch):
    seal = etag(client.get("/leviers/fir/"))
    monkeypatch.setattr(sharing, "_release", lambda: b"another release")
    client.handler.load_middleware()
    assert client.get("/leviers/fir/", headers={"If-None-Match": seal}).status_code == 200


# --- Whole pages kept by the process ----------------------------------------


@pytest.mark.parametrize("address", ["/", "/leviers/", "/leviers/fir/", "/sources/", "/statistiques/"])
def test_a_kept_page_is_the_page_and_costs_one_query(address, catalogue, client, django_assert_num_queries):
    first = client.get(address)
    with django_assert_num_queries(1):
        kept = client.get(address)
    assert kept.content == first.content
    assert dict(kept.headers) == dict(first.headers)


def test_a_kept_page_shows_a_change_at_once(catalogue, client):
    for summary in ("Première phrase.", "Deuxième phrase."):
        Lever.objects.filter(slug="fir").update(summary=summary)
        for address in ("/leviers/", "/leviers/fir/"):
            for _ in range(2):
                assert summary in client.get(address).content.decode()


def test_a_kept_page_changes_on_the_day_a_status_does(db, client, monkeypatch):
    lever = factories.make_lever(slug="a", review_due=date(2099, 1, 1))
    factories.make_window(lever, kind=Window.Kind.CAMPAIGN, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 5))
    seals = {}
    for day, status in {"2026-05-20": "À venir", "2026-06-01": "Ouvert", "2026-06-06": "Fermé"}.items():
        on(monkeypatch, day)
        for address in ("/leviers/", "/leviers/a/"):
            seal = {"If-None-Match": seals.get(address, "")}
            answers = [client.get(address, headers=seal), client.get(address)]
            assert [status in answer.content.decode() for answer in answers] == [True, True]
            seals[address] = etag(answers[0])
    on(monkeypatch, "2030-01-01")
    assert client.get("/leviers/a/", headers={"If-None-Match": seals["/leviers/a/"]}).status_code == 304


def test_a_search_is_not_kept_whole(catalogue, client, django_assert_num_queries):
    client.get("/leviers/?q=ehpad")
    assert PAGES.get(("x",)) is None
    assert len(PAGES._answers) == 0


def test_kept_pages_are_bounded(client, catalogue):
    pages = Pages(limit=100_000)
    for number in range(10):
        pages.put((number,), "seal", client.get("/leviers/fir/"))
    kept = [number for number in range(10) if pages.get((number,))]
    assert kept == list(range(10 - len(kept), 10))
    assert 1 <= len(kept) <= 4


# --- Nobody else's page -----------------------------------------------------


@pytest.mark.parametrize("address", SHARED)
def test_a_page_for_somebody_signed_in_is_theirs(address, catalogue, client, applicant):
    shared = client.get(address)
    client.force_login(applicant)
    own = client.get(address, headers={"If-None-Match": etag(shared)})
    assert own.status_code == 200
    assert "ETag" not in own.headers
    assert own.headers["Cache-Control"] == "private, no-store"
    client.cookies.clear()
    anonymous = client.get(address)
    assert anonymous.content == shared.content
    assert applicant.full_name not in anonymous.content.decode()


def test_whoever_signs_in_first_leaves_nothing_to_the_next(catalogue, client, applicant):
    client.force_login(applicant)
    assert applicant.full_name in client.get("/leviers/").content.decode()
    client.cookies.clear()
    assert applicant.full_name not in client.get("/leviers/").content.decode()


def test_htmx_and_the_browser_do_not_get_each_other_s_page(catalogue, client):
    whole, part = client.get("/leviers/"), client.get("/leviers/", headers=HTMX)
    assert whole.content != part.content
    assert client.get("/leviers/").content == whole.content
    assert client.get("/leviers/", headers=HTMX).content == part.content
    assert client.get("/leviers/", headers={"If-None-Match": etag(part)}).status_code == 200
    assert client.get("/leviers/", headers={**HTMX, "If-None-Match": etag(part)}).status_code == 304


def test_compressed_and_plain_answers_are_not_mixed(catalogue, client):
    plain = client.get("/leviers/")
    packed = client.get("/leviers/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert decompress(packed.content) == plain.content
    assert len(packed.content) < 10_000
    assert client.get("/leviers/").content == plain.content


def test_a_host_that_is_not_ours_gets_nothing_of_what_is_kept(catalogue, client):
    client.get("/leviers/")
    assert client.get("/leviers/", headers={"Host": "ailleurs.example"}).status_code == 400


def test_messages_are_for_the_one_they_speak_to(catalogue, client):
    client.get("/leviers/")
    client.cookies["messages"] = "x"
    assert "ETag" not in client.get("/leviers/").headers


def test_a_form_sent_is_never_answered_from_what_is_kept(catalogue, client):
    client.get("/leviers/")
    assert client.post("/leviers/").status_code == 405


def test_a_page_of_the_admin_is_closed(catalogue, client, curator):
    client.force_login(curator)
    answer = client.get("/admin/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert settings.SESSION_COOKIE_NAME in client.cookies


def test_health_does_not_ask_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").headers["Cache-Control"] == "private, no-store"


def test_a_heavy_answer_does_not_chase_the_pages(db, client):
    for _ in range(60):
        factories.make_call(
            title="x" * 200, summary="y" * 260, events=[("opening", f"2026-01-{day:02d}") for day in range(1, 8)]
        )
    page = client.get("/appels/").headers["ETag"]
    kept = dict(PAGES._answers)
    assert len(client.get("/appels.ics").content) > HEAVY
    assert dict(PAGES._answers) == kept
    assert client.get("/appels/").headers["ETag"] == page
