"""The sign-ins of the demonstration: real, repeatable, and never in production."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actors.models import Body, Membership, Organisation, OrganisationInvitation, Post, User
from apist.demo_people import AGENCY_ROLES, BODIES, PEOPLE, REGIONS
from projects.access import holdings_of
from projects.channels import current_place
from projects.procedures.catalogue import LATEST

SIGN_IN = re.compile(
    r"adresse +(\S+)\s+mot de passe +(\S+)(?:\s+second facteur +(\d{6}) \(.*\)\s+codes de secours +(\d{8}))?"
)
ADMIN_PAGES = ("admin@demonstration.invalid", "curation@demonstration.invalid")


def printed() -> dict[str, tuple[str, str]]:
    """By address, the password and a recovery code, empty for who needs no second factor."""
    out = StringIO()
    call_command("demo_users", stdout=out)
    return {email: (password, code) for email, password, _, code in SIGN_IN.findall(out.getvalue())}


@pytest.fixture
def signs(catalogue) -> dict[str, tuple[str, str]]:
    """The addresses, the passwords and the second factors that the command prints over the real content."""
    return printed()


def test_every_person_of_the_demonstration_is_printed_and_signs_in(signs, client):
    assert set(signs) == {person.email for person in PEOPLE}
    for email, (password, code) in signs.items():
        asked = client.post(reverse("account_login"), {"login": email, "password": password})
        assert asked.status_code == 302
        agent = Post.objects.filter(user__email=email).exists() or email in ADMIN_PAGES
        assert bool(code) == agent, email
        if agent:
            assert asked.headers["Location"] == reverse("mfa_authenticate")
            assert client.post(asked.headers["Location"], {"code": code}).status_code == 302
        sees_content = client.get(reverse("admin:levers_lever_changelist")).status_code == 200
        assert sees_content == (email in ADMIN_PAGES), email
        client.logout()


def test_an_agency_of_the_demonstration_can_commit_delegate_and_publish_its_data(signs):
    printed()
    body = Body.objects.get(agency__region__code="01")
    assert body.siret
    assert body.envelopes.filter(lever__slug="fir").count() == 2
    delegation = body.signature_delegations.get()
    delegation.full_clean()
    assert [lever.slug for lever in delegation.levers.all()] == ["fir"]


def test_the_agencies_of_the_demonstration_receive_dossiers_here(signs):
    body = Body.objects.get(agency__region__code="76")
    found = current_place(LATEST["fir"], call_id=None, body=body, region=body.region, on=timezone.localdate())
    assert found.is_here


def test_the_people_the_bodies_and_the_organisations_are_valid_and_nowhere(signs):
    for row in [*Organisation.objects.all(), *Body.objects.all(), *Post.objects.all()]:
        row.full_clean()
    assert all(email.endswith(".invalid") for email in User.objects.values_list("email", flat=True))
    numbers = Organisation.objects.exclude(siret="").values_list("siret", flat=True)
    assert [number for number in numbers if not number.startswith("0000000")] == []  # INSEE gives none that begins so


def test_each_agency_has_each_of_its_roles_and_each_other_body_somebody(signs):
    for code in REGIONS:
        roles = set(Post.objects.filter(body__agency__region__code=code).values_list("role", flat=True))
        assert roles >= set(AGENCY_ROLES)
    kinds = set(Post.objects.current(timezone.localdate()).values_list("body__kind", flat=True))
    assert kinds == set(Body.Kind.values)
    assert set(Body.objects.values_list("code", flat=True)) == {body.code for body in BODIES}


def test_an_officer_holds_the_dossiers_of_one_agency_and_of_no_other(signs):
    officer = User.objects.get(email="instruction.guadeloupe@demonstration.invalid")
    held = holdings_of(officer, timezone.now())
    assert held.of("officer_bodies") == {Body.objects.get(agency__region__code="01").pk}
    assert not held.of("head_bodies") | held.of("organisations")


@pytest.mark.parametrize("word", ["hopital", "ehpad", "infirmiere", "entreprise", "association"])
def test_each_applicant_manages_one_organisation_and_may_deposit_for_it(word, signs):
    own = Membership.objects.get(user__email=f"{word}@demonstration.invalid")
    assert (own.may_manage, own.may_deposit) == (True, True)
    assert own.mandate


def test_the_curator_has_the_content_and_not_the_people(signs):
    curator = User.objects.get(email="curation@demonstration.invalid")
    assert not curator.is_superuser
    assert all(curator.has_perm(f"levers.{verb}_criterion") for verb in ("view", "add", "change", "delete"))
    assert curator.has_perm("actors.change_source")
    assert curator.has_perm("projects.change_experiment")
    assert {name for name in curator.get_all_permissions() if "alert" in name} == {"levers.view_alert"}
    assert not any("historical" in permission for permission in curator.get_all_permissions())


@pytest.mark.parametrize("model", [User, Organisation, Membership, OrganisationInvitation, Body, Post])
def test_the_curator_has_no_right_on_people_nor_on_where_they_sit(model, signs):
    curator = User.objects.get(email="curation@demonstration.invalid")
    names = {f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in ("view", "add", "change", "delete")}
    assert names & curator.get_all_permissions() == set()


def test_of_the_projects_the_curator_has_the_register_and_the_places_of_deposit(signs):
    curator = User.objects.get(email="curation@demonstration.invalid")
    assert {name.split("_")[1] for name in curator.get_all_permissions() if name.startswith("projects.")} == {
        "act", "adoption", "discrepancy", "experiment", "feedback", "lettertemplate", "participant", "phase", "target", "twin",
    }  # fmt: skip


def test_running_again_changes_the_passwords_and_adds_nobody(signs):
    before = [model.objects.count() for model in (User, Body, Post, Organisation, Membership)]
    again = printed()
    assert again.keys() == signs.keys()
    assert all(again[email][0] != signs[email][0] for email in signs)
    assert [model.objects.count() for model in (User, Body, Post, Organisation, Membership)] == before
    assert User.objects.get(email="admin@demonstration.invalid").check_password(again["admin@demonstration.invalid"][0])


def test_running_again_puts_back_what_a_visitor_changed(signs):
    part = Membership.objects.get(user__email="hopital@demonstration.invalid")
    Membership.objects.filter(pk=part.pk).update(may_manage=False, may_deposit=False)
    Post.objects.update(until=timezone.localdate())
    printed()
    part.refresh_from_db()
    assert (part.may_manage, part.may_deposit) == (True, True)
    assert not Post.objects.exclude(until=None).exists()


@pytest.mark.django_db
def test_without_the_content_it_says_what_to_load_first():
    with pytest.raises(CommandError, match="load_fixtures"):
        printed()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_production_refuses(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="Refusé en production"):
        call_command("demo_users")
    assert not User.objects.exists()
