"""What waits for whom: the numbers of the first page, and the lists that show as many."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Post
from projects.models import Assignment, Dossier
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.instruction.conftest import TITLE, deposited, leaks
from tests.people_factories import make_agency_body, make_organisation

HOME, LIST = "/instruction/", "/instruction/dossiers/"
HOME_QUERIES, LIST_QUERIES = 20, 22
STANDINGS = ("me", "mine", "late", "new", "others", "unowned")


@pytest.fixture
def moment():
    """The present, since pages ask the clock."""
    return timezone.now()


@pytest.fixture
def desk(applicant, of_the_region, tried, moment) -> dict[str, Dossier]:
    """One dossier in each situation, and one of another region, one that is a draft, one that is over."""

    def sent(days: int, **fields) -> Dossier:
        at = moment - timedelta(days=days)
        one = fill(make_dossier(applicant, tried, at=at, **fields), at=at)
        drive(one, "deposit", applicant, at)
        return one

    waiting, late, recent, elsewhere = sent(30), sent(90), sent(2), sent(30, body=make_agency_body("76"))
    theirs, over = sent(30), sent(100)
    drive(theirs, "ask", of_the_region, moment - timedelta(days=20), answer_by="2030-01-01")
    drive(over, "grant", make_officer(make_agency_body(), Post.Role.DIRECTOR), moment - timedelta(days=80))
    draft = make_dossier(applicant, tried)
    Assignment.objects.create(dossier=waiting, user=of_the_region, role="lead", since=moment - timedelta(days=29))
    return {
        "waiting": waiting, "late": late, "recent": recent, "elsewhere": elsewhere, "theirs": theirs, "over": over,
        "draft": draft,
    }  # fmt: skip


def shown(client, query: str = "") -> set[str]:
    """Return the references that the list shows."""
    html = client.get(f"{LIST}?{query}").content.decode()
    return set(re.findall(r'href="/instruction/([0-9A-Z]{8})/"', html))


def names(desk, *keys: str) -> set[str]:
    return {desk[key].reference for key in keys}


EXPECTED = {
    "standing=me": ("waiting",),
    "standing=unowned": ("late", "theirs", "over"),
    "standing=mine": ("waiting", "late", "recent"),
    "standing=late": ("late",),
    "standing=new": ("recent",),
    "standing=others": ("theirs", "over"),
    "standing=late&standing=mine": ("late",),
    "macro=review": ("waiting", "late", "recent"),
    "macro=review&macro=to-complete": ("waiting", "late", "recent", "theirs"),
    "turn=applicant": ("theirs",),
    "procedure=tried": ("waiting", "late", "recent", "theirs", "over"),
    "procedure=first-contact": (),
    "macro=inconnu": (),
    "lever=inconnu": (),
    "sort=deposited": ("waiting", "late", "recent", "theirs", "over"),
    "sort=inconnu": ("waiting", "late", "recent", "theirs", "over"),
    "": ("waiting", "late", "recent", "theirs", "over"),
}


@pytest.mark.parametrize("query", EXPECTED)
def test_the_list_keeps_what_the_address_asks_for(query, client, desk, of_the_region):
    client.force_login(of_the_region)
    assert shown(client, query) == names(desk, *EXPECTED[query])


def test_each_number_of_the_first_page_is_what_its_list_shows(client, desk, of_the_region):
    client.force_login(of_the_region)
    tiles = client.get(HOME).context["tiles"]
    assert [tile.address.rpartition("=")[2] for tile in tiles] == list(STANDINGS)
    assert [tile.total for tile in tiles] == [len(shown(client, f"standing={one}")) for one in STANDINGS]
    assert all(tile.total for tile in tiles)


def test_the_text_looks_into_references_titles_and_organisations(client, applicant, of_the_region, tried):
    one = deposited(applicant, tried, organisation=make_organisation(name="EHPAD des Fougères"))
    other = fill(make_dossier(applicant, tried))
    drive(other, "deposit", applicant)
    client.force_login(of_the_region)
    for text in (one.reference, one.reference.lower(), TITLE[:8], "Fougères"):
        assert shown(client, f"q={text}") == {one.reference}
    assert shown(client, "q=%00") == {one.reference, other.reference}
    assert shown(client, "q=introuvable") == set()


def test_facets_of_levers_and_calls_go_by_their_slugs(client, catalogue, applicant, of_the_region, tried):
    lever = catalogue["fir"]
    one = fill(make_dossier(applicant, tried, lever=lever))
    drive(one, "deposit", applicant)
    deposited(applicant, tried)
    client.force_login(of_the_region)
    assert shown(client, "lever=fir") == {one.reference}
    assert shown(client, "lever=fir&lever=article-51") == {one.reference}
    assert shown(client, "lever=article-51") == set()


@pytest.mark.parametrize("who", ["stranger", "applicant", "content_curator"])
@pytest.mark.parametrize("address", [HOME, LIST, "/instruction/saisir/"])
def test_whoever_has_no_post_that_judges_finds_no_page(who, address, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(address)
    assert answer.status_code == 404
    assert leaks(answer.content.decode()) == []


@pytest.mark.parametrize("address", [HOME, LIST])
def test_another_region_sees_nothing_of_it(address, client, dossier, of_another_region):
    client.force_login(of_another_region)
    html = client.get(address).content.decode()
    assert leaks(html) == []
    assert dossier.reference not in html


def test_an_officer_s_own_projects_are_not_among_those_to_instruct(client, of_the_region, tried):
    own = make_dossier(of_the_region, tried, body=make_agency_body("76"))
    client.force_login(of_the_region)
    assert own.reference not in client.get(LIST).content.decode()
    assert shown(client) == set()


def test_somebody_whose_post_is_over_is_out(client, dossier, of_the_region):
    of_the_region.posts.update(until="2021-01-01")
    client.force_login(of_the_region)
    assert client.get(LIST).status_code == 404


def test_the_numbers_of_queries_do_not_grow(client, applicant, of_the_region, tried, django_assert_num_queries):
    client.force_login(of_the_region)
    for size in (1, 29):
        for _ in range(size):
            deposited(applicant, tried, organisation=make_organisation())
        with django_assert_num_queries(HOME_QUERIES):
            client.get(HOME)
        with django_assert_num_queries(LIST_QUERIES):
            answer = client.get(f"{LIST}?standing=mine&procedure=tried&q=Q48213")
        assert answer.content.count(b'name="dossier"')


def test_pages_follow_one_another_and_keep_the_filters(client, applicant, of_the_region, tried):
    for _ in range(26):
        deposited(applicant, tried)
    client.force_login(of_the_region)
    first, second = shown(client, "macro=review"), shown(client, "macro=review&page=2")
    assert (len(first), len(second), first & second) == (25, 1, set())
    html = client.get(f"{LIST}?macro=review").content.decode()
    assert 'href="?macro=review&amp;page=2"' in html


def test_htmx_is_given_the_part_that_changes(client, dossier, of_the_region):
    client.force_login(of_the_region)
    html = client.get(f"{LIST}?macro=review", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert dossier.reference in html


def test_an_unknown_value_is_said_and_can_be_taken_away(client, dossier, of_the_region):
    client.force_login(of_the_region)
    html = client.get(f"{LIST}?macro=%3Cb%3E").content.decode()
    assert "&lt;b&gt;" in html
    assert "(valeur inconnue)" in html
    assert "<b>" not in html.split("<main", 1)[1].split("</main>")[0]


def test_somebody_without_an_account_is_asked_to_sign_in(client, db):
    assert client.get(HOME).status_code == 302


def test_two_bodies_are_two_lists_in_one(client, applicant, of_the_region, tried):
    elsewhere = make_agency_body("76")
    elsewhere.posts.create(user=of_the_region, role=Post.Role.OFFICER, since="2020-01-01")
    one, other = deposited(applicant, tried), deposited(applicant, tried, body=elsewhere)
    client.force_login(of_the_region)
    assert shown(client) == {one.reference, other.reference}
    assert {one.body.pk for one in client.get(HOME).context["elsewhere"]} == {
        dossier.body_id for dossier in (one, other)
    }


def test_the_first_page_says_where_dossiers_are_deposited(client, of_the_region, tried):
    client.force_login(of_the_region)
    context = client.get(HOME).context
    assert {one.procedure.key for one in context["here"]} == {"tried", "first-contact"}
    assert "fir" in {one.procedure.key for one in context["elsewhere"]}
    assert "Sur le portail" in client.get(reverse("instruction")).content.decode()
