"""The receipt, read back: what it says, that it is accessible, that it comes out the same months later."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from projects import guards
from projects.models import Section
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def deposited(draft, applicant, client):
    """Return a dossier that its depositor has just deposited."""
    fill(draft)
    drive(draft, "deposit", applicant)
    client.force_login(applicant)
    return draft


def receipt(client, dossier, rank: int = 1) -> bytes:
    answer = client.get(f"/dossiers/{dossier.reference}/recepisse-{rank}.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_it_says_the_number_the_moment_there_and_in_paris_who_what_and_how_to_check(client, deposited, organisation):
    text = text_of(receipt(client, deposited))
    snapshot = deposited.snapshots.get()
    for words in (
        f"Récépissé {deposited.reference}-1",
        "28 novembre 2026 à 6 h (heure de Guadeloupe), soit le 28 novembre 2026 à 11 h (heure de Paris)",
        "Camille Porteur", organisation.name, organisation.siret, "Représentation légale", "Budget prévisionnel",
        "Deux mois de silence valent refus.", "Pour contester : À vérifier", "Texte d'essai", "sha256sum",
    ):  # fmt: skip
        assert words.replace("'", "’") in text.replace("'", "’"), words
    bare = text.replace(" ", "")
    assert snapshot.sha256 in bare
    assert deposited.attachments.get(piece="budget").sha256 in bare.replace("-", "")


def test_it_is_accessible_in_french_and_titled(client, deposited):
    reader = PdfReader(io.BytesIO(receipt(client, deposited)))
    root = reader.trailer["/Root"]
    assert root["/Lang"].startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == f"Récépissé {deposited.reference}-1"


def test_it_comes_out_the_same_months_later_whatever_changed_meanwhile(client, deposited, applicant, organisation):
    before = receipt(client, deposited)
    Section.objects.filter(dossier=deposited).update(answers={"why": "Tout autre chose"})
    applicant.full_name = "Autre Nom"
    applicant.save()
    organisation.name = "Autre organisme"
    organisation.save()
    deposited.body.name = "Autre agence"
    deposited.body.save()
    deposited.project.title = "Autre titre"
    deposited.project.save()
    applicant.memberships.all().update(mandate="Autre mandat")
    assert receipt(client, deposited) == before


def test_each_deposit_has_its_own(client, deposited, applicant):
    officer = make_officer(deposited.body)
    drive(deposited, "ask", officer, answer_by="2027-01-15")
    drive(deposited, "answer", applicant, NOW + timedelta(days=3))
    assert f"{deposited.reference}-2" in text_of(receipt(client, deposited, 2))
    assert "1er décembre 2026" in text_of(receipt(client, deposited, 2))
    assert client.get(f"/dossiers/{deposited.reference}/recepisse-3.pdf").status_code == 404


def test_an_officer_keeps_the_receipt_too_and_a_stranger_does_not(client, deposited, stranger):
    client.force_login(make_officer(deposited.body))
    assert receipt(client, deposited)
    assert client.get(f"/dossiers/{deposited.reference}/recepisse-1/").status_code == 200
    client.force_login(stranger)
    assert client.get(f"/dossiers/{deposited.reference}/recepisse-1.pdf").status_code == 404


def test_the_page_that_checks_it_shows_the_number_and_the_digest_and_that_all_holds(client, deposited):
    text = client.get(f"/dossiers/{deposited.reference}/recepisse-1/").content.decode()
    assert "Le dépôt est intact" in text
    assert deposited.snapshots.get().sha256 in text


def test_the_page_that_checks_it_tells_that_the_content_was_changed(client, deposited):
    with guards.maintenance("Essai", NOW):
        deposited.snapshots.update(content=deposited.snapshots.get().content | {"project": {"title": "Faux"}})
    assert "ne correspond pas" in client.get(f"/dossiers/{deposited.reference}/recepisse-1/").content.decode()


def test_the_page_that_checks_it_tells_that_the_journal_was_changed(client, deposited):
    with guards.maintenance("Essai", NOW):
        deposited.journal.filter(seq=1).update(party="system")
    assert (
        "Le journal du dossier est rompu"
        in client.get(f"/dossiers/{deposited.reference}/recepisse-1/").content.decode()
    )


def test_what_was_deposited_elsewhere_is_a_trace_and_never_passes_for_a_receipt(client, away, applicant):
    drive(fill(away), "note", applicant)
    client.force_login(applicant)
    text = text_of(receipt(client, away))
    assert "Trace " in text
    assert "pas un récépissé" in text
    for words in ("Reçu le", "Reçu par", "Deux mois de silence"):
        assert words not in text
    page = client.get(f"/dossiers/{away.reference}/").content.decode()
    assert "sans valeur de récépissé" in page
    assert "vous avez noté son dépôt ailleurs" in page


def test_an_exploratory_request_has_its_receipt_as_well(client, applicant):
    dossier = fill(make_dossier(applicant))
    drive(dossier, "deposit", applicant)
    client.force_login(applicant)
    text = text_of(receipt(client, dossier))
    assert "le silence ne vaut ni accord ni refus" in text
    assert "Fichiers reçus (0)" in text
