"""The amendment of a contract (CPOM): what it changes is said first, then signed by somebody else, under a number."""

import pytest
from django.test import Client
from django.urls import reverse

from projects.deciding.folder import folder_of
from projects.engine.door import Refused
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.evidence.archive import decisions_of
from tests.deciding.paper_builders import contracted
from tests.deciding.test_decisions import text_of
from tests.dossier_factories import NOW, drive

WORDS = "Deux places de plus à compter de mars."
SIGNED = {"amendment_carrier_signed_on": "2026-11-20", "amendment_department_signed_on": ""}


@pytest.fixture
def contract(applicant, organisation, agency, people):
    return contracted(applicant, organisation, agency, people)


@pytest.fixture
def prepared(contract, people):
    drive(contract, "prepare-amendment", people["officer"], amendment_words=WORDS)
    return contract


def test_it_is_numbered_names_the_contract_and_leaves_its_end_where_it_was(prepared, people):
    before = prepared.decisions.get(key="agreement").number
    assert prepared in folder_of(actor_of(people["director"], NOW))
    drive(prepared, "sign-amendment", people["director"], **SIGNED)
    made = prepared.decisions.get(key="amendment")
    assert made.number == "ARS-01-2026-0002"
    assert made.content["text"].startswith(f"Avenant au contrat pluriannuel d'objectifs et de moyens n° {before} entre")
    assert WORDS in made.content["text"]
    same, others = made.content["parts"]
    assert same["lines"][:2] == [
        "Le contrat a pris effet le : 1er janvier 2026.", "Sa durée en mois, comptée de ce jour : 60."
    ]  # fmt: skip
    assert others["lines"] == [
        "Signé par le porteur le : 20 novembre 2026.", "Signé par le département, s'il est partie, le : à vérifier."
    ]  # fmt: skip
    assert (prepared.stage, prepared.due_at.date().isoformat()) == ("running", "2030-12-31")
    assert verify(prepared).is_whole


def test_the_carrier_reads_it_once_signed_and_nobody_else_ever(prepared, client, people, applicant, stranger):
    client.force_login(applicant)
    page = reverse("dossier", args=[prepared.reference])
    assert WORDS not in client.get(page).content.decode()
    drive(prepared, "sign-amendment", people["director"], **SIGNED)
    made = prepared.decisions.get(key="amendment")
    assert made in decisions_of(prepared, for_applicant=True)
    file = reverse("dossier-decision-pdf", args=[prepared.reference, made.pk])
    assert WORDS in text_of(client.get(file).content)
    client.force_login(stranger)
    assert client.get(file).status_code == 404


def test_nobody_signs_what_is_not_said_nor_what_they_said_nor_older_words_nor_a_day_to_come(contract, people):
    with pytest.raises(Refused, match="n'est pas préparé"):
        drive(contract, "sign-amendment", people["director"], **SIGNED)
    officer = Client()
    officer.force_login(people["officer"])
    address = reverse("instruction-amendment", args=[contract.reference])
    assert officer.post(address, {"subject": "Avenant", "text": "Mes mots.", "seen": 0}).status_code == 302
    contract.drafts.update(written_at=NOW.replace(month=10))
    drive(contract, "prepare-amendment", people["officer"], amendment_words=WORDS)
    with pytest.raises(Refused, match="écrit avant la proposition"):
        drive(contract, "sign-amendment", people["director"], **SIGNED)
    contract.drafts.all().delete()
    with pytest.raises(Refused, match="pas encore venu"):
        drive(contract, "sign-amendment", people["director"], **SIGNED | {"amendment_carrier_signed_on": "2026-11-29"})
    drive(contract, "sign-amendment", people["director"], **SIGNED)


def test_the_next_one_is_prepared_anew_and_holds_none_of_the_days_of_the_first(prepared, people, applicant, client):
    drive(prepared, "sign-amendment", people["director"], **SIGNED)
    drive(prepared, "propose-amendment", applicant)
    with pytest.raises(Refused, match="n'est pas préparé"):
        drive(prepared, "sign-amendment", people["director"], **SIGNED)
    drive(prepared, "prepare-amendment", people["officer"], amendment_words="Autre chose.")
    client.force_login(people["officer"])
    page = client.get(reverse("instruction-amendment", args=[prepared.reference])).content.decode()
    assert "Autre chose." in page
    assert "20 novembre 2026" not in page
