"""Where a dossier is deposited: on the portal only where it was adopted and somebody receives."""

from datetime import date

import pytest

from projects.channels import current_place, place_of
from projects.models import Adoption
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Channel
from tests import factories
from tests.people_factories import make_agency_body, make_post

ON = date(2026, 11, 28)
FIRST = LATEST["first-contact"]


def adoption(channel: Channel, pk: int, *, body=None, call=None, since=date(2026, 1, 1), place="") -> Adoption:
    return Adoption(
        pk=pk, procedure_key=FIRST.key, channel=channel, body_id=body, call_id=call, valid_from=since, place=place
    )


HERE, AWAY = Channel.PORTAL, Channel.EXTERNAL
NEAREST = [
    ([], HERE, "the procedure's own channel"),
    ([adoption(AWAY, 1)], AWAY, "a row for all"),
    ([adoption(AWAY, 1), adoption(HERE, 2, body=7)], HERE, "the body's before that of all"),
    ([adoption(HERE, 2, body=7), adoption(AWAY, 3, call=9)], AWAY, "the call's before the body's"),
    ([adoption(AWAY, 1), adoption(HERE, 2, since=date(2026, 6, 1))], HERE, "the last begun of equals"),
]


@pytest.mark.parametrize(("rows", "channel", "why"), NEAREST, ids=[why for *_, why in NEAREST])
def test_the_nearest_row_settles(rows, channel, why):
    for order in (rows, rows[::-1]):
        assert place_of(FIRST, order, answered=True, agency=None).channel is channel


@pytest.mark.django_db
def test_where_nobody_receives_the_portal_is_no_place_and_the_agency_s_door_is_said():
    body = make_agency_body()
    agency = body.agency
    agency.entry_point, agency.entry_email = "Mission innovation", "innovation@ars.invalid"
    agency.save()
    found = current_place(FIRST, call_id=None, body=body, region=body.region, on=ON)
    assert (found.channel, found.place, found.email) == (AWAY, "Mission innovation", "innovation@ars.invalid")
    make_post("officer", body)
    assert current_place(FIRST, call_id=None, body=body, region=body.region, on=ON).is_here


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["curator", "director", "legal"])
def test_those_who_do_not_instruct_receive_nothing(role):
    body = make_agency_body()
    make_post(role, body)
    assert not current_place(FIRST, call_id=None, body=body, region=body.region, on=ON).is_here


@pytest.mark.django_db
def test_without_a_region_one_learns_only_that_it_is_elsewhere():
    found = current_place(FIRST, call_id=None, body=None, region=None, on=ON)
    assert (found.channel, found.place) == (AWAY, "")


@pytest.mark.django_db
def test_a_row_counts_from_its_first_day_to_its_last_one_included():
    body = make_post("officer", make_agency_body()).body
    Adoption.objects.create(
        procedure_key=FIRST.key,
        channel=AWAY,
        place="Guichet",
        valid_from=date(2026, 11, 1),
        valid_to=date(2026, 11, 28),
    )
    told = {
        day: current_place(FIRST, call_id=None, body=body, region=body.region, on=day).channel
        for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 28), date(2026, 11, 29))
    }
    assert list(told.values()) == [HERE, AWAY, AWAY, HERE]


@pytest.mark.django_db
def test_a_row_of_another_call_or_body_says_nothing_here():
    body = make_post("officer", make_agency_body()).body
    Adoption.objects.create(procedure_key=FIRST.key, channel=AWAY, call=factories.make_call(), valid_from=ON)
    Adoption.objects.create(procedure_key=FIRST.key, channel=AWAY, body=make_agency_body("76"), valid_from=ON)
    assert current_place(FIRST, call_id=None, body=body, region=body.region, on=ON).is_here
