"""The applicant reads hours on the clocks of their place: those of the agency's region, not those of Paris."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from projects.engine.people import actor_of
from projects.models import Dossier, SectionVersion
from projects.models import Section as Row
from projects.preparing.places import place_of_dossier, place_of_project
from projects.preparing.saving import Typed, save_section
from projects.procedures.vocabulary import Kind
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_project
from tests.pages.reading import visit
from tests.people_factories import make_agency_body, make_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 29, 2, 30, tzinfo=UTC)
"""The 28 November in Guadeloupe, the 29 in Paris and in La Réunion."""
THERE = {
    "01": "28 novembre 2026 à 22 h 30 (heure de Guadeloupe)",
    "04": "29 novembre 2026 à 6 h 30 (heure de La Réunion)",
    "11": "29 novembre 2026 à 3 h 30 (heure de Paris)",
}
everywhere = pytest.mark.parametrize(("region", "words"), THERE.items())


def dossier_in(region: str, applicant, **fields) -> Dossier:
    organisation = make_organisation(applicant, region=factories.make_region(code=region))
    project = make_project(applicant, organisation=organisation)
    return make_dossier(applicant, body=make_agency_body(region), project=project, organisation=organisation, **fields)


@everywhere
def test_cards_say_until_when_on_the_clocks_of_the_agency(region, words, mine, applicant):
    dossier = dossier_in(region, applicant)
    drive(fill(dossier), "deposit", applicant)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=AT)
    for address in ("/dossiers/", reverse("project", args=[dossier.project.public_id])):
        assert f"jusqu'au {words}" in visit(mine, address).text


def test_a_call_keeps_the_clocks_that_it_names(mine, applicant):
    call = factories.make_call(events=[("closing", "2027-02-01", "12:00")], time_zone="Indian/Reunion")
    dossier_in("01", applicant, call=call)
    assert "12 h (heure de La Réunion)" in visit(mine, "/dossiers/").text


@everywhere
def test_the_day_on_which_a_project_began_is_that_of_its_organisation(region, words, mine, applicant):
    project = dossier_in(region, applicant).project
    type(project).objects.filter(pk=project.pk).update(created_at=AT)
    assert f"projet commencé le {words.split(' à ')[0]}" in visit(mine, "/dossiers/").text


@everywhere
def test_a_section_and_its_versions_say_when_they_were_written(region, words, mine, applicant):
    dossier = dossier_in(region, applicant)
    for place in (place_of_dossier(dossier, "meeting"), place_of_project(dossier.project, "idea")):
        question = next(one.key for one in place.section.questions if one.kind in (Kind.TEXT, Kind.LONG))
        save_section(place, Typed({question: "Un texte"}, page=None), actor_of(applicant, NOW), NOW)
        Row.objects.filter(pk=place.row.pk).update(changed_at=AT)
        SectionVersion.objects.filter(section=place.row).update(written_at=AT)
        version = place.row.versions.get()
        assert f"Enregistré le {words}" in visit(mine, place.address()).text
        assert words in visit(mine, place.address("section-versions")).text
        assert f"Écrit le {words}" in visit(mine, place.address("section-version", version.pk)).text
