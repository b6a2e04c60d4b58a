"""My projects and dossiers: whose turn, until when, what is missing; as many questions to the base for one as for thirty."""

import pytest
from django.urls import reverse

from projects.models import Adoption, OpinionRequest
from tests import factories, people_factories
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_project
from tests.pages.reading import visit

pytestmark = pytest.mark.django_db


def test_without_any_project_the_page_leads_to_the_diagnostic(mine):
    page = visit(mine, "/dossiers/")
    assert "Vous n'avez pas encore de projet" in page.text
    assert "/diagnostic/" in {one["href"] for one in page.one("main").all("a")}


def test_a_draft_says_what_is_missing_each_a_link_to_the_question(mine, dossier):
    page = visit(mine, "/dossiers/")
    assert "Il manque 6 réponses ou pièces" in page.text
    links = {one["href"] for one in page.one("main").all("a")}
    assert f"/dossiers/{dossier.reference}/section/idea/#id_need" in links
    assert f"/dossiers/{dossier.reference}/section/meeting/#id_purposes" in links
    assert "À vous d'agir" in page.text


def test_a_deposited_dossier_says_whose_turn_it_is_and_until_when(mine, dossier, applicant):
    drive(fill(dossier), "deposit", applicant)
    text = visit(mine, "/dossiers/").text
    assert "À l'agence d'agir , jusqu'au 13 décembre 2026" in text
    assert "Il manque" not in text


def test_a_draft_for_a_call_says_until_when_and_when_it_is_over(mine, applicant):
    call = factories.make_call(events=[("opening", "2026-01-01"), ("closing", "2026-02-01", "12:00")])
    make_dossier(applicant, call=call)
    text = visit(mine, "/dossiers/").text
    assert "1 février 2026" in text or "1er février 2026" in text
    assert "Le dépôt est terminé." in text


def test_where_it_is_deposited_is_said(mine, dossier):
    assert "Se dépose ici" in visit(mine, "/dossiers/").text
    Adoption.objects.create(procedure_key="first-contact", channel="external", valid_from="2026-01-01")
    assert "Se dépose ailleurs" in visit(mine, "/dossiers/").text


def test_the_projects_of_my_organisation_are_mine_and_those_of_others_are_not(client, applicant):
    organisation = people_factories.make_organisation()
    colleague = people_factories.make_membership(organisation, may_deposit=False).user
    ours = make_dossier(applicant, organisation=organisation)
    theirs = make_dossier(factories.make_user())
    client.force_login(colleague)
    text = visit(client, "/dossiers/").text
    assert ours.project.title in text
    assert theirs.project.title not in text
    assert theirs.reference not in text


def test_as_many_questions_to_the_base_for_one_project_as_for_thirty(mine, applicant, django_assert_num_queries):
    def one():
        call = factories.make_call(events=[("closing", "2027-02-01")])
        dossier = make_dossier(applicant, call=call, lever=factories.make_lever())
        fill(dossier)
        make_dossier(applicant, project=dossier.project)

    one()
    mine.get("/dossiers/")
    with django_assert_num_queries(19):
        mine.get("/dossiers/")
    for _ in range(29):
        one()
    with django_assert_num_queries(19):
        assert mine.get("/dossiers/").status_code == 200


def test_twenty_projects_a_page(mine, applicant):
    for _ in range(21):
        make_project(applicant)
    assert len(visit(mine, "/dossiers/").one("main").all("h2")) == 20
    assert len(visit(mine, "/dossiers/?page=2").one("main").all("h2")) == 1
    assert len(visit(mine, "/dossiers/?page=jamais").one("main").all("h2")) == 20


def test_the_page_of_a_project_asks_as_much_of_the_base_for_one_dossier_as_for_ten(
    mine, dossier, applicant, django_assert_num_queries
):
    address = reverse("project", args=[dossier.project.public_id])
    mine.get(address)
    with django_assert_num_queries(16):
        mine.get(address)
    for _ in range(9):
        make_dossier(applicant, project=dossier.project, lever=factories.make_lever())
    with django_assert_num_queries(16):
        mine.get(address)


def test_what_is_entrusted_by_name_is_found_without_a_post(client, dossier):
    person = factories.make_user()
    client.force_login(person)
    assert "Ce qu'on vous confie" not in visit(client, "/dossiers/").text
    given = {"question": "Utile ?", "due_on": NOW.date(), "asked_at": NOW, "capacity": "expert", "user": person}
    OpinionRequest.objects.create(dossier=dossier, **given)
    page = visit(client, "/dossiers/")
    assert "Ce qu'on vous confie" in page.text
    assert "/instruction/avis/" in {one["href"] for one in page.one("main").all("a")}
