"""What becomes of the searches that somebody kept, when their account closes."""

import pytest

from actors.models import Post
from projects.models import SavedView
from projects.retention.accounts import close_account, close_agent_account
from tests.dossier_factories import NOW, make_officer
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(db):
    """An officer of the agency of Guadeloupe, whose account closes."""
    return make_officer(make_agency_body())


def make_view(owner, name: str, body=None) -> SavedView:
    """A search of late dossiers under a name."""
    return SavedView.objects.create(owner=owner, name=name, query="standing=late", body=body, created_at=NOW)


def kept() -> list[tuple]:
    """Who owns what."""
    return list(SavedView.objects.values_list("owner", "name", "body"))


def test_what_the_team_shares_goes_to_a_head_and_the_rest_is_erased(leaving):
    body = make_agency_body()
    make_officer(body)
    head = make_officer(body, Post.Role.HEAD)
    make_view(leaving, "À moi")
    make_view(leaving, "À nous", body)
    close_agent_account(leaving, NOW)
    assert kept() == [(head.pk, "À nous", body.pk)]


def test_an_officer_takes_over_where_there_is_no_head(leaving):
    make_officer(make_agency_body("76"), Post.Role.HEAD)
    make_officer(make_agency_body(), Post.Role.LEGAL)
    officer = make_officer(make_agency_body())
    make_view(leaving, "À nous", make_agency_body())
    close_agent_account(leaving, NOW)
    assert kept() == [(officer.pk, "À nous", make_agency_body().pk)]


def test_a_view_that_nobody_is_left_to_share_is_erased(leaving):
    gone = make_officer(make_agency_body(), Post.Role.HEAD)
    gone.is_active = False
    gone.save()
    make_view(leaving, "À nous", make_agency_body())
    close_agent_account(leaving, NOW)
    assert kept() == []


@pytest.mark.parametrize("name", ["Retards", "x" * 80])
def test_a_name_that_the_heir_uses_gets_a_rank_and_nothing_is_lost(leaving, name):
    body = make_agency_body()
    head = make_officer(body, Post.Role.HEAD)
    make_view(head, name)
    make_view(head, f"{name[:74]} (2)")
    make_view(leaving, name, body)
    close_agent_account(leaving, NOW)
    assert {one[1] for one in kept()} == {name, f"{name[:74]} (2)", f"{name[:74]} (3)"}


def test_an_account_that_goes_takes_its_own_views_with_it(stranger):
    make_view(stranger, "À moi")
    close_account(stranger, NOW)
    assert kept() == []
