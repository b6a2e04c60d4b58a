"""The pieces of a dossier: what is accepted, who opens what, and what is written of it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.depositing.pieces import MOST
from projects.depositing.scanning import scan, scan_left
from projects.models import Attachment, JournalEntry
from tests import clamd as antivirus
from tests.dossier_factories import NOW, drive, fill, make_attachment, make_officer
from tests.files import samples
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db

PDF = samples.pdf()


def send(client, dossier, data: bytes = PDF, name: str = "budget.pdf", piece: str = "budget", **more):
    """Join a file as the page does."""
    given = {"piece": piece, f"{piece}-file": SimpleUploadedFile(name, data, "text/html")} | more
    return client.post(f"/dossiers/{dossier.reference}/pieces/", given)


def address(file: Attachment) -> str:
    return f"/dossiers/{file.dossier.reference}/pieces/{file.public_id}/"


def test_a_file_is_joined_kept_apart_and_written_in_the_journal(client, applicant, draft, own_storage):
    client.force_login(applicant)
    answer = send(client, draft, **{"budget-is_secret": "on"})
    assert answer.status_code == 302
    file = draft.attachments.get()
    assert (file.piece, file.name, file.content_type, file.is_secret) == (
        "budget",
        "budget.pdf",
        "application/pdf",
        True,
    )
    assert (own_storage / file.file.name).read_bytes() == PDF
    assert "budget" not in file.file.name
    entry = draft.journal.last()
    assert (entry.kind, entry.data["sha256"]) == (JournalEntry.Kind.ATTACHED, file.sha256)
    assert "budget.pdf" not in str(entry.data)
    assert "budget.pdf" in client.get(f"/dossiers/{draft.reference}/pieces/").content.decode()


def test_the_same_file_sent_twice_is_there_once(client, applicant, draft, own_storage):
    client.force_login(applicant)
    send(client, draft)
    send(client, draft)
    assert draft.attachments.count() == 1
    assert len([path for path in own_storage.rglob("*") if path.is_file()]) == 1


def test_another_file_takes_the_place_of_a_piece_that_is_one_file_and_the_former_is_kept(client, applicant, draft):
    client.force_login(applicant)
    send(client, draft)
    send(client, draft, samples.docx(), "budget.docx")
    assert [one.name for one in draft.attachments.present()] == ["budget.docx"]
    assert draft.attachments.count() == 2
    assert [entry.kind for entry in draft.journal.order_by("seq")][-3:] == ["attached", "detached", "attached"]


def test_a_piece_of_several_files_takes_several(client, applicant, draft):
    client.force_login(applicant)
    send(client, draft, piece="letters", name="a.pdf")
    send(client, draft, samples.docx(), "b.docx", piece="letters")
    assert draft.attachments.present().count() == 2


HOSTILE = {
    "empty": (b"", "budget.pdf"),
    "html": (samples.HTML, "budget.pdf"),
    "svg": (samples.SVG, "dessin.svg"),
    "program": (samples.WINDOWS, "budget.pdf"),
    "wrong extension": (samples.png(), "budget.pdf"),
    "bomb": (samples.lying_zip(), "budget.docx"),
    "nested bomb": (samples.nested_bomb(), "budget.docx"),
    "polyglot": (PDF + samples.zipped({"a": b"b"}), "budget.pdf"),
    "locked": (samples.pdf(password="x"), "budget.pdf"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do_and_nothing_is_kept(kind, client, applicant, draft, own_storage):
    client.force_login(applicant)
    answer = send(client, draft, *HOSTILE[kind])
    assert answer.status_code == 200
    assert "Il reste un point à corriger" in answer.content.decode()
    assert draft.attachments.count() == 0
    assert draft.journal.count() == 1
    assert not own_storage.exists() or not any(path.is_file() for path in own_storage.rglob("*"))


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.pdf", "a" * 900 + ".pdf", "con.pdf", "x\u202efdp.pdf", "<b>.pdf"]
)
def test_a_hostile_name_is_made_safe(name, client, applicant, draft):
    client.force_login(applicant)
    assert send(client, draft, name=name).status_code == 302
    kept = draft.attachments.get().name
    assert len(kept) <= 120
    assert not set('/\\<>:"|?*\u202e') & set(kept)
    given = client.get(address(draft.attachments.get()) + "?ouvrir=oui")
    assert given["Content-Disposition"].startswith("attachment; filename")


def test_a_piece_that_the_procedure_does_not_know_is_refused(client, applicant, draft):
    client.force_login(applicant)
    assert "pas de celles" in send(client, draft, piece="inconnue").content.decode() or draft.attachments.count() == 0
    assert draft.attachments.count() == 0


def test_there_is_a_limit_to_the_number_of_files(client, applicant, draft):
    for _ in range(MOST):
        make_attachment(draft)
    client.force_login(applicant)
    assert f"déjà {MOST} fichiers" in send(client, draft).content.decode()


def test_a_removed_file_is_kept_and_no_longer_shown(client, applicant, draft):
    client.force_login(applicant)
    send(client, draft)
    file = draft.attachments.get()
    client.post(f"{address(file)}retirer/")
    file.refresh_from_db()
    assert file.removed_at is not None
    assert draft.journal.last().kind == JournalEntry.Kind.DETACHED
    assert client.get(address(file)).status_code == 404


def test_once_deposited_nothing_is_joined_or_removed(client, applicant, draft):
    fill(draft)
    drive(draft, "deposit", applicant)
    client.force_login(applicant)
    assert send(client, draft, piece="letters").status_code == 403
    file = draft.attachments.first()
    client.post(f"{address(file)}retirer/")
    file.refresh_from_db()
    assert file.removed_at is None


def test_a_stranger_finds_no_page_and_no_file(client, applicant, draft, stranger):
    client.force_login(applicant)
    send(client, draft)
    file = draft.attachments.get()
    client.force_login(stranger)
    for path in (f"/dossiers/{draft.reference}/pieces/", address(file), f"{address(file)}?ouvrir=oui"):
        assert client.get(path).status_code == 404
    assert send(client, draft).status_code == 404
    assert client.post(f"{address(file)}retirer/").status_code == 404


# --- Handing over ------------------------------------------------------------


def a_file(client, applicant, draft, **fields) -> Attachment:
    client.force_login(applicant)
    send(client, draft)
    Attachment.objects.update(**fields)
    return draft.attachments.get()


def test_a_clean_file_is_handed_over_as_a_file_and_never_as_a_page(client, applicant, draft):
    file = a_file(client, applicant, draft, scan="clean")
    answer = client.get(address(file))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="budget.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_without_antivirus_one_is_told_before_that_the_file_was_not_examined(client, applicant, draft):
    file = a_file(client, applicant, draft)
    assert file.scan == "unscanned"
    told = client.get(address(file))
    assert "Fichier non analysé" in told.content.decode()
    assert client.get(f"{address(file)}?ouvrir=oui").streaming


CLOSED = {"waiting": (503, "Analyse en attente"), "unscanned": (503, "Analyse en attente"), "infected": (403, "virus")}


@pytest.mark.parametrize("scan_state", CLOSED)
def test_with_an_antivirus_only_a_clean_file_is_open(scan_state, client, applicant, draft, settings):
    file = a_file(client, applicant, draft, scan=scan_state)
    settings.CLAMAV_ADDRESS = "unix:///nulle/part"
    status, words = CLOSED[scan_state]
    answer = client.get(f"{address(file)}?ouvrir=oui")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_file_that_the_storage_lost_is_said_to_be_lost(client, applicant, draft):
    file = a_file(client, applicant, draft, scan="clean", file="zz/perdu")
    answer = client.get(address(file))
    assert (answer.status_code, "introuvable" in answer.content.decode()) == (503, True)


def test_a_reading_by_staff_is_written_and_one_by_the_applicant_is_not(client, applicant, draft):
    file = a_file(client, applicant, draft, scan="clean")
    fill(draft)
    drive(draft, "deposit", applicant)
    client.get(address(file))
    assert not draft.journal.filter(kind="downloaded").exists()
    officer = make_officer(draft.body)
    client.force_login(officer)
    assert client.get(address(file)).status_code == 200
    entry = draft.journal.get(kind="downloaded")
    assert (entry.actor, entry.data["sha256"]) == (officer.pseudonym, file.sha256)


def test_staff_do_not_read_what_is_being_prepared_nor_that_of_another_region(client, applicant, draft):
    fill(draft)
    drive(draft, "deposit", applicant)
    officer = make_officer(draft.body)
    drive(draft, "ask", officer, answer_by="2027-01-15")
    client.force_login(applicant)
    send(client, draft, samples.docx(), "nouveau.docx", piece="letters")
    new = draft.attachments.get(name="nouveau.docx")
    client.force_login(officer)
    assert client.get(address(new)).status_code == 404
    client.force_login(make_officer(make_agency_body("76")))
    assert client.get(address(draft.attachments.first())).status_code == 404


def test_a_removed_file_of_a_deposit_stays_readable(client, applicant, draft):
    file = a_file(client, applicant, draft, scan="clean")
    fill(draft)
    drive(draft, "deposit", applicant)
    drive(draft, "ask", make_officer(draft.body), answer_by="2027-01-15")
    client.force_login(applicant)
    client.post(f"{address(file)}retirer/")
    assert client.get(address(file)).status_code == 200


# --- The antivirus -----------------------------------------------------------


def test_a_virus_is_found_told_and_shut_and_the_piece_counts_as_missing(
    client, applicant, draft, settings, clamd, mailoutbox
):
    settings.CLAMAV_ADDRESS = clamd.address
    client.force_login(applicant)
    send(client, draft, b"Depense;Montant\n" + antivirus.MARK + b";1\n", "budget.csv")
    file = draft.attachments.get()
    assert file.scan == "infected"
    assert draft.journal.last().data["verdict"] == "infected"
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]
    assert "budget.csv" not in mailoutbox[0].body
    assert client.get(address(file)).status_code == 403
    assert "Virus trouvé" in client.get(f"/dossiers/{draft.reference}/pieces/").content.decode()
    assert "Budget prévisionnel" in client.get(f"/dossiers/{draft.reference}/").content.decode()


def test_a_clean_file_is_open_as_soon_as_it_is_examined(client, applicant, draft, settings, clamd):
    settings.CLAMAV_ADDRESS = clamd.address
    client.force_login(applicant)
    send(client, draft)
    file = draft.attachments.get()
    assert (file.scan, client.get(address(file)).status_code) == ("clean", 200)


def test_while_the_scanner_is_down_one_deposits_and_the_clock_examines_what_is_left(
    client, applicant, draft, settings, clamd
):
    settings.CLAMAV_ADDRESS = "unix:///nulle/part"
    fill(draft)
    client.force_login(applicant)
    send(client, draft, samples.docx(), "lettre.docx", piece="letters")
    file = draft.attachments.get(name="lettre.docx")
    assert file.scan == "waiting"
    drive(draft, "deposit", applicant)
    assert draft.stage == "received"
    later = file.added_at + timedelta(minutes=5)
    assert "attendent l'antivirus" in scan_left(later)
    settings.CLAMAV_ADDRESS = clamd.address
    assert scan_left(file.added_at) == ""
    assert scan_left(later) == "1 pièce(s) examinée(s)"
    file.refresh_from_db()
    assert file.scan == "clean"
    assert scan_left(later) == ""


def test_a_file_that_changed_in_the_storage_never_becomes_clean(client, applicant, draft, settings, clamd, own_storage):
    settings.CLAMAV_ADDRESS = "unix:///nulle/part"
    client.force_login(applicant)
    send(client, draft)
    file = draft.attachments.get()
    (own_storage / file.file.name).chmod(0o600)
    (own_storage / file.file.name).write_bytes(b"autre chose")
    settings.CLAMAV_ADDRESS = clamd.address
    assert scan(file.pk, NOW) == "unavailable"
    file.refresh_from_db()
    assert (file.scan, bool(file.scan_detail)) == ("waiting", True)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_of_the_base_whatever_the_number_of_files(
    count, client, applicant, draft, django_assert_num_queries
):
    for _ in range(count):
        make_attachment(draft, piece="letters")
    client.force_login(applicant)
    with django_assert_num_queries(14):
        client.get(f"/dossiers/{draft.reference}/pieces/")
