"""The first page tells what waits for a person besides dossiers entrusted to them: signatures, opinions."""

from datetime import timedelta

import pytest

from actors.models import Body, Post
from apist.clock import now
from projects.engine.people import actor_of
from projects.opinions.asking import Asked, ask
from tests.deciding.builders import checked, fir_dossier, make_agent
from tests.dossier_factories import make_officer
from tests.people_factories import make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db
HOME = "/instruction/"


@pytest.fixture
def people():
    body = make_agency_body()
    return {role: make_agent(role, body) for role in (Post.Role.OFFICER, Post.Role.DIRECTOR, Post.Role.LEGAL)}


@pytest.fixture
def dossier(applicant, people):
    body = people[Post.Role.OFFICER].posts.get().body
    return fir_dossier(applicant, make_organisation(applicant), body, people)


def read(client, user) -> str:
    client.force_login(user)
    return client.get(HOME).content.decode()


def test_the_director_is_led_to_the_folder_once_something_waits_there(client, people, dossier):
    assert "Ouvrir le parapheur" not in read(client, people[Post.Role.DIRECTOR])
    checked(dossier, people)
    assert "1 dossier attend votre signature" in read(client, people[Post.Role.DIRECTOR])
    for role in (Post.Role.OFFICER, Post.Role.LEGAL):
        assert "Ouvrir le parapheur" not in read(client, people[role])


def test_whoever_is_asked_for_an_opinion_is_led_to_it(client, people, dossier):
    insurance = make_body(Body.Kind.INSURANCE, region=dossier.region)
    colleague = make_officer(insurance)
    assert "Voir les avis demandés" not in read(client, colleague)
    asked = Asked("Le besoin est-il établi ?", (now() + timedelta(days=20)).date(), body=insurance)
    ask(dossier.pk, asked, actor_of(people[Post.Role.OFFICER], now()), now())
    assert "1 avis vous est demandé." in read(client, colleague)
