"""Where dossiers are deposited: what curators may settle, how a change is closed and followed, who reads the rest."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from actors.models import Body, Post
from projects.instruction.adopting import close_and_follow
from projects.instruction.places import channels_of
from projects.models import Adoption
from tests.dossier_factories import make_officer
from tests.people_factories import make_agency_body, make_body

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
LISTED = reverse("admin:projects_adoption_changelist")


def adoption(**fields) -> Adoption:
    defaults = {"procedure_key": "first-contact", "channel": "portal", "valid_from": date(2026, 1, 1)}
    return Adoption(**defaults | fields)


REFUSED = {
    "an unknown procedure": ({"procedure_key": "inconnue"}, "procedure_key"),
    "elsewhere without a place": ({"channel": "external"}, "place"),
    "elsewhere with blanks": ({"channel": "external", "place": "  "}, "place"),
    "an end before the beginning": ({"valid_to": date(2025, 1, 1)}, "valid_to"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_mislead_is_refused_at_its_field(case):
    fields, field = REFUSED[case]
    with pytest.raises(ValidationError) as raised:
        adoption(**fields).full_clean()
    assert field in raised.value.message_dict


def test_the_portal_needs_somebody_to_receive():
    body = make_agency_body()
    with pytest.raises(ValidationError) as raised:
        adoption(body=body).full_clean()
    assert "body" in raised.value.message_dict
    make_officer(body, Post.Role.LEGAL)
    with pytest.raises(ValidationError):
        adoption(body=body).full_clean()
    officer = make_officer(body)
    adoption(body=body).full_clean()
    officer.posts.update(until=date(2025, 12, 31))
    with pytest.raises(ValidationError):
        adoption(body=body).full_clean()
    adoption(body=body, channel="external", place="Un service").full_clean()


def test_a_period_is_covered_once():
    adoption(valid_to=date(2026, 6, 30)).save()
    adoption(valid_from=date(2026, 7, 1)).full_clean()
    adoption(valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)).full_clean()
    adoption(body=make_body(), channel="external", place="Ailleurs").full_clean()
    for fields in ({"valid_from": date(2026, 6, 30)}, {"valid_from": date(2025, 1, 1)}):
        with pytest.raises(ValidationError):
            adoption(**fields).full_clean()


def test_a_change_is_closed_and_followed_without_a_day_between():
    row = adoption(channel="external", place="Un service", valid_to=date(2027, 1, 31))
    row.save()
    successor = close_and_follow(row, TODAY)
    row.refresh_from_db()
    assert (row.valid_to, successor.valid_from) == (date(2026, 11, 27), TODAY)
    assert (successor.place, successor.valid_to) == ("Un service", date(2027, 1, 31))


@pytest.mark.parametrize(
    "fields", [{"valid_from": TODAY}, {"valid_to": date(2026, 2, 1)}, {"valid_from": date(2027, 1, 1)}]
)
def test_what_began_today_or_is_not_in_force_is_not_closed(fields):
    row = adoption(**fields)
    row.save()
    with pytest.raises(ValidationError):
        close_and_follow(row, TODAY)
    assert Adoption.objects.count() == 1


def test_pages_say_the_nearest_place_of_each_body():
    body, other = make_agency_body(), make_agency_body("76")
    adoption(channel="external", place="Partout ailleurs").save()
    adoption(channel="external", place="Chez nous", body=body).save()
    adoption(channel="external", place="Autrefois", body=other, valid_to=date(2026, 2, 1)).save()
    said = {
        one.body: one.place.place for one in channels_of([body, other], TODAY) if one.procedure.key == "first-contact"
    }
    assert said == {body: "Chez nous", other: "Partout ailleurs"}


def test_nothing_is_deposited_before_those_who_only_give_opinions():
    agency, *others = make_agency_body(), make_body(Body.Kind.INSURANCE), make_body(Body.Kind.RAPPORTEUR)
    for body in (agency, *others):
        make_officer(body)
    found = channels_of([agency, *others], TODAY)
    assert {one.body for one in found} == {agency}
    assert next(one for one in found if one.procedure.key == "first-contact").place.is_here


# --- The admin ---------------------------------------------------------------


def test_a_curator_settles_a_place_and_closes_it(client, curator):
    client.force_login(curator)
    add = reverse("admin:projects_adoption_add")
    assert "Premier échange avec l&#x27;agence" in client.get(add).content.decode()
    data = {"procedure_key": "first-contact", "channel": "external", "place": "", "valid_from": "01/01/2026"}
    assert "Dites où le dossier se dépose" in client.post(add, data).content.decode()
    assert client.post(add, data | {"place": "Un service"}).status_code == 302
    row = Adoption.objects.get()
    client.post(LISTED, {"action": "close_and_follow", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.valid_to == localdate() - timedelta(days=1)
    assert Adoption.objects.count() == 2


def test_a_place_is_never_removed(admin_client):
    row = adoption()
    row.save()
    assert admin_client.post(reverse("admin:projects_adoption_delete", args=[row.pk])).status_code == 403
