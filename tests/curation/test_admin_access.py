"""Who may do what in the admin."""

import pytest
from django.urls import reverse

from actors.models import User
from apist.accounts import recovery_codes
from tests import factories

LEVERS = "admin:levers_lever_changelist"
USERS = "admin:actors_user_changelist"
CONTENT = [
    *(f"actors_{name}" for name in ("source", "region", "department", "agency", "actortype")),
    *(f"levers_{name}" for name in ("category", "lever", "criterion", "path", "amount", "step")),
    *(f"projects_{name}" for name in ("experiment", "participant", "phase", "feedback")),
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["admin:index", LEVERS, "admin:levers_lever_export", "admin:levers_criterion_add"])
def test_an_anonymous_visitor_is_asked_to_sign_in(name, client):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].split("?")[0] in (reverse("admin:login"), reverse("account_login"))


@pytest.mark.parametrize("name", ["admin:index", LEVERS, USERS, "admin:levers_lever_export"])
def test_somebody_who_is_not_staff_sees_nothing(name, client, stranger):
    client.force_login(stranger)
    answer = client.get(reverse(name))
    assert answer.status_code in (302, 403)


@pytest.mark.parametrize("name", CONTENT)
def test_a_curator_lists_and_adds_content(name, client, curator):
    client.force_login(curator)
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{name}_add")).status_code == 200


@pytest.mark.parametrize("name", [USERS, "admin:actors_user_add", "admin:auth_group_changelist"])
def test_a_curator_has_no_hand_on_people(name, client, curator):
    client.force_login(curator)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.django_db
def test_staff_without_rights_sees_no_content(client):
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse(LEVERS)).status_code == 403
    assert client.get(reverse("admin:levers_lever_export")).status_code == 403


def test_signing_in_takes_the_address_in_any_case(client, curator):
    data = {"login": "Curation@Exemple.invalid", "password": factories.PASSWORD}
    answer = client.post(reverse("account_login"), data)
    assert answer["Location"] == reverse("mfa_authenticate")
    client.post(answer["Location"], {"code": recovery_codes(curator)[0]})
    assert client.get(reverse(LEVERS)).status_code == 200


def test_an_administrator_creates_an_account_from_an_address(admin_client):
    page = admin_client.get(reverse("admin:actors_user_add"))
    assert page.status_code == 200
    password = "une-longue-phrase-de-passe"
    data = {"email": "Nouvelle@Exemple.invalid", "full_name": "Nouvelle", "usable_password": "true"}
    answer = admin_client.post(reverse("admin:actors_user_add"), data | {"password1": password, "password2": password})
    assert answer.status_code == 302
    user = User.objects.get(email="nouvelle@exemple.invalid")
    assert user.check_password(password)
    assert not user.is_staff
    assert admin_client.get(reverse("admin:actors_user_change", args=[user.pk])).status_code == 200


def test_an_address_is_taken_once_whatever_its_case(admin_client, stranger):
    data = {"email": stranger.email.upper(), "usable_password": "false"}
    answer = admin_client.post(reverse("admin:actors_user_add"), data)
    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors


def test_the_admin_says_where_one_is(client, curator):
    client.force_login(curator)
    assert "Portail APIST — curation" in client.get(reverse("admin:index")).content.decode()


def test_a_published_lever_links_to_its_public_sheet(client, curator):
    client.force_login(curator)
    lever = factories.make_lever()
    page = client.get(reverse("admin:levers_lever_change", args=[lever.pk])).content.decode()
    assert f'href="{reverse("lever-detail", args=[lever.slug])}" class="viewsitelink"' in page
