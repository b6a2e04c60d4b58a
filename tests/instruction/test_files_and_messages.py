"""Files opened and messages written by those who instruct: written in the journal, and closed to the others."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from projects.models import JournalEntry, Message
from tests.instruction.conftest import SECRET, leaks, text_of

WORDS = "Pouvez-vous préciser la date ?"


@pytest.fixture
def file(dossier):
    """A file of the deposit, with something behind it."""
    one = dossier.attachments.get()
    one.file.save("x", ContentFile(b"%PDF-1.7 corps"), save=True)
    return one


def address(file) -> str:
    return reverse("instruction-piece", args=[file.dossier.reference, file.public_id])


@pytest.mark.parametrize("who", ["of_the_region", "legal"])
def test_opening_a_file_is_written_in_the_journal(who, client, file, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    answer = client.get(address(file))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 corps"
    entry = file.dossier.journal.last()
    assert (entry.kind, entry.actor) == (JournalEntry.Kind.DOWNLOADED, user.pseudonym)


@pytest.mark.parametrize("who", ["of_another_region", "stranger", "applicant", "content_curator"])
def test_the_others_open_nothing_by_this_door(who, client, file, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(file)).status_code == 404
    assert file.dossier.journal.last().kind == JournalEntry.Kind.MOVE


def write(client, dossier, text: str = WORDS):
    return client.post(reverse("instruction-messages", args=[dossier.reference]), {"text": text})


def test_a_message_goes_to_the_applicant_and_its_mail_does_not_hold_it(client, dossier, of_the_region, mailoutbox):
    client.force_login(of_the_region)
    answer = write(client, dossier)
    assert answer["Location"] == reverse("instruction-dossier", args=[dossier.reference])
    assert Message.objects.get().from_agency
    assert WORDS in text_of(client.get(answer["Location"]))
    assert [mail.to for mail in mailoutbox] == [["porteur@exemple.invalid"]] * len(mailoutbox)
    assert WORDS not in str([mail.body for mail in mailoutbox])


def test_the_lawyer_reads_and_does_not_write(client, dossier, legal):
    client.force_login(legal)
    assert "pas en écrire" in text_of(client.get(reverse("instruction-messages", args=[dossier.reference])))
    assert write(client, dossier).status_code == 403
    assert not Message.objects.exists()


def test_an_empty_message_comes_back(client, dossier, of_the_region):
    client.force_login(of_the_region)
    answer = write(client, dossier, "")
    assert answer.status_code == 200
    assert "Écrivez votre message." in text_of(answer)
    assert SECRET not in text_of(answer)


@pytest.mark.parametrize("who", ["of_another_region", "stranger", "applicant"])
def test_the_others_write_nothing_by_this_door(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    answer = write(client, dossier)
    assert answer.status_code == 404
    assert leaks(text_of(answer)) == []
    assert not Message.objects.exists()
