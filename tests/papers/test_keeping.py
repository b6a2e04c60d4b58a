"""Documents of the instruction go with the dossier, are in the archive of whoever may read them, and follow a person."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.management import call_command

from actors.models import Post
from apist.clock import now
from projects.engine.people import THE_PORTAL, actor_of
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.evidence.archive import take_away
from projects.models import Dossier, JournalText, Paper
from projects.opinions.answering import Given, Invitee, answer, declare
from projects.papers.joining import stored
from projects.retention.accounts import close_account
from projects.retention.erasing import erase, left_files, remove_files
from projects.retention.export import members_of
from tests.dossier_factories import make_officer
from tests.evidence.conftest import shell
from tests.evidence.test_archive import findings
from tests.opinions.builders import WORDS, put
from tests.papers.builders import PNG, files_in, joined, looked

pytestmark = pytest.mark.django_db


def opined(dossier, officer, user, **fields) -> Paper:
    """Return the document of an opinion that somebody with an account gave."""
    asked = put(dossier, officer, email=user.email, **fields)
    invitee = Invitee(actor_of(user, now()))
    declare(asked.pk, invitee, None, now())
    with stored([looked("etude.png", PNG)]) as files:
        answer(asked.pk, invitee, Given("favourable", WORDS), now(), files)
    return asked.papers.get()


def unpacked(dossier, user, folder, *, for_applicant: bool):
    """Return an archive as somebody takes it, unpacked; the deposit's own files, made without bytes, are left out."""
    dossier.attachments.all().delete()
    archive = take_away(dossier.pk, actor_of(user, now()), now(), for_applicant=for_applicant)
    with zipfile.ZipFile(BytesIO(b"".join(archive.chunks))) as opened:
        opened.extractall(folder)
    return folder


def test_an_erased_dossier_keeps_no_document_no_name_and_a_whole_journal(dossier, of_the_region, expert, own_storage):
    joined(dossier, of_the_region, "nom-33418.pdf", words="Mots 33418")
    digests = sorted([opined(dossier, of_the_region, expert).sha256, dossier.papers.first().sha256])
    with as_the_portal(dossier.pk, now(), THE_PORTAL) as desk:
        act = erase(desk, {"cause": "retention"})
    assert (act.data["counts"]["papers"], act.data["papers"]) == (2, digests)
    assert len(files_in(own_storage)) == 2
    assert remove_files(left_files([dossier.pk])) >= 2
    assert (Paper.objects.exists(), files_in(own_storage)) == (False, [])
    assert "33418" not in str(list(JournalText.objects.values()))
    assert verify(Dossier.objects.get()).is_whole


def test_what_an_interrupted_erasure_left_is_removed_the_next_night_and_opened_by_nobody(
    client, dossier, of_the_region, own_storage, capsys
):
    row = joined(dossier, of_the_region, shown=True)
    with as_the_portal(dossier.pk, now(), THE_PORTAL) as desk:
        erase(desk, {"cause": "retention"})
    client.force_login(of_the_region)
    assert client.get(f"/instruction/{dossier.reference}/documents/{row.public_id}/?ouvrir=oui").status_code == 404
    call_command("purge_dossiers", "--dry-run")
    assert "2 " in capsys.readouterr().out
    assert remove_files(left_files()) == 2
    assert (Paper.objects.exists(), files_in(own_storage)) == (False, [])


def test_the_agency_s_archive_holds_internal_documents_and_the_three_commands_find_nothing_wrong(
    dossier, of_the_region, expert, tmp_path
):
    joined(dossier, of_the_region, "compte-rendu.pdf")
    opined(dossier, of_the_region, expert, confidential=True)
    folder = unpacked(dossier, of_the_region, tmp_path / "agence", for_applicant=False)
    assert sorted(path.name for path in (folder / "instruction").iterdir()) == ["001-compte-rendu.pdf", "002-etude.png"]
    dossier.refresh_from_db()
    assert findings(folder) == (0, dossier.journal_hash, "")
    (folder / "instruction" / "001-compte-rendu.pdf").write_bytes(b"%PDF-1.7 autre")
    assert shell(folder, "sha256sum --check SHA256SUMS").returncode != 0


def test_the_applicant_s_archive_holds_what_is_shown_alone_and_no_name_of_what_is_not(
    dossier, of_the_region, expert, applicant, tmp_path
):
    joined(dossier, of_the_region, "interne-33418.pdf")
    joined(dossier, of_the_region, "montre.png", PNG, shown=True, words="")
    opined(dossier, of_the_region, expert, confidential=True)
    folder = unpacked(dossier, applicant, tmp_path / "porteur", for_applicant=True)
    assert [path.name for path in (folder / "instruction").iterdir()] == ["001-montre.png"]
    dossier.refresh_from_db()
    assert findings(folder) == (0, dossier.journal_hash, "")
    everything = "".join(path.read_text() for path in folder.rglob("*") if path.suffix in {".json", ".txt", ".html"})
    assert ("33418" in everything, "etude" in everything, "montre" in everything) == (False, False, True)
    secret = dossier.papers.get(name="interne-33418.pdf")
    assert secret.sha256 not in everything + (folder / "SHA256SUMS").read_text()


def test_who_does_not_ask_for_opinions_takes_no_document_of_one(dossier, of_the_region, expert, tmp_path):
    joined(dossier, of_the_region)
    opined(dossier, of_the_region, expert, confidential=True)
    director = make_officer(dossier.body, Post.Role.DIRECTOR)
    folder = unpacked(dossier, director, tmp_path / "direction", for_applicant=False)
    assert [path.name for path in (folder / "instruction").iterdir()] == ["001-courrier.pdf"]


def test_a_document_that_waits_for_its_verdict_leaves_in_no_archive(dossier, of_the_region, tmp_path, settings):
    settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"
    joined(dossier, of_the_region)
    folder = unpacked(dossier, of_the_region, tmp_path / "agence", for_applicant=False)
    assert not (folder / "instruction").exists()


def test_a_person_takes_away_the_documents_that_they_joined_and_no_other(dossier, of_the_region, expert, applicant):
    mine = joined(dossier, of_the_region)
    opined(dossier, of_the_region, expert)
    files = {member.path: member.content for member in members_of(of_the_region, now())}
    (row,) = json.loads(files["documents.json"])
    assert (row["name"], row["sha256"], row["words"]) == (mine.name, mine.sha256, "Reçu le 12")
    assert [path for path in files if path.startswith("documents/")] == [row["in_this_archive"]]
    theirs = {member.path: member.content for member in members_of(expert, now())}
    assert [one["name"] for one in json.loads(theirs["documents.json"])] == ["etude.png"]
    assert json.loads({m.path: m.content for m in members_of(applicant, now())}["documents.json"]) == []


def test_closing_an_account_takes_the_name_off_and_leaves_the_document(dossier, of_the_region, expert):
    paper = opined(dossier, of_the_region, expert)
    close_account(expert, now())
    paper.refresh_from_db()
    assert (paper.added_by, paper.removed_at) == (None, None)
