"""Accounts made before addresses were confirmed, and those made from the server."""

from importlib import import_module
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command

from actors.models import User
from apist.accounts import must_have_second_factor
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_migration_confirms_the_addresses_of_before_and_touches_no_other(applicant):
    EmailAddress.objects.update(verified=False)
    old = User.objects.create_user("Ancien@Exemple.invalid")
    import_module("apist.migrations.0003_confirmed_addresses").confirm(apps, None)
    assert EmailAddress.objects.get(user=old).verified
    assert EmailAddress.objects.get(user=old).primary
    assert not EmailAddress.objects.get(user=applicant).verified


def test_createsuperuser_makes_an_account_that_opens_and_asks_for_a_second_factor(client, monkeypatch, sign_in, who):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", factories.PASSWORD)
    call_command("createsuperuser", email="Racine@exemple.invalid", interactive=False, stdout=StringIO())
    user = User.objects.get()
    assert must_have_second_factor(user)
    sign_in(user)
    assert client.get("/admin/").headers["Location"] == "/compte/double-authentification/"


def test_an_account_made_in_the_admin_confirms_its_address_when_it_first_signs_in(admin_client, client, sign_in, who):
    typed = {"email": "agent@exemple.invalid", "usable_password": "true"}
    password = dict.fromkeys(("password1", "password2"), factories.PASSWORD)
    assert admin_client.post("/admin/actors/user/add/", typed | password).status_code == 302
    assert sign_in(User.objects.get(email="agent@exemple.invalid")).headers["Location"] == (
        "/compte/confirmer-mon-adresse/"
    )
    assert who() == ""


def test_an_account_that_was_closed_says_so_to_whoever_knows_the_password(client, sign_in):
    user = factories.make_user("parti@exemple.invalid", is_active=False)
    assert sign_in(user).headers["Location"] == "/compte/ferme/"


def test_secrets_and_confirmed_addresses_are_not_in_the_admin(admin_client):
    for address in (
        "account/emailaddress",
        "mfa/authenticator",
        "socialaccount/socialapp",
        "socialaccount/socialtoken",
    ):
        assert admin_client.get(f"/admin/{address}/").status_code == 404
