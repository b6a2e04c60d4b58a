"""What an applicant reads between the signature of a decision and its notification: that it is being prepared."""

import pytest

from actors.models import Post
from tests.deciding.builders import REFUSAL, fir_dossier, make_agent, signed
from tests.dossier_factories import drive
from tests.people_factories import make_agency_body, make_organisation

pytestmark = pytest.mark.django_db
HIDDEN = ("Signer la décision", "Attester la vérification", "est arrêté", "Personne legal", "Personne director")


@pytest.fixture
def people():
    body = make_agency_body()
    return {role: make_agent(role, body) for role in (Post.Role.OFFICER, Post.Role.DIRECTOR, Post.Role.LEGAL)}


def read(client, dossier) -> str:
    return client.get(f"/dossiers/{dossier.reference}/").content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("given", [{}, REFUSAL], ids=["a grant", "a refusal"])
def test_neither_the_signature_nor_its_sense_is_known_before_the_notification(client, applicant, people, given):
    body = people[Post.Role.OFFICER].posts.get().body
    dossier = fir_dossier(applicant, make_organisation(applicant), body, people)
    signed(dossier, people, **given)
    client.force_login(applicant)
    page = read(client, dossier)
    assert [words for words in HIDDEN if words in page] == []
    assert page.count("Nouvelle étape : « Décision en préparation »") == 1
    assert "Étape suivante :</span> Accordé, si la décision est favorable" in page
    assert "Le délai court depuis" in page


def test_once_notified_the_page_says_when_the_delay_stopped(client, applicant, people):
    body = people[Post.Role.OFFICER].posts.get().body
    dossier = fir_dossier(applicant, make_organisation(applicant), body, people)
    signed(dossier, people)
    drive(dossier, "notify-grant", people[Post.Role.OFFICER])
    client.force_login(applicant)
    page = read(client, dossier)
    assert "Le délai a couru" in page
    assert "si la décision est favorable" not in page
