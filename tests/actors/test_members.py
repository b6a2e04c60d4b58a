"""What members may do: said by those who manage, of whom one always remains."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors import actions
from actors.actions import GONE, LAST_MANAGER, NOT_A_MANAGER, Rights
from actors.models import Membership
from tests import factories
from tests.actors.conftest import page_of
from tests.actors.racing import race
from tests.pages.reading import fields, read, visit
from tests.people_factories import BEGUN, make_membership, make_organisation


@pytest.fixture
def own(organisation, applicant) -> Membership:
    """Return the part of the one who manages."""
    return organisation.memberships.get(user=applicant)


@pytest.fixture
def other(organisation, colleague) -> Membership:
    """Return the part of the colleague who prepares."""
    return organisation.memberships.get(user=colleague)


def rights_of(member: Membership) -> tuple:
    member.refresh_from_db()
    return member.may_manage, member.may_deposit, member.mandate


def test_the_form_shows_what_a_member_may_do_and_saves_what_is_said(organisation, other, applicant, client):
    client.force_login(applicant)
    address = page_of(organisation, f"membres/{other.pk}/")
    form = visit(client, address).one("main").one("form")
    assert {"may_manage", "may_deposit"} & dict(fields(form)).keys() == set()
    assert client.post(address, {"may_deposit": "on", "mandate": "Délégation"}).headers["Location"] == page_of(
        organisation
    )
    assert rights_of(other) == (False, True, "Délégation")
    again = dict(fields(visit(client, address).one("main").one("form")))
    assert (again["may_deposit"], again["mandate"]) == ("on", "Délégation")


def test_the_right_to_deposit_says_where_it_comes_from(organisation, other, applicant, client):
    client.force_login(applicant)
    page = read(client.post(page_of(organisation, f"membres/{other.pk}/"), {"may_manage": "on", "may_deposit": "on"}))
    assert [a["href"] for a in page.one("div", "fr-alert--error").all("a")] == ["#id_mandate"]
    assert page.one("input", name="may_manage").get("checked") is not None
    assert rights_of(other) == (False, False, "")


def test_taking_every_right_back_sends_nothing_and_is_understood(organisation, applicant, client):
    member = make_membership(organisation, factories.make_user())
    client.force_login(applicant)
    client.post(page_of(organisation, f"membres/{member.pk}/"), {})
    assert rights_of(member) == (False, False, "")


def test_a_member_is_taken_out_after_a_question(organisation, other, applicant, colleague, client):
    client.force_login(applicant)
    address = page_of(organisation, f"membres/{other.pk}/retirer/")
    assert visit(client, address).one("h1").text == "Retirer Ange Collègue ?"
    assert organisation.memberships.count() == 2
    page = read(client.post(address, follow=True))
    assert "Ange Collègue ne fait plus partie" in page.one("div", "fr-alert--success").text
    client.force_login(colleague)
    assert client.get(page_of(organisation)).status_code == 404


def test_a_member_leaves_without_asking_anybody(organisation, colleague, client):
    client.force_login(colleague)
    assert visit(client, page_of(organisation, "quitter/")).one("h1").text == "Quitter « Résidence des Tilleuls » ?"
    page = read(client.post(page_of(organisation, "quitter/"), follow=True))
    assert "Vous ne faites plus partie" in page.one("div", "fr-alert--success").text
    assert not Membership.objects.filter(user=colleague).exists()


def test_the_last_who_manages_does_not_leave_and_is_told_what_to_do(organisation, own, client):
    client.force_login(own.user)
    page = read(client.post(page_of(organisation, "quitter/"), follow=True))
    assert LAST_MANAGER in page.one("div", "fr-alert--error").text
    page = read(client.post(page_of(organisation, f"membres/{own.pk}/"), {}))
    assert LAST_MANAGER in page.one("div", "fr-alert--error").text
    page = read(client.post(page_of(organisation, f"membres/{own.pk}/retirer/"), follow=True))
    assert LAST_MANAGER in page.one("div", "fr-alert--error").text
    assert rights_of(own) == (True, True, "Représentation légale")


def test_somebody_whose_account_is_closed_manages_nothing(organisation, own):
    closed = factories.make_user(is_active=False)
    make_membership(organisation, closed)
    with pytest.raises(ValidationError, match="toujours une personne"):
        actions.leave(organisation, own.user)


def test_the_last_who_manages_may_give_up_the_right_to_deposit(organisation, own):
    actions.set_rights(organisation, own.pk, Rights(may_manage=True), by=own.user)
    assert rights_of(own) == (True, False, "")


def test_somebody_taken_out_meanwhile_is_no_mistake_of_the_page(organisation, other, applicant):
    pk = other.pk
    actions.remove(organisation, pk, by=applicant)
    with pytest.raises(ValidationError, match=GONE):
        actions.remove(organisation, pk, by=applicant)
    actions.leave(organisation, other.user)  # twice is once


DOORS = {
    "change": lambda team, other, by: actions.change(team, team, by=by),
    "invite": lambda team, other, by: actions.invite(team, "a@exemple.invalid", Rights(), by=by, now=BEGUN),
    "resend": lambda team, other, by: actions.resend(team, 1, by=by, now=BEGUN),
    "revoke": lambda team, other, by: actions.revoke(team, 1, by=by, now=BEGUN),
    "set_rights": lambda team, other, by: actions.set_rights(team, other.pk, Rights(), by=by),
    "remove": lambda team, other, by: actions.remove(team, other.pk, by=by),
}


@pytest.mark.parametrize("name", DOORS)
def test_every_door_is_shut_to_whoever_does_not_manage(name, organisation, other, stranger):
    for by in (other.user, stranger):
        with pytest.raises(ValidationError, match=NOT_A_MANAGER):
            DOORS[name](organisation, other, by)
    assert organisation.memberships.count() == 2


steps = st.lists(
    st.tuples(st.sampled_from(["rights", "remove", "leave"]), st.integers(0, 2), st.integers(0, 2), st.booleans()),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps)
def test_whatever_is_done_somebody_always_manages(db, steps):
    people = [factories.make_user() for _ in range(3)]
    team = make_organisation(*people)
    for verb, actor, target, manages in steps:
        member = team.memberships.filter(user=people[target]).first()
        try:
            if verb == "leave":
                actions.leave(team, people[actor])
            elif member and verb == "remove":
                actions.remove(team, member.pk, by=people[actor])
            elif member:
                actions.set_rights(team, member.pk, Rights(may_manage=manages), by=people[actor])
        except ValidationError:
            pass
        assert team.memberships.filter(may_manage=True).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["leaves", "takes the other out", "takes the other's right"])
def test_of_the_last_two_who_manage_and_act_at_once_one_stays(how):
    for _ in range(5):
        people = [factories.make_user() for _ in range(2)]
        team = make_organisation(*people)
        first, second = (team.memberships.get(user=user) for user in people)
        answers = race(*(doing(how, team, *pair) for pair in ((first, second), (second, first))))
        assert answers.count("ok") == 1, answers
        assert team.memberships.filter(may_manage=True).count() == 1


def doing(how: str, team, own: Membership, other: Membership):
    """Return what one of two who manage does."""
    return {
        "leaves": lambda: actions.leave(team, own.user),
        "takes the other out": lambda: actions.remove(team, other.pk, by=own.user),
        "takes the other's right": lambda: actions.set_rights(team, other.pk, Rights(), by=own.user),
    }[how]
