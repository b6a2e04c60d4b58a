"""A dossier of a procedure that has everything, and where its files go."""

import pytest

from projects.models import Dossier
from tests.depositing import procedures
from tests.dossier_factories import make_dossier
from tests.files.kept import keep_files_in
from tests.people_factories import make_organisation


@pytest.fixture(autouse=True)
def known_procedures(monkeypatch):
    """Let the catalogue know the procedures of tests."""
    procedures.register(monkeypatch)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path, monkeypatch):
    """Keep sent files in a folder of the test, and start without an antivirus."""
    settings.CLAMAV_ADDRESS = ""
    folder = tmp_path / "sent"
    keep_files_in(folder, monkeypatch)
    return folder


@pytest.fixture
def organisation(applicant):
    """Return an organisation for which the applicant may deposit."""
    return make_organisation(applicant)


@pytest.fixture
def draft(applicant, organisation) -> Dossier:
    """Return a draft deposited on the portal, empty."""
    return make_dossier(applicant, procedures.WORKSHOP, organisation=organisation)


@pytest.fixture
def away(applicant, organisation) -> Dossier:
    """Return a draft that is deposited elsewhere, empty."""
    return make_dossier(applicant, procedures.AWAY, organisation=organisation)
