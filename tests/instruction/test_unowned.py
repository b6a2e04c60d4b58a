"""Nothing without an owner for longer than the procedure allows: counted, listed, and told to the heads once."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.models import Membership, Post, User
from projects.access import impartial
from projects.engine.people import actor_of
from projects.instruction.assigning import entrust
from projects.instruction.reading import in_charge
from projects.instruction.unowned import heads_of, send_due
from projects.models import Absence, Assignment, DigestLine, Dossier, Project, Share
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Unit
from tests.dossier_factories import DOSSIERS_BEGAN, drive, make_dossier, make_officer
from tests.instruction.conftest import deposited, text_of
from tests.people_factories import make_agency_body, make_membership, make_organisation
from tests.retention.test_accounts import make_share

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


SIDES = ("owner", "member", "depositing member", "editor", "reader")


def joins(side: str, user: User, dossier: Dossier) -> None:
    """Put somebody on the applicant's side of a dossier."""
    if side == "owner":
        Project.objects.filter(pk=dossier.project_id).update(owner=user)
    elif side in ("editor", "reader"):
        make_share(dossier.project, user, side)
    else:
        make_membership(dossier.organisation, user, may_deposit=side == "depositing member")


@pytest.mark.parametrize("side", SIDES)
def test_who_joins_the_applicant_s_side_owns_it_no_more(side, dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(2)), after(2))
    assert unowned(after(30)) == []
    joins(side, of_the_region, dossier)
    assert unowned(after(30)) == [dossier]
    assert not impartial(User.objects.filter(pk=of_the_region.pk), dossier.pk).exists()
    entrust(dossier.pk, {"expert": head}, actor_of(head, after(3)), after(3))
    assert unowned(after(30)) == [], "the other one of the pair has it in charge"


@pytest.mark.parametrize("side", SIDES)
def test_a_colleague_on_the_applicant_s_side_of_another_dossier_still_owns_this_one(
    side, dossier, applicant, tried, of_the_region, head
):
    other = deposited(applicant, tried, organisation=make_organisation(name="Un autre organisme"))
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(2)), after(2))
    joins(side, of_the_region, other)
    joins(side, make_officer(dossier.body), dossier)
    assert unowned(after(30)) == [other]


def test_an_invitation_not_accepted_or_taken_back_changes_nothing(dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(2)), after(2))
    make_share(dossier.project, of_the_region, accepted_at=None)
    assert unowned(after(30)) == []
    Share.objects.update(accepted_at=after(3), revoked_at=after(4))
    assert unowned(after(30)) == []
    Share.objects.update(revoked_at=None)
    assert unowned(after(30)) == [dossier]


def test_the_heads_are_told_of_what_its_owner_may_not_instruct_any_more(dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(2)), after(2))
    assert send_due(MORNING) == ""
    joins("member", of_the_region, dossier)
    assert send_due(MORNING) == "1 dossier(s) sans responsable"
    assert set(DigestLine.objects.filter(text__contains="à personne").values_list("user", flat=True)) == {head.pk}


@pytest.mark.parametrize("side", SIDES)
def test_a_deputy_on_the_applicant_s_side_is_not_named(
    side, client, dossier, of_the_region, head, django_assert_num_queries
):
    deputy = make_officer(dossier.body)
    User.objects.filter(pk=deputy.pk).update(full_name="Alix Remplaçante")
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(0)), after(0))
    today = datetime.now(UTC)
    days = {"since": (today - timedelta(days=3)).date(), "until": (today + timedelta(days=3)).date()}
    Absence.objects.create(user=of_the_region, deputy=deputy, body=dossier.body, said_at=today, **days)
    client.force_login(head)
    page = f"/instruction/{dossier.reference}/"
    assert "Alix Remplaçante remplace" in text_of(client.get(page))
    joins(side, deputy, dossier)
    said = text_of(client.get(page))
    assert "absent jusqu'au" in said
    assert "Alix Remplaçante remplace" not in said
    with django_assert_num_queries(2):
        (one,) = in_charge(dossier, today)
    assert (one.deputy, one.away_until, one.is_impartial) == (None, days["until"], True)


def test_the_page_says_of_an_owner_on_both_sides_that_somebody_else_must_be_found(client, dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, after(0)), after(0))
    client.force_login(head)
    words, page = "n'instruit plus ce dossier", f"/instruction/{dossier.reference}/"
    assert words not in text_of(client.get(page))
    joins("member", of_the_region, dossier)
    assert words in text_of(client.get(page))
    Membership.objects.filter(user=of_the_region).delete()
    assert words not in text_of(client.get(page))
