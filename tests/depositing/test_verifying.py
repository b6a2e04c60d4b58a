"""Who deposited can ask, without anybody's help, whether the journal of the dossier is whole."""

import pytest

from projects import guards
from tests.dossier_factories import NOW, drive, fill, make_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(applicant):
    draft = fill(make_dossier(applicant))
    drive(draft, "deposit", applicant)
    return draft


def test_the_page_of_a_dossier_leads_to_its_check(client, applicant, dossier):
    client.force_login(applicant)
    page = client.get(f"/dossiers/{dossier.reference}/").content.decode()
    assert f"/dossiers/{dossier.reference}/verifier/" in page
    found = client.get(f"/dossiers/{dossier.reference}/verifier/").content.decode()
    assert "Le journal est intact" in found
    assert dossier.journal.last().hash in found


def test_what_was_rewritten_is_named(client, applicant, dossier):
    with guards.maintenance("Essai", NOW):
        dossier.journal.filter(seq=1).update(party="system")
    client.force_login(applicant)
    found = client.get(f"/dossiers/{dossier.reference}/verifier/").content.decode()
    assert "acte n° 1" in found.replace("\u00a0", " ")


def test_a_stranger_finds_nothing(client, stranger, dossier):
    client.force_login(stranger)
    assert client.get(f"/dossiers/{dossier.reference}/verifier/").status_code == 404
