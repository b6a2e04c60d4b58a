"""Every page of preparing answers those who may read it, and nobody else."""

import pytest
from django.urls import reverse

from tests import people_factories
from tests.dossier_factories import drive, fill
from tests.pages.reading import visit

pytestmark = pytest.mark.django_db


def addresses(dossier) -> list[str]:
    project = dossier.project
    return [
        reverse("project", args=[project.public_id]),
        reverse("project-new-dossier", args=[project.public_id]),
        reverse("project-financing", args=[project.public_id]),
        reverse("project-sharing", args=[project.public_id]),
        reverse("project-section", args=[project.public_id, "idea"]),
        reverse("project-section-versions", args=[project.public_id, "idea"]),
        reverse("dossier-section", args=[dossier.reference, "meeting"]),
        reverse("dossier-section-versions", args=[dossier.reference, "meeting"]),
    ]


def test_the_carrier_opens_every_page(dossier, mine):
    for address in ["/dossiers/", "/dossiers/nouveau/", *addresses(dossier)]:
        page = visit(mine, address)
        assert len(page.all("h1")) == 1, address


def test_a_stranger_finds_nothing_there(dossier, client, stranger):
    client.force_login(stranger)
    assert {address: client.get(address).status_code for address in addresses(dossier)} == dict.fromkeys(
        addresses(dossier), 404
    )
    assert str(dossier.project) not in client.get("/dossiers/").content.decode()


def test_an_officer_of_the_agency_is_not_on_the_applicants_side(dossier, applicant, client):
    officer = people_factories.make_post().user
    drive(fill(dossier), "deposit", applicant)
    client.force_login(officer)
    found = {address: client.get(address).status_code for address in addresses(dossier)}
    assert set(found.values()) == {404}
    assert str(dossier.project) not in client.get("/dossiers/").content.decode()
