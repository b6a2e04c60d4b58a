"""The sign-ins of the demonstration: real, repeatable, and never in production."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.models import User

SIGN_IN = re.compile(r"adresse +(\S+)\s+mot de passe +(\S+)")


def printed() -> dict[str, str]:
    said = StringIO()
    call_command("demo_users", stdout=said)
    return dict(SIGN_IN.findall(said.getvalue()))


@pytest.mark.django_db
def test_each_sign_in_that_is_printed_works_in_the_admin(client):
    signs = printed()
    assert set(signs) == {"admin@demonstration.invalid", "curation@demonstration.invalid"}
    for email, password in signs.items():
        assert client.post(reverse("account_login"), {"username": email, "password": password}).status_code == 302
        assert client.get(reverse("admin:levers_lever_changelist")).status_code == 200
        client.logout()


@pytest.mark.django_db
def test_the_curator_has_the_content_and_not_the_people():
    printed()
    curator = User.objects.get(email="curation@demonstration.invalid")
    assert not curator.is_superuser
    assert all(curator.has_perm(f"levers.{verb}_criterion") for verb in ("view", "add", "change", "delete"))
    assert curator.has_perm("actors.change_source")
    assert not any(curator.has_perm(f"actors.{verb}_user") for verb in ("view", "add", "change", "delete"))
    assert not any("historical" in permission for permission in curator.get_all_permissions())
    assert {permission.partition(".")[0] for permission in curator.get_all_permissions()} == {
        "actors",
        "levers",
        "projects",
    }


@pytest.mark.django_db
def test_running_again_changes_the_passwords_and_adds_nobody():
    first, second = printed(), printed()
    assert first.keys() == second.keys()
    assert all(first[email] != second[email] for email in first)
    assert User.objects.count() == 2
    assert User.objects.get(email="admin@demonstration.invalid").check_password(second["admin@demonstration.invalid"])


@pytest.mark.django_db
def test_production_refuses(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="Refusé en production"):
        call_command("demo_users")
    assert not User.objects.exists()
