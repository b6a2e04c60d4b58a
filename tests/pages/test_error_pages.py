"""When something goes wrong: in French, nobody is blamed, and there is a way on."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.pages.reading import link, read, visit

FAILING = pytest.mark.urls("tests.pages.failing_urls")


def ways_on(page) -> set[str]:
    return {anchor["href"] for anchor in page.one("main").all("a")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/nulle-part/", "/leviers/nulle-part/", "/leviers/fir/fiche.exe", "/../etc/passwd"]
)
def test_an_address_that_does_not_exist_helps_to_find_another(address, client):
    page = visit(client, address, status=404)
    assert page.one("h1").text == "Cette page n'existe pas"
    assert {"/leviers/", "/diagnostic/", "/plan-du-site/", "/"} <= ways_on(page)
    assert page.one("main").one("form", role="search")["action"] == "/leviers/"
    assert page.one("title").text == "Page introuvable · Portail APIST"


@pytest.mark.django_db
def test_a_missing_slash_is_forgiven(client):
    assert client.get("/leviers?q=fir").headers["Location"] == "/leviers/?q=fir"


@FAILING
@pytest.mark.django_db
def test_a_refusal_tells_a_visitor_to_sign_in(client):
    page = visit(client, "/refus/", status=403)
    assert page.one("h1").text == "Cette page ne vous est pas ouverte"
    assert link(page.one("main"), "Connectez-vous")["href"] == "/compte/connexion/"
    assert "/leviers/" in ways_on(page)


@FAILING
def test_a_refusal_tells_somebody_signed_in_who_they_are(client, stranger):
    client.force_login(stranger)
    page = visit(client, "/refus/", status=403)
    assert "Vous êtes connecté en tant que" in page.one("main").text
    assert str(stranger) in page.one("main").text


@FAILING
def test_a_breakdown_is_told_without_the_database_and_without_its_detail():
    client = Client(raise_request_exception=False)  # no database: pytest refuses it to this test
    page = visit(client, "/panne/", status=500)
    assert page.one("h1").text == "Une erreur est survenue de notre côté"
    assert ways_on(page) == {"/", "/leviers/"}
    assert "secret detail" not in page.text
    assert "Traceback" not in page.text


@FAILING
def test_the_page_of_a_breakdown_is_dressed_by_files_that_exist():
    page = visit(Client(raise_request_exception=False), "/panne/", status=500)
    files = [sheet["href"] for sheet in page.all("link")]
    assert files == ["/static/img/favicon.svg", "/static/dsfr/portal.css"]
    assert all(finders.find(file.removeprefix("/static/")) for file in files)


@pytest.mark.django_db
def test_a_form_sent_too_late_says_that_nothing_was_saved_and_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/compte/connexion/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    page = read(answer)
    assert page.one("h1").text == "Votre envoi n'a pas pu être pris en compte"
    assert "rien n'a été enregistré" in page.text
    assert len(page.one("main").one("ol").all("li")) == 3
    assert {"/compte/connexion/", "/leviers/", "/"} <= ways_on(page)


@pytest.mark.django_db
def test_an_unknown_host_is_refused():
    assert Client().get("/", headers={"host": "autre.exemple.fr"}).status_code == 400


@pytest.mark.django_db
def test_somebody_signed_in_is_told_that_their_account_may_not_open_the_page(client, applicant):
    assert "votre compte" not in visit(client, "/nulle-part/", status=404).text
    client.force_login(applicant)
    assert "ne l'ouvre pas" in visit(client, "/nulle-part/", status=404).text
