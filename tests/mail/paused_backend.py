"""The mailbox of the demonstration, whose server makes the worker wait where a test wants to kill it.

The file ``pause`` of the mailbox's folder says where: before the connection (so before
the claim), before the acceptance, or after it. The file ``here`` says that the worker is there.
"""

import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend as Mailbox

VAR = Path(settings.VAR_DIR)


def pause(where: str) -> None:
    """Wait to be killed, if it is here."""
    asked = VAR / "pause"
    if asked.exists() and asked.read_text() == where:
        (VAR / "here").touch()
        time.sleep(300)
        raise RuntimeError("nobody killed this worker")


class EmailBackend(Mailbox):
    """A server that accepts a mail when it is written to the file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pause("before the claim")

    def send_messages(self, email_messages):
        """Accept the mails."""
        pause("before the acceptance")
        accepted = super().send_messages(email_messages)
        pause("after the acceptance")
        return accepted
