"""What the applicant reads of opinions: those that are not confidential, once given, without the expert's name."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from apist.clock import now
from apist.models import OutgoingMail
from projects.models import DigestLine, OpinionRequest
from tests.instruction.conftest import text_of
from tests.opinions.builders import ADDRESS, HOSTILE, QUESTION, WORDS, as_user, insurance, opined, put

NAME = "99120"


def page(client, dossier, applicant) -> str:
    client.force_login(applicant)
    return text_of(client.get(reverse("dossier", args=[dossier.reference])))


def test_an_opinion_is_read_once_given_without_who_gave_it(client, dossier, applicant, of_the_region, expert):
    asked = put(dossier, of_the_region, email=expert.email)
    html = page(client, dossier, applicant)
    assert QUESTION not in html
    assert "Avis rendus" not in html
    opined(asked, as_user(expert))
    html = page(client, dossier, applicant)
    assert all(words in html for words in ("Avis rendus", QUESTION, WORDS, "Expert invité"))
    assert NAME not in html
    assert expert.email not in html


def test_a_confidential_opinion_is_never_read(client, dossier, applicant, of_the_region, expert):
    opined(put(dossier, of_the_region, email=expert.email, confidential=True), as_user(expert))
    put(dossier, of_the_region)
    html = page(client, dossier, applicant)
    for words in (WORDS, QUESTION, "Avis rendus", NAME, ADDRESS, "Un avis est rendu", "demande d'avis"):
        assert words not in html


def test_a_body_is_named_and_its_people_are_not(client, dossier, applicant, of_the_region):
    body, member = insurance()
    member.full_name = "Lou Conseil Q77120"
    member.save()
    opined(put(dossier, of_the_region, body=body), as_user(member))
    html = page(client, dossier, applicant)
    assert body.name in html
    assert "Q77120" not in html


def test_the_applicant_is_written_nothing_of_it(dossier, applicant, of_the_region, expert):
    OutgoingMail.objects.all().delete()
    opined(put(dossier, of_the_region, email=expert.email), as_user(expert))
    assert not OutgoingMail.objects.filter(to=applicant.email).exists()
    assert not DigestLine.objects.filter(user=applicant).exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_for_the_applicant(client, dossier, applicant, of_the_region, expert, words):
    opined(put(dossier, of_the_region, email=expert.email, question=words), as_user(expert), words)
    client.force_login(applicant)
    html = client.get(reverse("dossier", args=[dossier.reference])).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert OpinionRequest.objects.get().answered_at <= now()


@pytest.mark.parametrize("confidential", [True, False])
def test_the_applicants_archive_of_evidence_holds_no_word_of_it(
    confidential, client, dossier, applicant, of_the_region, expert
):
    opined(put(dossier, of_the_region, email=expert.email, confidential=confidential), as_user(expert))
    client.force_login(applicant)
    dossier.attachments.get().file.save("x", ContentFile(b"%PDF-1.7"))
    answer = client.post(reverse("dossier-evidence", args=[dossier.reference]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        held = b"".join(archive.read(name) for name in names).decode("utf-8", "replace")
    assert any(name.endswith(".empreinte") for name in names)
    for words in (WORDS, QUESTION):
        assert words not in held
