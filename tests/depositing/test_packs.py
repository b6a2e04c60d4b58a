"""The pack of a dossier that is deposited elsewhere, opened again."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from projects.models import Attachment
from tests.depositing.test_pieces_pages import PDF, send
from tests.dossier_factories import fill
from tests.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(client, away, applicant):
    """Return what gives the archive, opened."""

    def give() -> zipfile.ZipFile:
        answer = client.get(f"/dossiers/{away.reference}/a-deposer.zip")
        assert (answer.status_code, answer["Content-Type"], answer.streaming) == (200, "application/zip", True)
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert archive.testzip() is None
        return archive

    client.force_login(applicant)
    return give


def test_it_holds_the_content_the_pieces_a_checklist_and_their_digests(client, away, pack):
    send(client, away)
    send(client, away, samples.docx(), "../../lettre.docx", piece="letters")
    fill(away)
    Attachment.objects.filter(file__startswith="aa/").delete()
    archive = pack()
    assert archive.namelist() == [
        f"dossier-{away.reference}.pdf", "liste-de-controle.txt", "SHA256SUMS",
        "pieces/01-budget.pdf", "pieces/02-lettre.docx",
    ]  # fmt: skip
    assert archive.read("pieces/01-budget.pdf") == PDF
    for line in archive.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    said = archive.read("liste-de-controle.txt").decode()
    assert "[x] Budget prévisionnel : pieces/01-budget.pdf" in said
    assert "CE DOSSIER N'EST PAS DÉPOSÉ" in said
    assert "Rien d'obligatoire ne manque." in said
    pdf = PdfReader(io.BytesIO(archive.read(f"dossier-{away.reference}.pdf")))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Un texte plus long" in text
    assert "pas un récépissé" in text.replace("’", "'")


def test_it_says_what_is_missing_and_leaves_out_what_may_not_be_opened(client, away, pack):
    send(client, away)
    Attachment.objects.update(scan="infected")
    archive = pack()
    assert not [name for name in archive.namelist() if name.startswith("pieces/")]
    said = archive.read("liste-de-controle.txt").decode()
    assert "Laissés hors de cette archive" in said
    assert "[ ] Combien ?" in said


def test_two_files_of_one_name_both_arrive(client, away, pack):
    send(client, away, piece="letters", name="lettre.pdf")
    send(client, away, samples.png(), "lettre.png", piece="letters")
    client.post(
        f"/dossiers/{away.reference}/pieces/",
        {"piece": "libre", "libre-file": SimpleUploadedFile("lettre.pdf", PDF)},
    )
    assert len([name for name in pack().namelist() if name.startswith("pieces/")]) == 3


def test_a_dossier_that_is_deposited_here_has_none(client, draft, applicant):
    client.force_login(applicant)
    answer = client.get(f"/dossiers/{draft.reference}/a-deposer.zip")
    assert answer["Location"] == f"/dossiers/{draft.reference}/"
