"""The agreement with a regional group: signed by the carrier, then by the group, under the group's own numbers."""

import pytest
from django.urls import reverse

from projects.engine.door import NotAllowed
from projects.engine.verifying import verify
from projects.evidence.archive import decisions_of
from projects.following.agreements import signed_in
from tests.deciding.paper_builders import supported
from tests.deciding.test_decisions import text_of
from tests.dossier_factories import drive


@pytest.fixture
def granted(applicant, organisation, agency, people):
    dossier, group = supported(applicant, organisation, agency, people)
    people["group"] = group
    return dossier


@pytest.fixture
def agreed(granted, people, applicant):
    drive(granted, "propose-agreement", people["group"])
    drive(granted, "sign-as-carrier", applicant)
    drive(granted, "sign-for-group", people["group"])
    return granted


def test_the_group_signs_and_numbers_it_and_it_says_what_the_study_said(agreed):
    made = agreed.decisions.get(key="agreement")
    assert (made.number, made.body.name) == ("GRADES-ESSAI-2026-0001", "Groupement d'essai")
    assert (made.content["body"], made.content["signed_for"]) == (
        "Groupement d'essai",
        "Groupement régional e-santé (GRADeS)",
    )
    assert made.content["text"].startswith("Entre le Groupement d'essai et l'Organisme demandeur")
    study, left = made.content["parts"]
    assert study["lines"] == [
        "Coût sur cinq ans : 80\u202f000,00\u00a0€.",
        "Moyens du groupement : Deux chefs de projet.",
        "Usage à mesurer : Connexions.",
    ]
    assert all(line.endswith(" : à vérifier.") for line in left["lines"])
    assert not any("subvention" in str(part) or "€ d'aides" in str(part) for part in made.content["parts"])
    assert (agreed.stage, bool(made.notice)) == ("running", True)
    assert verify(agreed).is_whole


def test_its_two_sides_read_it_whole_and_the_group_signed_it(agreed, client, people, applicant, stranger):
    made = agreed.decisions.get(key="agreement")
    file = reverse("dossier-decision-pdf", args=[agreed.reference, made.pk])
    for who, status in ((applicant, 200), (people["officer"], 200), (people["group"], 200), (stranger, 404)):
        client.force_login(who)
        assert client.get(file).status_code == status
    client.force_login(applicant)
    text = text_of(client.get(file).content).replace("’", "'")
    for words in (
        made.number,
        "Signée sur le portail le 28 novembre 2026",
        "pour Groupement d'essai",
        "En cas de désaccord",
    ):
        assert words in text
    assert "pour l'agence" not in text


def test_nothing_of_it_is_read_before_it_is_sent_nor_numbered_before_the_group_signs(
    granted, client, people, applicant
):
    client.force_login(applicant)
    sent_pdf = reverse("dossier-agreement-pdf", args=[granted.reference])
    assert client.get(sent_pdf).status_code == 404
    drive(granted, "propose-agreement", people["officer"])
    assert "Projet, non signé" in text_of(client.get(sent_pdf).content)
    drive(granted, "sign-as-carrier", applicant)
    assert "agreement" not in {one.key for one in decisions_of(granted, for_applicant=False)}
    client.force_login(people["group"])
    page = client.get(reverse("instruction-move", args=[granted.reference, "sign-for-group"])).content.decode()
    assert "Deux chefs de projet" in page
    for who in ("officer", "director", "legal"):
        with pytest.raises(NotAllowed):
            drive(granted, "sign-for-group", people[who])


@pytest.mark.parametrize("by", ["group", "officer"])
def test_either_may_take_it_back_to_where_the_support_was_granted(granted, by, people, applicant):
    drive(granted, "propose-agreement", people["group"])
    drive(granted, "sign-as-carrier", applicant)
    drive(granted, "take-back-agreement", people[by])
    assert granted.stage == "granted"


def test_what_the_group_noted_of_a_signature_says_who_noted_it(granted, people):
    drive(granted, "propose-agreement", people["group"])
    drive(granted, "record-carrier-signature", people["group"], carrier_signed_on="2026-11-20")
    drive(granted, "sign-for-group", people["group"])
    carrier = granted.decisions.get(key="agreement").content["carrier"]
    assert carrier == {"on": "2026-11-20", "how": "noté par : Groupement régional e-santé (GRADeS)"}


def test_it_is_no_subsidy_and_never_among_the_essential_data(agreed):
    assert agreed not in signed_in(agreed.body, 2026)
