"""Accepting: the holder of the address, with a button, once; any other link opens nothing and says what to do."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from actors import actions
from actors.actions import CLOSED, Rights
from actors.models import Membership, OrganisationInvitation
from tests import factories
from tests.actors.conftest import GUEST, links_sent, page_of
from tests.actors.racing import race
from tests.pages.reading import visit
from tests.people_factories import BEGUN, make_invitation, make_organisation


@pytest.fixture
def link(organisation, applicant) -> str:
    """The link of an invitation that was just sent, with the right to deposit."""
    rights = Rights(may_deposit=True, mandate="Délégation du 3 mars 2026")
    actions.invite(organisation, GUEST, rights, by=applicant, now=timezone.now())
    return links_sent()[0]


def test_a_visitor_signs_in_and_comes_back_to_the_link(link, client):
    answer = client.get(link)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={link}")


def test_opening_the_link_shows_what_it_gives_and_changes_nothing(link, guest, client):
    client.force_login(guest)
    main = visit(client, link).one("main")
    assert main.one("h1").text == "Rejoindre « Résidence des Tilleuls » ?"
    assert "Peut déposer" in main.text
    assert "Délégation du 3 mars 2026" in main.text
    assert not Membership.objects.filter(user=guest).exists()


def test_pressing_the_button_makes_a_member_with_what_was_given(link, organisation, guest, client):
    client.force_login(guest)
    answer = client.post(link)
    assert answer.headers["Location"] == page_of(organisation)
    own = Membership.objects.get(user=guest)
    assert (own.may_manage, own.may_deposit, own.mandate) == (False, True, "Délégation du 3 mars 2026")
    assert "Vous faites maintenant partie" in visit(client, page_of(organisation)).text


def test_pressing_twice_makes_one_member_and_both_lead_to_the_organisation(link, organisation, guest, client):
    client.force_login(guest)
    assert [client.post(link).headers["Location"] for _ in range(2)] == [page_of(organisation)] * 2
    assert client.get(link).headers["Location"] == page_of(organisation)
    assert Membership.objects.filter(user=guest).count() == 1


def test_another_site_cannot_accept_for_somebody(link, guest):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(guest)
    assert careful.post(link).status_code == 403
    assert not Membership.objects.filter(user=guest).exists()


def test_the_link_forwarded_to_somebody_else_opens_nothing_and_names_nobody(link, stranger, client):
    client.force_login(stranger)
    page = visit(client, link, status=403)
    assert page.one("h1").text == "Cette invitation est pour une autre adresse"
    assert stranger.email in page.one("main").text
    assert not any(secret in page.text for secret in ("Tilleuls", GUEST))
    client.post(link)
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize(("verified", "status"), [(True, 200), (False, 403)])
def test_another_address_of_the_account_opens_the_link_once_it_is_verified(verified, status, link, stranger, client):
    EmailAddress.objects.create(user=stranger, email=GUEST, verified=verified)
    client.force_login(stranger)
    visit(client, link, status=status)
    client.post(link)
    assert Membership.objects.filter(user=stranger).exists() == verified


CLOSED_LINKS = [
    ({"accepted_at": BEGUN}, "Cette invitation a déjà été acceptée", "demandez une nouvelle invitation"),
    ({"revoked_at": BEGUN}, "Cette invitation a été retirée ou renvoyée", "message le plus récent"),
    ({"expires_at": BEGUN}, "Cette invitation a expiré", "de la renvoyer"),
]


@pytest.mark.parametrize(("fields", "title", "remedy"), CLOSED_LINKS)
def test_a_closed_link_opens_nothing_and_says_what_to_do(fields, title, remedy, organisation, guest, client):
    later = {"expires_at": timezone.now() + timedelta(days=1)}
    make_invitation(organisation, GUEST, token="jeton-ancien", **later | fields)
    client.force_login(guest)
    address = "/compte/organismes/invitation/jeton-ancien/"
    page = visit(client, address, status=410)
    assert page.one("h1").text == title
    assert remedy in page.one("main").text
    assert "Tilleuls" not in page.text
    refused = client.post(address, follow=True)
    assert refused.status_code == 410
    assert not Membership.objects.filter(user=guest).exists()


@pytest.mark.parametrize("changed", [lambda token: token[:-1], lambda token: token + "a", lambda token: "é" * 3000])
def test_an_altered_link_opens_nothing(changed, link, guest, client):
    token = link.split("/")[-2]
    client.force_login(guest)
    altered = link.replace(token, changed(token))
    page = visit(client, altered, status=404)
    assert page.one("h1").text == "Ce lien n'ouvre rien"
    assert client.post(altered).status_code == 404
    assert not Membership.objects.filter(user=guest).exists()


def test_what_is_kept_of_the_secret_opens_nothing(link, guest, client):
    client.force_login(guest)
    kept = OrganisationInvitation.objects.get().token_digest
    assert client.get(f"/compte/organismes/invitation/{kept}/").status_code == 404


def test_a_member_taken_out_does_not_come_back_by_the_same_link(link, organisation, applicant, guest, client):
    client.force_login(guest)
    client.post(link)
    actions.remove(organisation, Membership.objects.get(user=guest).pk, by=applicant)
    assert client.post(link, follow=True).status_code == 410
    assert not Membership.objects.filter(user=guest).exists()


def test_a_member_already_there_loses_nothing_and_receives_what_is_added(organisation, guest):
    before = organisation.memberships.create(user=guest, may_manage=True, since=BEGUN)
    row = make_invitation(organisation, GUEST, may_deposit=True, mandate="Délégation")
    actions.accept(row, guest, BEGUN)
    before.refresh_from_db()
    assert (before.may_manage, before.may_deposit, before.mandate) == (True, True, "Délégation")


def test_no_page_of_an_invitation_is_kept_by_a_cache(link, guest, client):
    client.force_login(guest)
    assert client.get(link).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("taken_back", [False, True])
def test_accepting_at_once_from_two_windows_and_while_it_is_taken_back(taken_back):
    manager, guest = factories.make_user(), factories.make_user(GUEST)
    organisation = make_organisation(manager)
    for _ in range(5):
        row = make_invitation(organisation, GUEST)
        clicks = [lambda row=row: actions.accept(row, guest, BEGUN)] * 2
        if taken_back:
            clicks.append(lambda row=row: actions.revoke(organisation, row.pk, by=manager, now=BEGUN))
        answers = race(*clicks)
        joined = organisation.memberships.filter(user=guest)
        row.refresh_from_db()
        if row.revoked_at:
            assert (answers, joined.count(), row.accepted_at) == ([CLOSED, CLOSED, "ok"], 0, None)
        else:
            assert (answers, joined.count()) == (["ok", "ok", CLOSED][: len(clicks)], 1)
        joined.delete()
