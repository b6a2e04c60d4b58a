"""Nothing without an owner for longer than the procedure allows: counted, listed, and told to the heads once."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.models import Post
from projects.engine.people import actor_of
from projects.instruction.assigning import entrust
from projects.instruction.unowned import heads_of, send_due
from projects.models import Assignment, DigestLine, Dossier
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Unit
from tests.dossier_factories import DOSSIERS_BEGAN, drive, make_dossier, make_officer
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 12, 10, 6, 30, tzinfo=UTC)
"""Half past seven in France, thirteen days after the deposit."""


def after(days: float) -> datetime:
    return DOSSIERS_BEGAN + timedelta(days=days)


def unowned(at: datetime) -> list[Dossier]:
    return list(Dossier.objects.without_owner(at))


def test_every_procedure_says_for_how_long_and_counts_in_days():
    assert {one.unowned_after.unit for one in LATEST.values() if one.unowned_after} == {Unit.DAYS}
    assert LATEST["fir"].unowned_after.count == 5


@pytest.mark.parametrize(("days", "found"), [(4.9, False), (5, True), (400, True)])
def test_it_is_without_owner_once_the_delay_is_over(days, found, dossier):
    assert (unowned(after(days)) == [dossier]) is found


def test_what_is_entrusted_has_an_owner_until_they_leave(dossier, of_the_region, head):
    entrust(dossier.pk, {"expert": of_the_region}, actor_of(head, after(2)), after(2))
    assert unowned(after(30)) == []
    of_the_region.posts.update(until=after(20).date())
    assert unowned(after(19)) == []
    assert unowned(after(30)) == [dossier]


def test_what_was_taken_from_somebody_waits_as_long_again(dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(1)), after(1))
    entrust(dossier.pk, {"lead": None}, actor_of(head, after(10)), after(10))
    assert unowned(after(14)) == []
    assert unowned(after(15.1)) == [dossier]


@pytest.mark.parametrize("what", ["draft", "over", "no body"])
def test_what_nobody_has_to_have_in_charge_is_not_without_owner(what, dossier, applicant, tried):
    if what == "draft":
        Dossier.objects.filter(pk=dossier.pk).update(body=None)
        make_dossier(applicant, tried)
    elif what == "over":
        drive(dossier, "grant", make_officer(dossier.body, Post.Role.DIRECTOR), after(1))
        Dossier.objects.filter(pk=dossier.pk).update(ended_at=after(1))
    else:
        Dossier.objects.filter(pk=dossier.pk).update(body=None)
    assert unowned(after(30)) == []


def test_the_heads_are_told_once_each_morning_and_again_after_an_owner(dossier, of_the_region, head):
    assert send_due(MORNING.replace(hour=3)) == ""
    assert send_due(MORNING) == "1 dossier(s) sans responsable"
    assert send_due(MORNING + timedelta(minutes=1)) == ""
    assert send_due(MORNING + timedelta(days=1)) == ""
    line = DigestLine.objects.get(text__contains="à personne")
    assert (line.user, line.dossier) == (head, dossier)
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, MORNING), MORNING)
    Assignment.objects.update(until=MORNING)
    assert send_due(MORNING + timedelta(days=6)) == "1 dossier(s) sans responsable"


def test_where_there_is_no_head_everybody_is_told_and_nobody_recused(dossier, of_the_region):
    assert of_the_region in heads_of(dossier, MORNING)
    dossier.recusals.create(user=of_the_region, since=MORNING)
    assert of_the_region not in heads_of(dossier, MORNING)


def test_a_head_of_another_region_hears_nothing(dossier, head):
    elsewhere = make_officer(make_agency_body("76"), Post.Role.HEAD)
    send_due(MORNING)
    assert not DigestLine.objects.filter(user=elsewhere).exists()


def test_the_first_page_counts_what_its_list_shows(client, dossier, of_the_region):
    client.force_login(of_the_region)
    Dossier.objects.filter(pk=dossier.pk).update(deposited_at=DOSSIERS_BEGAN - timedelta(days=3650))
    tile = client.get("/instruction/").context["tiles"][-1]
    assert (tile.label, tile.total) == ("Sans responsable", 1)
    assert dossier.reference in client.get(tile.address).content.decode()
