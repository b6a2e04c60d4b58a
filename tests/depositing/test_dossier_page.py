"""The applicant's page: where the dossier stands, whose turn, what happened, and nothing that is not for them."""

import pytest

from projects.models import Adoption
from tests.dossier_factories import drive, fill, make_attachment, make_dossier, make_officer

pytestmark = pytest.mark.django_db


def read(client, dossier) -> str:
    answer = client.get(f"/dossiers/{dossier.reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_says_that_nothing_is_deposited_what_is_missing_and_where_to_give_it(client, draft, applicant):
    client.force_login(applicant)
    text = read(client, draft)
    assert "Ceci est un brouillon, rien n'est déposé." in text
    assert "À vous d'agir" in text.replace("&#x27;", "'")
    assert "Ce qui manque encore (4)" in text
    assert "Étape 1 sur 4" in text
    assert "Étape suivante :</span> Dossier déposé" in text


def test_a_deposited_dossier_says_whose_turn_until_when_and_what_happens_then(client, draft, applicant):
    drive(fill(draft), "deposit", applicant)
    client.force_login(applicant)
    text = read(client, draft).replace("&#x27;", "'")
    assert "À l'agence d'agir" in text
    assert "Réponse attendue jusqu'au 28 janvier 2027 à 6\xa0h (heure de Guadeloupe)" in text
    assert "Le silence vaut refus." in text
    assert "Le délai court depuis le 28 novembre 2026" in text
    assert f"Récépissé {draft.reference}-1" in text
    assert "rien n'est déposé" not in text


def test_a_delay_without_source_is_said_to_be_a_usage(client, applicant):
    dossier = fill(make_dossier(applicant))
    drive(dossier, "deposit", applicant)
    client.force_login(applicant)
    assert "délai d&#x27;usage" in read(client, dossier)


def test_what_the_agency_does_for_itself_stays_there(client, draft, applicant):
    drive(fill(draft), "deposit", applicant)
    drive(draft, "propose", make_officer(draft.body), opinion="Avis très défavorable.")
    client.force_login(applicant)
    text = read(client, draft)
    assert "Nouvelle étape : « Décision en préparation »" in text
    for hidden in ("Proposer un refus sec", "Avis très défavorable", "Avis réservé"):
        assert hidden not in text


def test_what_the_agency_says_by_a_letter_is_read_in_the_history(client, applicant):
    dossier = fill(make_dossier(applicant))
    drive(dossier, "deposit", applicant)
    officer = make_officer(dossier.body)
    officer.full_name = "Dominique Instructeur"
    officer.save()
    drive(dossier, "orient", officer, orientation="Voyez le FIR.")
    client.force_login(applicant)
    text = read(client, dossier)
    assert "Voyez le FIR." in text
    assert "Dominique Instructeur" in text


PAGES = ("", "pieces/", "deposer/", "messages/", "copier/", "geste/withdraw/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_dossier_deposited_elsewhere_says_where(page, client, away, applicant):
    Adoption.objects.create(
        procedure_key="away", channel="external", place="Département, service autonomie", url="https://exemple.invalid/",
        instructions="Par le formulaire du site.", valid_from="2026-01-01",
    )  # fmt: skip
    client.force_login(applicant)
    text = client.get(f"/dossiers/{away.reference}/{page}").content.decode()
    assert "Ce dossier n'est pas déposé</strong> : déposez-le à Département" in text
    assert "Département, service autonomie" in text
    assert "https://exemple.invalid/" in text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_draft_says_that_nothing_is_deposited(page, client, draft, applicant):
    client.force_login(applicant)
    assert (
        "Ceci est un brouillon, rien n'est déposé."
        in client.get(f"/dossiers/{draft.reference}/{page}").content.decode()
    )


def test_nobody_reads_it_without_signing_in_and_a_stranger_finds_nothing(client, draft, stranger):
    for page in (*PAGES, "a-deposer.zip", "recepisse-1/", "recepisse-1.pdf"):
        client.logout()
        assert client.get(f"/dossiers/{draft.reference}/{page}").status_code == 302
        client.force_login(stranger)
        assert client.get(f"/dossiers/{draft.reference}/{page}").status_code == 404


def test_an_officer_is_led_to_the_agency_s_page(client, draft, applicant):
    drive(fill(draft), "deposit", applicant)
    client.force_login(make_officer(draft.body))
    assert client.get(f"/dossiers/{draft.reference}/")["Location"] == f"/instruction/{draft.reference}/"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_of_the_base_whatever_the_length_of_the_journal(
    count, client, draft, applicant, organisation, django_assert_num_queries
):
    fill(draft)
    drive(draft, "deposit", applicant)
    for _ in range(count):
        drive(draft, "ask", make_officer(draft.body), answer_by="2027-01-15")
        make_attachment(draft, piece="letters")
        drive(draft, "answer", applicant)
    client.force_login(applicant)
    with django_assert_num_queries(25):
        client.get(f"/dossiers/{draft.reference}/")
