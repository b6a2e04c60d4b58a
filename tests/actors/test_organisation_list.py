"""The list of my organisations: mine and no other, at a fixed price."""

import pytest

from tests.actors.conftest import page_of
from tests.pages.reading import link, visit
from tests.people_factories import make_organisation

LIST = "/compte/organismes/"


def test_somebody_signed_in_sees_their_organisations_and_no_other(organisation, applicant, client):
    make_organisation(name="Clinique d'à côté")
    client.force_login(applicant)
    main = visit(client, LIST).one("main")
    assert link(main, "Résidence des Tilleuls")["href"] == page_of(organisation)
    assert "Clinique" not in main.text
    assert "Gère les membres" in main.text
    assert "Peut déposer" in main.text


def test_whoever_neither_manages_nor_deposits_is_told_so(organisation, colleague, client):
    client.force_login(colleague)
    main = visit(client, LIST).one("main")
    assert "Prépare sans déposer" in main.text
    assert "Gère les membres" not in main.text


def test_without_any_the_page_says_what_to_do(stranger, client):
    client.force_login(stranger)
    main = visit(client, LIST).one("main")
    assert "Vous ne faites partie d'aucun organisme" in main.text
    assert link(main, "Ajouter un organisme")["href"] == "/compte/organismes/nouveau/"


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_base_three_questions(size, applicant, client, django_assert_num_queries):
    for _ in range(size):
        make_organisation(applicant)
    client.force_login(applicant)
    with django_assert_num_queries(3):  # the session, the person, the memberships with what they name
        page = visit(client, LIST)
    assert len(page.one("main").all("li", "portal-door")) == size
