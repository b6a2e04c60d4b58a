"""The mailbox of the demonstration: mails that would have left are read there, by nobody elsewhere."""

import os
import re

import pytest

from tests.pages.reading import link, visit

MAILBOX = "/demonstration/messages/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings, tmp_path):
    """Put the portal in demonstration, with an empty mailbox."""
    settings.MODE = "demonstration"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mailbox"
    return tmp_path / "mailbox"


def write(mailbox, name: str, *lines: str) -> None:
    mailbox.mkdir(exist_ok=True)
    (mailbox / name).write_text("\n".join(lines) + "\n" + "-" * 79 + "\n", encoding="utf-8")


def test_an_empty_mailbox_says_when_messages_come(mailbox, client):
    assert "Aucun message pour l'instant" in visit(client, MAILBOX).one("main").text


def test_a_forgotten_password_can_be_chosen_again_from_the_mailbox(mailbox, applicant, client):
    sent = client.post("/compte/mot-de-passe/oublie/", {"email": applicant.email}, follow=True)
    assert sent.status_code == 200
    assert link(visit(client, "/compte/mot-de-passe/envoye/"), "le message se lit ici")["href"] == MAILBOX
    (message,) = visit(client, MAILBOX).all("article", "portal-message")
    said = dict(
        zip([term.text for term in message.all("dt")], [value.text for value in message.all("dd")], strict=True)
    )
    assert said["À"] == applicant.email
    address = next(anchor["href"] for anchor in message.all("a") if "/nouveau/" in anchor["href"])
    answer = client.get(re.sub("^http://testserver", "", address), follow=True)
    assert "Choisir un nouveau mot de passe" in answer.content.decode()


def test_the_newest_message_comes_first(mailbox, client):
    write(mailbox, "1.log", "Subject: Ancien", "From: a@b.invalid", "To: c@d.invalid", "", "Bonjour")
    write(mailbox, "2.log", "Subject: Recent", "From: a@b.invalid", "To: c@d.invalid", "", "Bonjour")
    os.utime(mailbox / "1.log", (1, 1))
    titles = [article.one("h2").text for article in visit(client, MAILBOX).all("article", "portal-message")]
    assert titles == ["Recent", "Ancien"]


def test_a_message_is_shown_as_text(mailbox, client):
    write(mailbox, "1.log", "Subject: <b>gras</b>", "To: c@d.invalid", "", "<script>alert(1)</script>")
    (message,) = visit(client, MAILBOX).all("article", "portal-message")
    assert message.one("h2").text == "<b>gras</b>"
    assert message.all("script") == message.all("b") == []


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe\x00\x01",
        b"Subject: =?utf-8?b?pas-du-base64?=\n\nx",
        b"Content-Type: text/plain; charset=inconnu\n\n\xe9t\xe9",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x--",
        b"Date: hier\nSubject: Date illisible\n\nx",
        b"",
    ],
)
def test_a_file_that_is_no_mail_breaks_nothing(raw, mailbox, client):
    mailbox.mkdir()
    (mailbox / "1.log").write_bytes(raw)
    visit(client, MAILBOX)


def test_the_demonstration_says_on_every_page_that_it_is_one(mailbox, client):
    notice = visit(client, "/plan-du-site/").one("section", "portal-demonstration")
    assert "Version de démonstration." in notice.text
    assert link(notice, "lire les messages ici")["href"] == MAILBOX


def test_there_is_no_mailbox_and_no_notice_outside_the_demonstration(settings, client):
    settings.MODE = "production"
    assert client.get(MAILBOX).status_code == 404
    assert visit(client, "/plan-du-site/").all("section", "portal-demonstration") == []


def test_a_mail_that_does_not_name_its_clocks_is_read_on_those_of_paris(mailbox, client):
    write(mailbox, "1.log", "Subject: Essai", "Date: Sat, 28 Nov 2026 21:18:00 -0000", "", "Bonjour")
    assert "28 novembre 2026, 22:18" in visit(client, MAILBOX).one("main").text
