"""A subsidy that was deposited, read and proposed, with a real file; and what takes its archive as a reader would."""

import subprocess
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from actors.models import Post
from projects.models import Adoption, Dossier
from tests import people_factories
from tests.dossier_factories import DOSSIERS_BEGAN, drive, fill, make_attachment, make_dossier, make_officer
from tests.files.kept import keep_files_in
from tests.people_factories import make_organisation


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path, monkeypatch):
    """Keep sent files in a folder of the test, without an antivirus."""
    settings.CLAMAV_ADDRESS = ""
    folder = tmp_path / "sent"
    keep_files_in(folder, monkeypatch)


@pytest.fixture
def agency_officer(officer):
    """Return somebody who instructs at the agency of the dossier."""
    return make_officer(people_factories.make_agency_body())


@pytest.fixture
def dossier(applicant, agency_officer) -> Dossier:
    """Return a subsidy of which a decision is proposed, inside the agency."""
    Adoption.objects.create(procedure_key="fir", channel="portal", valid_from=DOSSIERS_BEGAN.date())
    dossier = fill(make_dossier(applicant, "fir", organisation=make_organisation(applicant)))
    dossier.attachments.all().delete()
    for piece in dossier.procedure.pieces:
        data = f"%PDF-1.7 {piece.key}".encode()
        row = make_attachment(
            dossier, piece=piece.key, name=f"../{piece.key} \n.pdf", size=len(data), sha256=sha256(data).hexdigest()
        )
        row.file.save("essai", ContentFile(data))
    drive(dossier, "deposit", applicant)
    drive(dossier, "acknowledge", agency_officer, service="Service <innovation>")
    drive(dossier, "admit", agency_officer)
    drive(dossier, "qualify", agency_officer, qualified_as="subsidy", service_ordered=False, state_aid="none")
    drive(dossier, "propose", agency_officer, outcome="grant", motives="Un motif que le porteur ne lit pas encore.")
    return dossier


@pytest.fixture
def opened(client, tmp_path):
    """Return what takes an archive at an address, unpacked in a folder."""

    def take(user, address: str):
        client.force_login(user)
        answer = client.post(address)
        assert (answer.status_code, answer["Content-Type"], answer.streaming) == (200, "application/zip", True)
        folder = tmp_path / f"archive-{user.pk}"
        with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
            assert archive.testzip() is None
            archive.extractall(folder)
        return folder

    return take


def shell(folder, command: str) -> subprocess.CompletedProcess:
    """Run a command as the page gives it."""
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def head(agency_officer, dossier):
    """Return somebody else of the same agency."""
    return make_officer(dossier.body, Post.Role.HEAD)
