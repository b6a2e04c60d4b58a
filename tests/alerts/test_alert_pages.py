"""The pages of alerts: what they show, to whom, and that opening one changes nothing."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from actors.models import ActorType
from apist.delivery import deliver_due
from levers.alerts import subscribing
from levers.alerts.links import token_of
from levers.alerts.subscribing import ask
from levers.models import Alert
from tests.alerts.conftest import ADA, page_of, path_of
from tests.pages.reading import fields, link, read, visit

NEW = "/alertes/nouvelle/"
SEARCH = "?region=76&actor_type=ehpad&status=open"


def send(client, address: str = NEW, **said):
    return client.post(address, said)


def last_mail() -> str:
    deliver_due(timezone.now())
    return mail.outbox[-1].body


@pytest.fixture
def asked(catalogue) -> Alert:
    """An alert that waits for its confirmation."""
    ask(ADA, "region=76&actor_type=ehpad", "daily", timezone.now())
    return Alert.objects.get()


@pytest.fixture
def alert(asked, client) -> Alert:
    """An alert that was confirmed from its page."""
    client.post(page_of(asked, "confirmer/"))
    asked.refresh_from_db()
    return asked


# --- Asking -----------------------------------------------------------------


def test_the_form_says_in_words_what_will_be_watched_and_what_will_not(catalogue, client):
    page = visit(client, NEW + SEARCH)
    assert [item.text for item in page.one("main").one("ul", "portal-list").all("li")] == [
        "Région : Occitanie",
        f"Type d'acteur : {ActorType.objects.get(slug='ehpad').label}",
    ]
    assert "ne tient pas compte de la situation (ouvert, à venir, fermé) ni de la période" in page.one("main").text
    assert link(page.one("main"), "Revenir aux appels")["href"] == f"/appels/{SEARCH}"


def test_without_a_filter_all_the_calls_are_watched(catalogue, client):
    main = visit(client, NEW).one("main")
    assert "Tous les appels, sans filtre" in main.text
    assert "ne tient pas compte" not in main.text


def test_the_form_that_is_shown_can_be_sent_as_it_is(catalogue, client):
    form = visit(client, NEW + SEARCH).one("main").one("form")
    said = dict(fields(form)) | {"email": ADA}
    assert client.post(form["action"], said).headers["Location"] == "/alertes/envoyee/"
    alert = Alert.objects.get()
    assert (alert.email, alert.query, alert.frequency) == (ADA, "region=76&actor_type=ehpad", "daily")


def test_a_search_with_a_filter_that_does_not_exist_is_explained(catalogue, client):
    page = visit(client, f"{NEW}?region=zz", status=400)
    assert page.one("h1").text == "Cette recherche ne peut pas être suivie"
    assert link(page.one("main"), "Corriger les filtres")["href"] == "/appels/?region=zz"
    assert send(client, f"{NEW}?region=zz", email=ADA, frequency="daily").status_code == 400
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"email": "pas une adresse", "frequency": "daily"}, ["email"]),
        ({"email": "", "frequency": ""}, ["email", "frequency"]),
        ({"email": f"{'a' * 250}@exemple.invalid", "frequency": "daily"}, ["email"]),
        ({"email": "a@exemple.invalid\nBcc: b@exemple.invalid", "frequency": "daily"}, ["email"]),
        ({"email": ADA, "frequency": "hourly"}, ["frequency"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_sent(said, names, catalogue, client):
    page = read(send(client, NEW + SEARCH, **said))
    assert page.one("title").text.startswith("Erreur : ")
    summary = page.one("div", "fr-alert--error")
    assert [anchor["href"].removeprefix("#id_") for anchor in summary.all("a")] == names
    assert not Alert.objects.exists()


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(alert, client):
    known = send(client, NEW + SEARCH, email=ADA, frequency="daily")
    unknown = send(client, NEW + SEARCH, email="inconnue@exemple.invalid", frequency="daily")
    too_often = [send(client, NEW + SEARCH, email=ADA, frequency="daily") for _ in range(4)][-1]
    answers = {(a.status_code, a.headers["Location"], str(a.cookies), a.content) for a in (known, unknown, too_often)}
    assert len(answers) == 1


def test_when_too_many_are_asked_for_the_page_says_so(catalogue, client, monkeypatch):
    monkeypatch.setattr(subscribing, "CONFIRMATIONS_AN_HOUR", 0)
    page = read(send(client, NEW, email=ADA, frequency="daily"))
    assert "réessayez dans une heure" in page.one("div", "fr-alert--error").text
    assert page.one("input", name="email")["value"] == ADA
    assert not Alert.objects.exists()


def test_another_site_cannot_ask_for_somebody(catalogue):
    answer = Client(enforce_csrf_checks=True).post(NEW, {"email": ADA, "frequency": "daily"})
    assert answer.status_code == 403
    assert not Alert.objects.exists()


# --- The journey of the links -----------------------------------------------


def test_from_the_mail_to_the_alert_and_to_its_end(catalogue, client):
    send(client, NEW + SEARCH, email=ADA, frequency="weekly")
    address = path_of(re.search(r"http://localhost:8000/\S+/confirmer/", last_mail())[0])

    page = visit(client, address)
    assert page.one("h1").text == "Confirmer votre alerte"
    assert Alert.objects.get().state == "waiting", "mail scanners open links"
    confirmed = client.post(address, dict(fields(page.one("main").one("form"))), follow=True)
    page = read(confirmed)
    assert page.one("h1").text == "Votre alerte est en cours"
    assert Alert.objects.get().state == "active"
    assert client.get(address).headers["Location"] == confirmed.request["PATH_INFO"], "a second click shows it"

    (chosen,) = [value for name, value in fields(page.one("main").one("form")) if name == "frequency"]
    assert chosen == "weekly"
    client.post(confirmed.request["PATH_INFO"], {"frequency": "daily"})
    assert Alert.objects.get().frequency == "daily"

    stop = link(page.one("main"), "Arrêter l'alerte")["href"]
    page = visit(client, stop)
    assert Alert.objects.exists(), "opening the page stops nothing"
    ended = client.post(stop, dict(fields(page.one("main").one("form"))))
    assert ended.headers["Location"] == "/alertes/arretee/"
    assert not Alert.objects.exists()
    assert "Cette alerte n'existe plus" in visit(client, stop, status=404).one("h1").text


def test_an_alert_that_waits_leads_to_its_confirmation(asked, client):
    assert client.get(page_of(asked)).headers["Location"] == page_of(asked, "confirmer/")


def test_a_wrong_frequency_changes_nothing(alert, client):
    page = read(client.post(page_of(alert), {"frequency": "hourly"}))
    assert page.one("title").text.startswith("Erreur : ")
    alert.refresh_from_db()
    assert alert.frequency == "daily"


@pytest.mark.parametrize("name", ["", "confirmer/", "arreter/"])
def test_a_page_of_an_alert_is_kept_by_nobody_and_listed_nowhere(name, alert, client):
    answer = client.get(page_of(alert, name))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert ADA not in answer.content.decode(), "whoever finds the link does not learn whose it is"


@pytest.mark.parametrize("name", ["", "confirmer/", "arreter/"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_link_that_is_wrong_opens_nothing(method, name, alert, client):
    token = token_of(alert)
    for wrong in (token[:-1], token.upper(), "x", f"{token}x"):
        assert getattr(client, method)(f"/alertes/{wrong}/{name}").status_code == 404
    assert Alert.objects.exists()


def test_another_site_cannot_confirm_change_or_stop(asked):
    stranger = Client(enforce_csrf_checks=True)
    for name in ("", "confirmer/", "arreter/"):
        assert stranger.post(page_of(asked, name), {"frequency": "weekly"}).status_code in (302, 403)
    asked.refresh_from_db()
    assert (asked.state, asked.frequency) == ("waiting", "daily")


# --- The one click of a mail reader (RFC 8058) ------------------------------

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def reader() -> Client:
    """A mail reader: no cookie, no page opened before."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_one_click_in_the_mail_reader_stops_the_alert(kind, alert, reader):
    address = page_of(alert, "arreter/")
    if kind == "form":
        said = "List-Unsubscribe=One-Click"
        answer = reader.post(address, said, content_type="application/x-www-form-urlencoded")
    else:
        answer = reader.post(address, ONE_CLICK)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert not Alert.objects.exists()


def test_the_click_may_come_twice(alert, reader):
    address = page_of(alert, "arreter/")
    assert [reader.post(address, ONE_CLICK).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"List-Unsubscribe": "one-click"},
        {"List-Unsubscribe": ["One-Click", "One-Click"]},
        ONE_CLICK | {"autre": "chose"},
        {"list-unsubscribe": "One-Click"},
    ],
)
def test_any_other_body_needs_the_page(said, alert, reader):
    assert reader.post(page_of(alert, "arreter/"), said).status_code == 403
    assert Alert.objects.exists()


@pytest.mark.parametrize("name", ["", "confirmer/"])
def test_the_click_is_understood_at_its_own_address_alone(name, alert, reader):
    assert reader.post(page_of(alert, name), ONE_CLICK).status_code in (302, 403)
    assert Alert.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_nothing_but_a_form_that_is_sent_stops_an_alert(method, alert, reader):
    getattr(reader, method)(page_of(alert, "arreter/"), ONE_CLICK)
    assert Alert.objects.exists()
