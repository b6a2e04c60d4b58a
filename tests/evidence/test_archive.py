"""The archive of evidence, checked by the very commands that its page gives."""

import html
import re
from hashlib import sha256
from pathlib import Path

import pytest

from actors.models import Post
from projects.models import JournalEntry
from tests.dossier_factories import drive, make_officer
from tests.evidence.conftest import shell

pytestmark = pytest.mark.django_db


def commands(folder: Path) -> list[str]:
    page = (folder / "LISEZ-MOI.html").read_text()
    return [html.unescape(found) for found in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)]


def of_agency(dossier) -> str:
    return f"/instruction/{dossier.reference}/preuve/"


def of_applicant(dossier) -> str:
    return f"/dossiers/{dossier.reference}/preuve/"


def findings(folder: Path) -> tuple[int, str, str]:
    """What the three commands say: of the files, of the chain, of what the journal names."""
    files, chain, traces = (shell(folder, command) for command in commands(folder))
    return files.returncode, chain.stdout.strip(), traces.stdout.strip()


@pytest.mark.parametrize("side", ["agency", "applicant"])
def test_the_three_commands_of_the_page_find_nothing_wrong(opened, dossier, agency_officer, applicant, side):
    user, address = (agency_officer, of_agency(dossier)) if side == "agency" else (applicant, of_applicant(dossier))
    folder = opened(user, address)
    dossier.refresh_from_db()
    assert findings(folder) == (0, dossier.journal_hash, "")
    assert dossier.journal_hash in (folder / "LISEZ-MOI.html").read_text()


def tampered(folder: Path, what: str) -> None:
    journal = sorted((folder / "journal").glob("*.json"))
    if what == "act changed":
        journal[2].write_text(journal[2].read_text().replace("officer", "director"))
    elif what == "act removed":
        journal[2].unlink()
    elif what == "text changed":
        text = next((folder / "textes").glob("*-motives.txt"))
        text.write_text(text.read_text() + " et plus")
    elif what == "file replaced":
        next((folder / "pieces").iterdir()).write_bytes(b"%PDF-1.7 autre")
    elif what == "deposit rewritten, sums made again":
        deposit = next((folder / "depots").glob("*-1.json"))
        deposit.write_text(deposit.read_text().replace("Un texte", "Un autre texte"))
        sums = (folder / "SHA256SUMS").read_text().splitlines()
        names = [line.split("  ", 1)[1] for line in sums]
        again = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
        (folder / "SHA256SUMS").write_text("".join(again))


@pytest.mark.parametrize(
    "what", ["act changed", "act removed", "text changed", "file replaced", "deposit rewritten, sums made again"]
)
def test_they_find_what_somebody_changed(opened, dossier, agency_officer, what):
    folder = opened(agency_officer, of_agency(dossier))
    dossier.refresh_from_db()
    tampered(folder, what)
    assert findings(folder) != (0, dossier.journal_hash, "")


def test_the_applicant_follows_the_chain_without_reading_what_is_internal(opened, dossier, applicant):
    folder = opened(applicant, of_applicant(dossier))
    everything = "".join(path.read_text() for path in folder.rglob("*") if path.suffix in {".json", ".txt", ".html"})
    assert "Un motif que le porteur ne lit pas encore" not in everything
    assert '"outcome":"grant"' not in everything
    hidden = list((folder / "journal").glob("*.empreinte"))
    assert len(hidden) == 2  # the sheet of qualification and the proposal
    assert "2 actes sont internes" in (folder / "LISEZ-MOI.html").read_text()


def test_the_agency_reads_them(opened, dossier, agency_officer):
    folder = opened(agency_officer, of_agency(dossier))
    assert not list((folder / "journal").glob("*.empreinte"))
    texts = "".join(path.read_text() for path in (folder / "textes").iterdir())
    assert "Un motif que le porteur ne lit pas encore." in texts


def test_the_files_keep_a_name_that_no_folder_can_be_misled_by(opened, dossier, agency_officer):
    folder = opened(agency_officer, of_agency(dossier))
    assert {path.parent for path in (folder / "pieces").iterdir()} == {folder / "pieces"}
    named = dossier.snapshots.get().content["files"]
    assert len(list((folder / "pieces").iterdir())) == len(named) > 0


def test_taking_it_is_written_in_the_journal_as_its_last_act(opened, dossier, agency_officer):
    folder = opened(agency_officer, of_agency(dossier))
    last = dossier.journal.order_by("-seq").first()
    assert (last.kind, last.actor) == (JournalEntry.Kind.ARCHIVED, agency_officer.pseudonym)
    assert (folder / "journal" / f"{last.seq:05d}.json").exists()


def test_reading_the_page_writes_nothing(client, dossier, agency_officer):
    client.force_login(agency_officer)
    before = dossier.journal.count()
    page = client.get(of_agency(dossier))
    assert page.status_code == 200
    assert "Le journal est intact" in page.content.decode()
    assert dossier.journal.count() == before


def test_a_stranger_finds_no_archive(client, dossier, stranger):
    client.force_login(stranger)
    assert client.post(of_agency(dossier)).status_code == 404
    assert client.post(of_applicant(dossier)).status_code == 404


def test_each_side_has_its_own_address(client, dossier, agency_officer, applicant):
    client.force_login(agency_officer)
    assert client.post(of_applicant(dossier)).status_code == 404
    client.force_login(applicant)
    assert client.post(of_agency(dossier)).status_code == 404


def test_an_erased_text_leaves_its_digest_and_the_commands_still_hold(opened, dossier, agency_officer):
    from_the_motives = JournalEntry.objects.get(dossier=dossier, move="propose").texts.all()
    from_the_motives.delete()
    folder = opened(agency_officer, of_agency(dossier))
    dossier.refresh_from_db()
    assert not list((folder / "textes").glob("*-motives.txt"))
    assert findings(folder) == (0, dossier.journal_hash, "")


def decided(dossier, agency_officer):
    legal, director = make_officer(dossier.body, Post.Role.LEGAL), make_officer(dossier.body, Post.Role.DIRECTOR)
    drive(dossier, "check", legal)
    drive(dossier, "sign", director)
    return dossier.decisions.decided().get()


def test_a_signed_decision_is_in_it_and_the_act_of_its_signature_holds_its_digest(opened, dossier, agency_officer):
    decision = decided(dossier, agency_officer)
    folder = opened(agency_officer, of_agency(dossier))
    dossier.refresh_from_db()
    assert (folder / "decisions" / f"{decision.number}.json").exists()
    assert findings(folder) == (0, dossier.journal_hash, "")


def test_the_applicant_has_it_once_it_is_notified(opened, dossier, agency_officer, applicant):
    decision = decided(dossier, agency_officer)
    before = opened(applicant, of_applicant(dossier))
    assert not (before / "documents" / f"{decision.number}.json").exists()
    drive(dossier, "notify-grant", agency_officer)
    after = opened(applicant, of_applicant(dossier))
    dossier.refresh_from_db()
    assert (after / "documents" / f"{decision.number}.json").exists()
    assert findings(after) == (0, dossier.journal_hash, "")
