"""What the portal does with each answer of a mail server. The server is real, and so is the connection."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as django_mail

from apist import outbox
from apist.delivery import AT_ONCE, deliver_due, deliver_left
from apist.models import OutgoingMail, SuspendedAddress
from tests.mail.smtp import smtp_server

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings):
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_TIMEOUT = 5
        yield server


def write(to: str, **fields) -> OutgoingMail:
    outbox.write(to, f"{to}@exemple.invalid", "Été : des nouveautés", "Bonjour é", now=NOW, **fields)
    return OutgoingMail.objects.get(cause=to)


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_mail_leaves_with_the_message_id_of_its_row(server):
    mail = write("ada", html="<p>Bonjour é</p>", headers={"List-Unsubscribe": "<https://exemple.invalid/x>"})
    assert deliver_due(NOW) == 1
    ((sender, recipient, text),) = server.accepted
    message = message_from_bytes(text, policy=policy.default)
    assert (recipient, sender) == ("ada@exemple.invalid", "portail@apist.invalid")
    assert message["Message-ID"] == mail.message_id
    assert message["Subject"] == "Été : des nouveautés"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://exemple.invalid/x>"
    assert message.get_body("plain").get_content().strip() == "Bonjour é"
    assert message.get_body("html").get_content().strip() == "<p>Bonjour é</p>"
    assert state_of(mail) == "sent"


def test_the_envelope_says_which_mail_it_is_where_an_address_for_returns_is_set(server, settings):
    settings.BOUNCE_ADDRESS = "retours@exemple.fr"
    mail = write("ada")
    deliver_due(NOW)
    ((sender, _, text),) = server.accepted
    assert sender == f"retours+{mail.message_id[1:33]}@exemple.fr"
    assert message_from_bytes(text, policy=policy.default)["From"] == settings.DEFAULT_FROM_EMAIL


def test_a_recipient_refused_for_good_is_a_return_at_once(server):
    server.refusals["inconnu"] = "550 5.1.1 User unknown"
    refused, fine = write("inconnu"), write("ada")
    assert deliver_due(NOW) == 1
    assert (state_of(refused), state_of(fine)) == ("returned", "sent")
    assert refused.last_error == "550 5.1.1 User unknown"
    assert SuspendedAddress.objects.count() == 1


@pytest.mark.parametrize("words", ["450 4.2.0 Greylisted", "452 4.2.2 Mailbox full"])
def test_a_recipient_refused_for_now_is_tried_again(words, server):
    server.refusals["ada"] = words
    mail = write("ada")
    assert deliver_due(NOW) == 0
    assert (state_of(mail), mail.attempts, mail.last_error) == ("waiting", 1, words)
    server.refusals.clear()
    assert deliver_due(mail.not_before) == 1
    assert not SuspendedAddress.objects.exists()


@pytest.mark.parametrize(
    ("words", "state", "suspended"),
    [
        ("550 5.1.1 No such user", "returned", 1),
        ("554 5.7.1 Message looks like spam", "given-up", 0),
        ("451 4.3.0 Try later", "waiting", 0),
    ],
)
def test_a_text_that_is_refused_blames_the_address_only_when_the_server_does(words, state, suspended, server):
    server.after_text["ada"] = words
    mail = write("ada")
    deliver_due(NOW)
    assert (state_of(mail), mail.last_error) == (state, words)
    assert SuspendedAddress.objects.count() == suspended


def test_a_server_that_hangs_up_puts_one_mail_off_and_the_others_wait(server):
    server.after_text["coupe"] = ""
    cut, next_one = write("coupe"), write("suivant")
    assert deliver_due(NOW) == 0
    assert (state_of(cut), cut.attempts) == ("waiting", 1)
    assert (state_of(next_one), next_one.attempts) == ("waiting", 0)
    assert deliver_due(NOW) == 1
    assert state_of(next_one) == "sent", "the mail that fails does not hold the others up"


def test_without_a_server_nothing_is_lost(settings, server):
    settings.EMAIL_PORT = 1
    mail = write("ada")
    assert deliver_due(NOW) == 0
    assert state_of(mail) == "waiting"
    assert "Refused" in mail.last_error


def test_a_mail_that_nothing_can_send_is_given_up_and_the_next_one_leaves(server):
    bad, fine = write("ada", headers={"X-Essai": "deux\nlignes"}), write("grace")
    assert deliver_due(NOW) == 1
    assert (state_of(bad), state_of(fine)) == ("given-up", "sent")
    assert "BadHeaderError" in bad.last_error


def test_a_run_is_bounded(db):
    for number in range(AT_ONCE + 1):
        write(f"a{number}")
    assert deliver_due(NOW) == AT_ONCE
    assert deliver_due(NOW) == 1


def test_the_clock_sends_what_no_worker_took_in_time(db):
    write("ada")
    assert deliver_left(NOW) == ""
    assert deliver_left(NOW + MINUTE) == "1 courriel(s) envoyé(s)"
    assert len(django_mail.outbox) == 1
