"""A session that ends while somebody writes: what they typed comes back, from our own pages only, and is kept nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Section
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}
TEXT = "Une première ligne\nUne <b>seconde</b>"


@pytest.fixture
def idea(dossier) -> str:
    return reverse("project-section", args=[dossier.project.public_id, "idea"])


def test_what_somebody_signed_out_typed_is_given_back(client, idea):
    answer = client.post(idea, {"need": TEXT, "scale": "local"}, headers=OURS)
    page = read(answer)
    assert answer.status_code == 403
    assert page.one("h1").text == "Rien n'est perdu, mais rien n'est enregistré"
    form = page.one("main").one("form", method="post")
    assert form["action"] == idea
    assert {one["name"]: one.children[0].strip("\n") for one in form.all("textarea")} == {
        "need": TEXT,
        "scale": "local",
    }
    assert page.one("main").all("a")[0]["href"] == f"/compte/connexion/?next={idea}"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not Section.objects.exists()


def test_sent_again_once_signed_in_it_is_saved(client, idea, applicant):
    page = read(client.post(idea, {"need": TEXT}, headers=OURS))
    client.force_login(applicant)
    again = {one["name"]: one.children[0].removeprefix("\n") for one in page.one("main").all("textarea")}
    assert client.post(idea, again).status_code == 302
    assert Section.objects.get(key="idea").answers == {"need": TEXT}


def test_a_form_whose_protection_is_too_old_is_given_back_as_well(idea, applicant):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(applicant)
    answer = strict.post(idea, {"need": TEXT, "csrfmiddlewaretoken": "vieux"}, headers=OURS)
    page = read(answer)
    assert answer.status_code == 403
    assert "Envoyer à nouveau" in page.text
    names = [one["name"] for one in page.one("main").all("textarea")]
    assert names == ["need"]
    token = page.one("main").one("input", name="csrfmiddlewaretoken")["value"]
    assert strict.post(idea, {"need": TEXT, "csrfmiddlewaretoken": token}, headers=OURS).status_code == 302


@pytest.mark.parametrize(
    "sender", [{}, {"Origin": "https://autre.invalid"}, {"Origin": "null"}, {"Referer": "https://autre.invalid/"}]
)
def test_what_another_site_sends_is_not_offered_again(sender, client, idea):
    answer = client.post(idea, {"need": "Envoyez ceci"}, headers=sender)
    assert answer.status_code == 302
    assert "Envoyez ceci" not in answer.content.decode()


def test_elsewhere_the_page_is_the_usual_one(client):
    answer = Client(enforce_csrf_checks=True).post("/compte/connexion/", {"password": "un secret"}, headers=OURS)
    assert "un secret" not in answer.content.decode()


@pytest.mark.parametrize(("strict", "status"), [(False, 401), (True, 403)])
def test_a_script_is_told_in_json_and_nothing_is_sent_back(strict, status, idea):
    client = Client(enforce_csrf_checks=strict)
    answer = client.post(idea, {"need": TEXT}, headers={"X-Saves-By-Itself": "1"})
    assert answer.status_code == status
    assert answer.json() == {"saved": False, "sign_in": f"/compte/connexion/?next={idea}"}


def test_reading_a_page_signed_out_leads_to_the_usual_door(client, idea):
    assert client.get(idea).headers["Location"] == f"/compte/connexion/?next={idea}"
