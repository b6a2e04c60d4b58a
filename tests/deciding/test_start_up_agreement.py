"""Article 51's agreement on what starts the work: sent, signed by both sides, numbered; what it grants, and is paid."""

from decimal import Decimal

import pytest
from django.urls import reverse

from projects.engine.door import Refused
from projects.engine.paying import sums_of
from projects.engine.verifying import verify
from projects.evidence.archive import decisions_of
from tests.deciding.builders import lever
from tests.deciding.paper_builders import authorised
from tests.deciding.test_decisions import text_of
from tests.dossier_factories import drive

GIVEN = {"amount_granted": "40000", "amount_per_year": "40000", "exercise_ends_on": "2027-06-30"}


@pytest.fixture
def experiment(applicant, organisation, agency, people):
    return authorised(applicant, organisation, agency, people, lever=lever("article-51"))


@pytest.fixture
def sent(experiment, people):
    drive(experiment, "send-agreement", people["officer"], **GIVEN)
    return experiment


@pytest.fixture
def agreed(sent, people, applicant):
    drive(sent, "sign-as-carrier", applicant)
    drive(sent, "sign-agreement", people["director"])
    return sent


def test_it_is_numbered_and_says_what_is_paid_and_what_no_source_says(agreed):
    made = agreed.decisions.get(key="agreement")
    assert made.number == "ARS-01-2026-0002"
    assert made.notice
    assert (made.content["subject"], made.content["carrier"]["how"]) == (
        f"Convention d'amorçage : {agreed.project.title}", "sur le portail"
    )  # fmt: skip
    parts = {part["title"]: part["lines"] for part in made.content["parts"]}
    assert parts["Ce que verse l'agence"] == [
        "Montant accordé : 40\u202f000,00\u00a0€.",
        "Montant pour une année : 40\u202f000,00\u00a0€.",
        "Fin de l'exercice financé : 30 juin 2027.",
        "Calendrier des versements : à vérifier, aucun n'est écrit.",
    ]
    assert parts["Ce que rend le porteur"] == ["Comptes rendus : à vérifier."]
    assert (agreed.stage, sums_of(agreed)) == ("authorised", (Decimal(40000), 0))
    assert verify(agreed).is_whole


def test_the_carrier_reads_what_they_sign_and_the_numbered_one_once_signed(client, experiment, people, applicant):
    client.force_login(applicant)
    sent_pdf = reverse("dossier-agreement-pdf", args=[experiment.reference])
    assert client.get(sent_pdf).status_code == 404
    drive(experiment, "send-agreement", people["officer"], **GIVEN)
    text = text_of(client.get(sent_pdf).content)
    assert "Projet, non signé" in text
    assert "30 juin 2027" in text
    drive(experiment, "sign-as-carrier", applicant)
    assert "agreement" not in {one.key for one in decisions_of(experiment, for_applicant=True)}
    drive(experiment, "sign-agreement", people["director"])
    made = experiment.decisions.get(key="agreement")
    assert made in decisions_of(experiment, for_applicant=True)
    assert made.number in text_of(
        client.get(reverse("dossier-decision-pdf", args=[experiment.reference, made.pk])).content
    )


def test_it_is_taken_back_to_the_authorised_project_and_the_first_inclusion_waits_for_nothing_else(
    sent, people, applicant
):
    with pytest.raises(Exception, match="no longer"):
        drive(sent, "first-inclusion", applicant)
    drive(sent, "take-back-agreement", people["officer"])
    assert (sent.stage, sent.due_at) == ("authorised", None)
    drive(sent, "first-inclusion", applicant)
    assert sent.stage == "running"


def test_a_private_body_above_the_threshold_is_paid_after_it_and_never_more(agreed, people):
    drive(agreed, "pay-start-up", people["officer"], paid="30000", paid_on="2026-11-28")
    assert sums_of(agreed) == (Decimal(40000), Decimal(30000))
    with pytest.raises(Refused, match="plus que le montant de la convention"):
        drive(agreed, "pay-start-up", people["officer"], paid="10000.01", paid_on="2026-11-28")


def test_a_second_one_takes_the_place_of_the_first_with_its_own_amount(agreed, people, applicant):
    first = agreed.decisions.get(key="agreement")
    drive(agreed, "send-agreement", people["officer"], **GIVEN | {"amount_granted": "35000"})
    drive(agreed, "record-carrier-signature", people["officer"], carrier_signed_on="2026-11-20")
    drive(agreed, "sign-agreement", people["director"])
    second = agreed.decisions.filter(key="agreement").latest("pk")
    assert second.corrects == first
    assert second.content["carrier"] == {"on": "2026-11-20", "how": "noté par l'agence"}
    assert second.content["parts"][0]["lines"][0] == "Montant accordé : 35\u202f000,00\u00a0€."
    assert sums_of(agreed)[0] == Decimal(35000)
