"""Being away: who says it, who stands in, what the deputy sees meanwhile, and that nothing is to be undone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from projects.engine.people import actor_of, agents_of, in_place
from projects.instruction.absences import Colleague, Impossible, say_absence
from projects.instruction.assigning import entrust
from projects.models import Absence, Dossier
from tests.dossier_factories import NOW, make_officer
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db
ADDRESS = "/instruction/absences/"
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 12, 4)


@pytest.fixture
def deputy(db):
    """A colleague of the agency that instructs."""
    user = make_officer(make_agency_body())
    user.full_name = "Alix Remplaçante"
    user.save()
    return user


def away(user, deputy, since=MONDAY, until=FRIDAY, **fields) -> Absence:
    body = make_agency_body()
    return Absence.objects.create(user=user, deputy=deputy, body=body, since=since, until=until, said_at=NOW, **fields)


def key(user) -> str:
    return f"{make_agency_body().pk}-{user.pk}"


def days(count: int) -> str:
    return (timezone.localtime(timezone.now()).date() + timedelta(days=count)).isoformat()


@pytest.mark.parametrize(
    ("people", "absent", "present", "told"),
    [
        ({1}, {}, {1, 2}, {1}),
        ({1}, {1: 2}, {1, 2}, {2}),
        ({1, 3}, {1: 3}, {1, 3}, {3}),
        ({1}, {1: 2, 2: 3}, {1, 2, 3}, {3}),
        ({1}, {1: 2, 2: 1}, {1, 2}, {2}),
        ({1}, {1: 9}, {1, 2}, {1}),
        ({1}, {}, {2}, set()),
        ({1}, {1: 2}, {2}, {2}),
    ],
)
def test_who_is_told_in_place_of_whom(people, absent, present, told):
    assert in_place(people, absent, present) == told


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (MONDAY - timedelta(days=1), "absent"),
        (MONDAY, "deputy"),
        (FRIDAY, "deputy"),
        (FRIDAY + timedelta(days=1), "absent"),
    ],
)
def test_during_an_absence_the_deputy_is_told_and_after_it_the_person_again(at, who, dossier, of_the_region, deputy):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(of_the_region, NOW), NOW - timedelta(days=30))
    away(of_the_region, deputy)
    moment = NOW.replace(year=at.year, month=at.month, day=at.day)
    told = {"absent": of_the_region, "deputy": deputy}[who]
    assert agents_of(dossier, moment) == [told]
    entrusted = Dossier.objects.entrusted_to(deputy.pk, moment)
    assert entrusted.exists() is (who == "deputy")
    assert Dossier.objects.entrusted_to(of_the_region.pk, moment).get() == dossier


def test_a_deputy_who_stepped_back_is_not_told(dossier, of_the_region, deputy):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(of_the_region, NOW), NOW)
    away(of_the_region, deputy)
    dossier.recusals.create(user=deputy, since=NOW)
    assert agents_of(dossier, NOW) == [of_the_region]


def test_the_deputy_s_day_holds_the_dossiers_and_says_for_whom(client, dossier, of_the_region, deputy):
    now = timezone.now()
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(of_the_region, now), now)
    client.force_login(deputy)
    assert client.get("/instruction/").context["mine"] == []
    away(of_the_region, deputy, days(-1), days(1))
    answer = client.get("/instruction/")
    assert [row.reference for row in answer.context["mine"]] == [dossier.reference]
    assert "Vous remplacez Dominique Instructeur" in answer.content.decode()
    assert dossier.reference in client.get("/instruction/dossiers/?standing=me").content.decode()
    client.force_login(of_the_region)
    assert [row.reference for row in client.get("/instruction/").context["mine"]] == [dossier.reference]


def test_an_absence_in_another_body_changes_nothing_here(dossier, of_the_region, deputy):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(of_the_region, NOW), NOW)
    Absence.objects.create(
        user=of_the_region, deputy=deputy, body=make_agency_body("76"), since=MONDAY, until=FRIDAY, said_at=NOW
    )
    assert agents_of(dossier, NOW) == [of_the_region]
    assert not Dossier.objects.entrusted_to(deputy.pk, NOW).exists()


def test_somebody_says_their_own_absence_and_ends_it_early(client, of_the_region, deputy):
    client.force_login(of_the_region)
    data = {"who": key(of_the_region), "deputy": key(deputy), "since": days(0), "until": days(9)}
    assert client.post(ADDRESS, data).status_code == 302
    absence = Absence.objects.get()
    assert (absence.user, absence.deputy, absence.said_by) == (of_the_region, deputy, of_the_region)
    assert "Alix Remplaçante" in client.get(ADDRESS).content.decode()
    client.post(f"{ADDRESS}{absence.pk}/finir/")
    assert not Absence.objects.exists()
    begun = away(of_the_region, deputy, days(-3), days(3))
    client.post(f"{ADDRESS}{begun.pk}/finir/")
    begun.refresh_from_db()
    assert begun.until.isoformat() == days(-1)


def test_a_head_says_it_for_somebody_of_the_unit_and_an_officer_does_not(client, of_the_region, deputy, head):
    data = {"who": key(of_the_region), "deputy": key(deputy), "since": days(0), "until": days(9)}
    client.force_login(deputy)
    assert "who" in client.post(ADDRESS, data).context["form"].errors
    absence = away(of_the_region, head, days(20), days(30))
    assert client.post(f"{ADDRESS}{absence.pk}/finir/").status_code == 404
    client.force_login(head)
    assert client.post(ADDRESS, data).status_code == 302
    assert client.post(f"{ADDRESS}{absence.pk}/finir/").status_code == 302


WRONG = {
    "the same person": {"deputy": "self"},
    "the end before": {"since": 9, "until": 3},
    "over": {"since": -9, "until": -3},
    "no date": {"since": None},
    "nobody": {"who": ""},
    "a stranger": {"deputy": "1-999999"},
    "twice": {"since": 2, "until": 4},
    "a deputy who is away": {"since": 30, "until": 35},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_followed_comes_back_with_why(case, client, of_the_region, deputy):
    client.force_login(of_the_region)
    given = {"who": key(of_the_region), "deputy": key(deputy), "since": 10, "until": 12} | WRONG[case]
    given["deputy"] = key(of_the_region) if given["deputy"] == "self" else given["deputy"]
    data = {name: days(value) if isinstance(value, int) else value or "" for name, value in given.items()}
    other = make_officer(make_agency_body())
    away(of_the_region, other, days(3), days(5))
    away(deputy, other, days(31), days(32))
    answer = client.post(ADDRESS, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Absence.objects.count() == 2


def test_the_deputy_instructs_in_the_same_body(of_the_region, of_another_region):
    here, there = make_agency_body(), make_agency_body("76")
    with pytest.raises(Impossible):
        say_absence(
            Colleague(of_the_region, here), Colleague(of_another_region, there), MONDAY, FRIDAY,
            actor_of(of_the_region, NOW), NOW,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["legal", "applicant", "content_curator"])
def test_whoever_does_not_instruct_has_no_such_page(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(ADDRESS).status_code == 404


def test_absences_of_another_region_are_not_shown_nor_ended(client, of_the_region, deputy, of_another_region):
    absence = away(of_the_region, deputy, days(0), days(3))
    client.force_login(of_another_region)
    assert "Alix" not in client.get(ADDRESS).content.decode()
    assert client.post(f"{ADDRESS}{absence.pk}/finir/").status_code == 404


def test_the_number_of_queries_of_the_page_does_not_grow(client, of_the_region, deputy, django_assert_num_queries):
    client.force_login(of_the_region)
    for first in (0, 1):
        for rank in range(1 + 29 * first):
            away(make_officer(make_agency_body()), deputy, days(rank), days(rank))
        with django_assert_num_queries(10):
            client.get(ADDRESS)
