"""From the outbox to the mail server: claim, send, mark, one mail after the other.

A worker does it as soon as a mail is written (the task below); the clock does it for
what nobody took. Claims keep the two apart.
"""

import smtplib
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone
from django_tasks import task

from apist import outbox
from apist.models import OutgoingMail

AT_ONCE = 100
"""Mails sent by one run: a task stays far shorter than the time after which its worker is taken for dead."""

WORKER_S_TURN = timedelta(minutes=1)
"""How long the clock leaves a mail to the worker before it sends it itself."""

NO_SUCH_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
"""Enhanced codes (RFC 3463) by which a server says, even after the text, that it is the address that is wrong."""


class ServerFault(Exception):
    """The server, and not a mail, is at fault: the others would fail alike."""


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """Return a mail as it leaves: the same each time, its Message-ID included.

    With BOUNCE_ADDRESS, the envelope's sender says which mail a notice is about, for the
    servers that do not quote it: portail@… becomes portail+<start of the Message-ID>@….
    """
    headers = {**mail.headers, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    sender = settings.DEFAULT_FROM_EMAIL
    if settings.BOUNCE_ADDRESS:
        local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
        headers["From"] = sender
        sender = f"{local}+{mail.message_id[1:].partition('@')[0]}@{domain}"
    message = EmailMultiAlternatives(mail.subject, mail.text, sender, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def deliver_due(now: datetime, *, due_by: datetime | None = None) -> int:
    """Send what may be sent now, up to :data:`AT_ONCE` mails; return how many left.

    When the server itself fails, the mail at hand is put off and the others wait their turn.
    """
    sent, connection = 0, get_connection()
    with suppress(ServerFault):  # told on the mail that met it
        for _ in range(AT_ONCE):
            if (mail := outbox.claim(now, due_by=due_by)) is None:
                break
            sent += _send(mail, connection, now)
    _hang_up(connection)
    return sent


def _send(mail: OutgoingMail, connection, now: datetime) -> bool:
    """Hand one claimed mail to the server and record the answer; the one place that reads its refusals."""
    try:
        connection.open()
        connection.send_messages([message_of(mail)])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        answer = f"{code} {_text(words)}"
        (outbox.refuse if 500 <= code < 600 else outbox.put_off)(mail, answer, now)
    except smtplib.SMTPDataError as refused:
        answer = f"{refused.smtp_code} {_text(refused.smtp_error)}"
        if refused.smtp_code < 500:
            outbox.put_off(mail, answer, now)
        elif _text(refused.smtp_error).startswith(NO_SUCH_ADDRESS):
            outbox.refuse(mail, answer, now)
        else:
            outbox.give_up(mail, answer, now)
    except (OSError, smtplib.SMTPException) as fault:
        outbox.put_off(mail, f"{type(fault).__name__}: {fault}", now)
        raise ServerFault from fault
    except ValueError as fault:  # a header or an address that no mail can hold: never better later
        outbox.give_up(mail, f"{type(fault).__name__}: {fault}", now)
    else:
        return outbox.mark_sent(mail, now)
    return False


def _hang_up(connection) -> None:
    """Close the connection; a server that is already gone is no news."""
    with suppress(OSError, smtplib.SMTPException):
        connection.close()


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


@task()
def deliver() -> int:
    """Send what waits. It takes no argument: nothing of anybody stays in the table of tasks."""
    return deliver_due(timezone.now())


def deliver_left(now: datetime) -> str:
    """Send what no worker took in time: a job of the clock."""
    sent = deliver_due(now, due_by=now - WORKER_S_TURN)
    return f"{sent} courriel(s) envoyé(s)" if sent else ""
