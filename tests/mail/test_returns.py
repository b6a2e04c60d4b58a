"""Mails that come back, as the servers that exist say it; and whatever else arrives at that address."""

import mailbox
import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from apist import outbox
from apist.models import OutgoingMail, SuspendedAddress
from apist.notices import read_notice
from apist.returns import Read, read_maildir, record

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
FOLDER = Path(__file__).parent / "notices"

PERMANENT = [
    "postfix-unknown", "exim", "exim-old-text", "exchange", "google", "qmail", "without-message-id",
]  # fmt: skip
TRANSIENT = ["postfix-headers-only", "sendmail-spam"]
NO_FAILURE = ["postfix-delayed", "delivered", "out-of-office"]


@pytest.fixture
def sent(db) -> OutgoingMail:
    """A mail that left."""
    outbox.write("essai", "ada@exemple.invalid", "Appels", "Bonjour", now=NOW)
    mail = outbox.claim(NOW)
    outbox.mark_sent(mail, NOW)
    return mail


def notice(name: str, mail: OutgoingMail) -> bytes:
    """The notice that a server sends about a mail."""
    text = (FOLDER / f"{name}.eml").read_text(encoding="utf-8")
    return text.replace("{message_id}", mail.message_id).replace("{local}", mail.message_id[1:33]).encode()


def bounce_of(mail: OutgoingMail) -> tuple[str, str]:
    mail.refresh_from_db()
    return mail.state, mail.bounce


@pytest.mark.parametrize("name", PERMANENT)
def test_a_permanent_failure_is_understood_and_suspends(name, sent):
    assert record(notice(name, sent), NOW) is Read.RECORDED
    assert bounce_of(sent) == ("returned", "permanent")
    assert outbox.is_suspended(outbox.digest_of("ada@exemple.invalid"), NOW)


@pytest.mark.parametrize("name", TRANSIENT)
def test_what_may_pass_is_noted_and_does_not_suspend(name, sent):
    assert record(notice(name, sent), NOW) is Read.RECORDED
    assert bounce_of(sent) == ("returned", "transient")
    assert not SuspendedAddress.objects.exists()


@pytest.mark.parametrize("name", NO_FAILURE)
def test_what_announces_no_failure_changes_nothing(name, sent):
    assert record(notice(name, sent), NOW) is Read.NO_FAILURE
    assert bounce_of(sent) == ("sent", "")


def test_every_sample_is_tried():
    assert {path.stem for path in FOLDER.glob("*.eml")} == {*PERMANENT, *TRANSIENT, *NO_FAILURE}


def test_the_words_of_the_server_are_kept_without_the_address(sent):
    record(notice("postfix-unknown", sent), NOW)
    sent.refresh_from_db()
    assert sent.last_error.startswith("5.1.1 550 5.1.1 <(adresse)>: Recipient address rejected")
    assert "ada" not in sent.last_error


def test_a_notice_about_somebody_else_s_mail_is_told_apart(sent):
    other = notice("postfix-unknown", sent).replace(sent.message_id.encode(), b"<autre@exemple.invalid>")
    assert record(other, NOW) is Read.UNKNOWN
    assert bounce_of(sent) == ("sent", "")


def test_a_forged_notice_suspends_at_most_the_address_of_the_mail_it_quotes(sent):
    forged = notice("postfix-unknown", sent).replace(b"ada@exemple.invalid", b"grace@exemple.invalid")
    record(forged, NOW)
    assert not outbox.is_suspended(outbox.digest_of("grace@exemple.invalid"), NOW)


# --- Whatever arrives -------------------------------------------------------


@given(st.binary(max_size=3000))
def test_bytes_of_any_kind_break_nothing(raw):
    read_notice(raw)


@given(st.sampled_from(sorted(FOLDER.glob("*.eml"))), st.data())
def test_a_notice_damaged_anywhere_breaks_nothing(path, data):
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(raw) - 1))
        end = data.draw(st.integers(start, min(len(raw), start + 200)))
        raw[start:end] = data.draw(st.binary(max_size=60))
        if not raw:
            break
    read_notice(bytes(raw))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n" * 100,
        b"Content-Type: multipart/report; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 300,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n"
        b"Content-Transfer-Encoding: base64\n\n!!!!\n--x--",
        b"Content-Type: text/plain; charset=inconnu\nFrom: MAILER-DAEMON\n\n\xff\xfe 550",
        b"Return-Path: <>\n\n" + b"Message-ID: <" * 50_000,
    ],
    ids=["empty", "blank", "nested", "base64", "charset", "long"],
)
def test_what_is_no_mail_breaks_nothing(raw):
    read_notice(raw)


# --- Where notices are read from --------------------------------------------


def said(*words, **options) -> str:
    out = StringIO()
    call_command("record_bounces", *words, stdout=out, **options)
    return out.getvalue().strip()


def test_notices_are_read_from_files(sent, tmp_path):
    for name in ("postfix-unknown", "delivered"):
        (tmp_path / name).write_bytes(notice(name, sent))
    assert said(*map(str, sorted(tmp_path.iterdir()))) == (
        "Retours : 1 enregistré(s), 0 sans courriel connu, 1 sans échec annoncé."
    )
    assert bounce_of(sent) == ("returned", "permanent")


def test_a_notice_is_read_from_what_a_mail_server_pipes(sent, monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(notice("exim", sent))))
    assert said().startswith("Retours : 1 enregistré(s)")


def test_a_file_that_is_not_there_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        said(str(tmp_path / "absent"))


def test_the_mailbox_of_notices_is_emptied_of_what_was_recorded(sent, settings, tmp_path):
    settings.BOUNCE_MAILDIR = str(tmp_path / "retours")
    box = mailbox.Maildir(settings.BOUNCE_MAILDIR)
    for name in ("google", "out-of-office"):
        box.add(notice(name, sent))
    assert read_maildir(NOW) == "Retours : 1 enregistré(s), 0 sans courriel connu, 1 sans échec annoncé."
    assert bounce_of(sent) == ("returned", "permanent")
    (left,) = mailbox.Maildir(settings.BOUNCE_MAILDIR)
    assert (left["Subject"], left.get_subdir(), left.get_flags()) == ("Absence : Appels : deux", "cur", "S")
    assert read_maildir(NOW) == "", "what was read is not read again"


def test_without_a_mailbox_of_notices_there_is_nothing_to_read(db, settings):
    assert settings.BOUNCE_MAILDIR == ""
    assert read_maildir(NOW) == ""


def test_a_mailbox_that_is_none_is_told(db, settings, tmp_path):
    settings.BOUNCE_MAILDIR = str(tmp_path)
    with pytest.raises(FileNotFoundError, match="Maildir"):
        read_maildir(NOW)


def test_a_suspension_can_be_lifted_by_hand(sent):
    record(notice("exim", sent), NOW)
    assert said(lift="Ada@Exemple.invalid") == "Suspension levée."
    assert said(lift="Ada@Exemple.invalid") == "Cette adresse n'était pas suspendue."
    assert not SuspendedAddress.objects.exists()
