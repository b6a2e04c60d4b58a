"""The acknowledgement of a request: what the receipt of the deposit cannot say yet, the service and the contact."""

import pytest
from django.urls import reverse

from projects.engine.verifying import verify
from projects.models import Decision, DecisionCounter, LetterTemplate
from tests.deciding.builders import adopt, notified
from tests.deciding.test_decisions import text_of
from tests.dossier_factories import drive, fill, make_dossier

HOSTILE = "<script>alert(1)</script> #eval(1) $x$ *gras* {{projet}}"
GIVEN = {"service": "Service de l'innovation", "service_contact": "innovation@exemple.invalid"}


@pytest.fixture
def received(applicant, organisation, agency, people):
    adopt("fir", agency)
    dossier = fill(make_dossier(applicant, "fir", organisation=organisation, body=agency))
    drive(dossier, "deposit", applicant)
    return dossier


def made_of(dossier) -> Decision:
    return dossier.decisions.get(key="acknowledgement")


def test_it_says_the_day_the_service_and_what_silence_is_worth(received, people):
    entry = drive(received, "acknowledge", people["officer"], **GIVEN)
    made = made_of(received)
    assert (made.number, made.rank) == (f"{received.reference}-AR-1", None)
    assert entry.data["decision"] == {"number": made.number, "sha256": made.sha256}
    lines = made.content["parts"][0]["lines"]
    assert lines == [
        "Demande reçue le : 28 novembre 2026.",
        "Service chargé du dossier : Service de l'innovation.",
        "Pour le joindre : innovation@exemple.invalid.",
        "Sans réponse le 28 janvier 2027, la demande est réputée refusée.",
    ]
    assert "R. 112-5" in made.content["parts"][0]["source"]
    assert "deux mois" in made.content["silence"]
    assert verify(received).is_whole


def test_it_takes_no_number_of_the_decisions(received, people, fir):
    drive(received, "acknowledge", people["officer"])
    assert not DecisionCounter.objects.exists()
    assert notified(fir, people).number == "ARS-01-2026-0001"


def test_the_applicant_reads_it_at_once_and_the_mail_leads_there(client, received, people, applicant, mailoutbox):
    mailoutbox.clear()
    drive(received, "acknowledge", people["officer"], **GIVEN)
    made = made_of(received)
    address = reverse("dossier-decision", args=[received.reference, made.pk])
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]
    assert f"Accusé de réception n° {made.number}" in mailoutbox[0].body
    assert "Si l'administration ne répond pas" in mailoutbox[0].body
    client.force_login(applicant)
    assert address in client.get(reverse("dossier", args=[received.reference])).content.decode()
    page = client.get(address).content.decode()
    assert "Service de l&#x27;innovation" in page or "Service de l'innovation" in page
    text = text_of(client.get(reverse("dossier-decision-pdf", args=[received.reference, made.pk])).content)
    for words in (made.number, "innovation@exemple.invalid", "28 janvier 2027", "Silence"):
        assert words in text


def test_the_words_are_those_of_the_curators_template(received, people):
    words = "Reçu le {{date_depot}} : {{service}}."
    LetterTemplate.objects.create(key="acknowledgement", subject="Bien reçu", text=words, valid_from="2026-01-01")
    drive(received, "acknowledge", people["officer"], **GIVEN)
    content = made_of(received).content
    assert (content["subject"], content["text"]) == (
        "Bien reçu",
        "Reçu le 28 novembre 2026 : Service de l'innovation.",
    )


def test_what_looks_like_markup_comes_out_as_text(client, received, people, applicant):
    drive(received, "acknowledge", people["officer"], service=HOSTILE, service_contact=HOSTILE)
    made = made_of(received)
    client.force_login(applicant)
    page = client.get(reverse("dossier-decision", args=[received.reference, made.pk])).content.decode()
    assert "<script>alert" not in page
    text = text_of(client.get(reverse("dossier-decision-pdf", args=[received.reference, made.pk])).content)
    for part in ("<script>alert(1)</script>", "#eval(1)", "$x$", "*gras*", "{{projet}}"):
        assert part in text.replace(" ", ""), part
