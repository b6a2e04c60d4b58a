"""Administrations, posts and organisations in the admin: for the administration of the portal alone, in French."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Body, Membership, Post
from tests import factories
from tests.pages.reading import visit
from tests.people_factories import make_agency_body, make_body, make_organisation, make_post

MODELS = ("body", "post", "organisation")


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_curators_have_no_hand_on_who_sits_where_nor_on_organisations(name, page, client, curator):
    client.force_login(curator)
    assert client.get(reverse(f"admin:actors_{name}_{page}")).status_code == 403


def test_the_administration_gives_a_post_and_ends_it(admin_client, officer):
    body = make_agency_body()
    said = {"user": officer.pk, "body": body.pk, "role": "officer", "since": "05/01/2026", "until": ""}
    assert admin_client.post(reverse("admin:actors_post_add"), said).status_code == 302
    post = Post.objects.get()
    assert (post.user, post.body, post.since, post.until) == (officer, body, date(2026, 1, 5), None)
    page = reverse("admin:actors_post_change", args=[post.pk])
    assert admin_client.post(page, said | {"until": "31/01/2026"}).status_code == 302
    assert not Post.objects.current(date(2026, 2, 1)).exists()


def test_a_post_does_not_end_before_it_begins(admin_client, officer):
    said = {"user": officer.pk, "body": make_agency_body().pk, "role": "officer", "since": "05/01/2026"}
    answer = admin_client.post(reverse("admin:actors_post_add"), said | {"until": "04/01/2026"})
    assert answer.status_code == 200
    assert not Post.objects.exists()


@pytest.mark.parametrize("name", ["post", "organisation"])
def test_posts_and_organisations_are_not_deleted_here(name, admin_client):
    row = {"post": make_post, "organisation": make_organisation}[name]()
    assert admin_client.post(reverse(f"admin:actors_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("kind", "missing"), [("agency", "agency"), ("department", "department"), ("grades", "region"), ("dgos", "")]
)
def test_an_administration_says_where_it_is_where_it_has_a_place(kind, missing, admin_client):
    answer = admin_client.post(reverse("admin:actors_body_add"), {"code": "une", "name": "Une", "kind": kind})
    assert Body.objects.exists() == (not missing)
    if missing:
        assert list(answer.context["adminform"].form.errors) == [missing]


def test_an_organisation_is_looked_at_with_its_members_and_not_changed(admin_client, applicant):
    organisation = make_organisation(applicant, name="Résidence")
    page = reverse("admin:actors_organisation_change", args=[organisation.pk])
    assert applicant.full_name in visit(admin_client, page).text
    assert admin_client.post(page, {"name": "Autre"}).status_code == 403
    assert admin_client.get(reverse("admin:actors_organisation_add")).status_code == 403
    organisation.refresh_from_db()
    assert organisation.name == "Résidence"
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("chosen", "kept"), [("en-poste", {"En poste"}), ("autres", {"Parti"}), ("", {"En poste", "Parti"})]
)
def test_posts_are_filtered_by_whether_they_are_held_today(chosen, kept, admin_client):
    today = timezone.localdate()
    make_post(user=factories.make_user(full_name="En poste"), until=today)
    make_post(user=factories.make_user(full_name="Parti"), until=date(2025, 1, 1))
    answer = admin_client.get(reverse("admin:actors_post_changelist"), {"aujourd-hui": chosen} if chosen else {})
    assert {str(post.user) for post in answer.context["cl"].queryset} == kept


def bodies(size: int) -> None:
    for number in range(size):
        make_body("grades", region=factories.make_region(code=f"{number:02d}"))


def posts(size: int) -> None:
    for _ in range(size):
        make_post(body=make_body())


def organisations(size: int) -> None:
    for number in range(size):
        region = factories.make_region(code=f"{number:02d}")
        make_organisation(region=region, actor_type=factories.make_actor_type(f"type-{number}"))


@pytest.mark.parametrize(
    ("name", "build", "queries"), [("body", bodies, 7), ("post", posts, 7), ("organisation", organisations, 10)]
)
@pytest.mark.parametrize("size", [1, 30])
def test_each_list_asks_the_base_the_same_at_any_size(
    size, name, build, queries, admin_client, django_assert_num_queries
):
    build(size)
    with django_assert_num_queries(queries):
        answer = admin_client.get(reverse(f"admin:actors_{name}_changelist"))
    assert len(answer.context["cl"].result_list) == size


@pytest.mark.parametrize("name", MODELS)
def test_lists_and_forms_are_in_french(name, admin_client, applicant):
    row = {"body": make_agency_body, "post": make_post, "organisation": lambda: make_organisation(applicant)}[name]()
    for address in (f"admin:actors_{name}_changelist", f"admin:actors_{name}_change"):
        page = visit(admin_client, reverse(address, args=[row.pk] if address.endswith("change") else []))
        words = page.one("main").text.lower().replace(":", " ").split()
        assert not {"user", "body", "agency", "department", "region", "members", "role", "since"} & set(words)
