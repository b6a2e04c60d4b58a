"""Searches that are kept: an address under a name, for oneself or for one team."""

import pytest

from actors.models import Post
from projects.models import SavedView
from tests.dossier_factories import make_officer
from tests.instruction.conftest import deposited
from tests.instruction.test_home_and_list import HOME, LIST
from tests.people_factories import make_agency_body

VIEWS = "/instruction/vues/"


def keep(client, name: str = "Mes retards", query: str = "standing=late", body: str = ""):
    answer = client.post(VIEWS, {"name": name, "query": query, "body": body})
    if answer.status_code == 302:
        client.get(VIEWS)  # which reads the message: the next page is about something else
    return answer


@pytest.fixture
def colleague(db):
    """Another officer of the same agency."""
    return make_officer(make_agency_body())


@pytest.fixture
def shared(client, of_the_region) -> SavedView:
    """A view that the agency shares."""
    client.force_login(of_the_region)
    keep(client, "Retards de l'équipe", body=str(make_agency_body().pk))
    return SavedView.objects.get()


def test_a_view_leads_back_to_its_search_and_is_named_where_one_works(client, of_the_region):
    client.force_login(of_the_region)
    answer = keep(client, query="page=3&standing=late&inconnu=1&q=&standing=late")
    assert answer.headers["Location"] == f"{LIST}?standing=late"
    for address in (HOME, LIST, VIEWS):
        assert f'href="{LIST}?standing=late"' in client.get(address).content.decode()


def test_one_s_own_view_is_seen_by_nobody_else(client, of_the_region, colleague):
    client.force_login(of_the_region)
    keep(client)
    client.force_login(colleague)
    assert "Mes retards" not in client.get(VIEWS).content.decode()
    assert client.get(f"{VIEWS}{SavedView.objects.get().pk}/").status_code == 404


def test_a_shared_view_is_seen_by_the_team_and_not_by_another_agency(client, shared, colleague, of_another_region):
    for who, expected in ((colleague, True), (of_another_region, False)):
        client.force_login(who)
        for address in (HOME, LIST, VIEWS):
            assert ("Retards de l&#x27;équipe" in client.get(address).content.decode()) is expected, address


def test_a_colleague_opens_a_shared_view_and_does_not_change_it(client, shared, colleague):
    client.force_login(colleague)
    address = f"{VIEWS}{shared.pk}/"
    assert client.post(address, {"name": "Autre", "body": ""}).status_code == 404
    assert client.post(f"{address}retirer/").status_code == 404
    shared.refresh_from_db()
    assert shared.name == "Retards de l'équipe"


def test_a_head_of_the_team_may_remove_what_it_shares(client, shared, head, db):
    client.force_login(head)
    assert client.post(f"{VIEWS}{shared.pk}/retirer/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_shared_and_kept_for_oneself_again(client, of_the_region):
    client.force_login(of_the_region)
    keep(client)
    view, body = SavedView.objects.get(), make_agency_body()
    for name, sent, kept in (("Équipe", str(body.pk), body.pk), ("À moi", "", None)):
        assert client.post(f"{VIEWS}{view.pk}/", {"name": name, "body": sent}).status_code == 302
        view.refresh_from_db()
        assert (view.name, view.body_id, view.query) == (name, kept, "standing=late")


def test_a_view_is_shared_with_one_s_own_teams_alone(client, of_the_region):
    client.force_login(of_the_region)
    assert keep(client, body=str(make_agency_body("76").pk)).status_code == 200
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(("name", "words"), [("", "Donnez un nom à cette vue."), ("Mes retards", "déjà une vue")])
def test_a_name_is_asked_for_and_used_once(name, words, client, of_the_region):
    client.force_login(of_the_region)
    keep(client)
    answer = keep(client, name, query="standing=new")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert words in html
    assert 'value="standing=new"' in html
    assert SavedView.objects.count() == 1


def test_a_search_too_long_for_an_address_is_said(client, of_the_region):
    client.force_login(of_the_region)
    answer = keep(client, query="&".join(f"label=etiquette-{rank}" for rank in range(200)))
    assert "trop de choix" in answer.content.decode()


def test_what_a_name_holds_is_never_html(client, of_the_region):
    client.force_login(of_the_region)
    keep(client, "<script>alert(1)</script>", "q=%3Cscript%3E")
    for address in (HOME, LIST, VIEWS):
        assert "<script>alert" not in client.get(address).content.decode()


def test_each_reads_a_shared_view_with_their_own_rights(client, shared, applicant, tried, colleague, of_another_region):
    dossier = deposited(applicant, tried)
    address = f"{LIST}?{shared.query.replace('standing=late', 'procedure=tried')}"
    for who, expected in ((colleague, True), (of_another_region, False)):
        client.force_login(who)
        assert (dossier.reference in client.get(address).content.decode()) is expected


@pytest.mark.parametrize("who", ["stranger", "applicant", "content_curator"])
def test_whoever_does_not_instruct_finds_no_page(who, client, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(VIEWS).status_code == 404
    assert keep(client).status_code == 404


def test_a_post_that_is_over_closes_the_team_s_views(client, shared, colleague):
    Post.objects.filter(user=colleague).update(until="2021-01-01")
    make_agency_body("76").posts.create(user=colleague, role=Post.Role.OFFICER, since="2020-01-01")
    client.force_login(colleague)
    assert "Retards de l" not in client.get(VIEWS).content.decode()
