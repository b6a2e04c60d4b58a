"""The sign-ins of the demonstration: real, repeatable, and never in production."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.models import User

SIGN_IN = re.compile(
    r"adresse +(\S+)\s+mot de passe +(\S+)\s+second facteur +(\d{6}) \(.*\)\s+codes de secours +(\d{8})"
)


def said() -> str:
    out = StringIO()
    call_command("demo_users", stdout=out)
    return out.getvalue()


def printed() -> dict[str, str]:
    return {email: password for email, password, _, _ in SIGN_IN.findall(said())}


@pytest.mark.django_db
def test_each_sign_in_that_is_printed_works_in_the_admin(client):
    signs = SIGN_IN.findall(said())
    assert {sign[0] for sign in signs} == {"admin@demonstration.invalid", "curation@demonstration.invalid"}
    for email, password, *codes in signs:
        for code in codes:
            asked = client.post(reverse("account_login"), {"login": email, "password": password})
            assert asked.headers["Location"] == reverse("mfa_authenticate")
            assert client.get(reverse("admin:levers_lever_changelist")).status_code == 302
            assert client.post(asked.headers["Location"], {"code": code}).status_code == 302
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
