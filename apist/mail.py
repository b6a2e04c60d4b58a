"""Every message that leaves the portal, one function a message; what pages of apps send passes through :func:`post`."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from apist import outbox
from apist.delivery import deliver


def post(
    cause: str, to: str, subject: str, text: str, *, now: datetime, html: str = "",
    headers: Mapping[str, str] | None = None, topic: str = "",
) -> bool:  # fmt: skip
    """Write a mail and the task that sends it, both in the caller's transaction; tell whether the cause is new.

    The task is a row too. Written with the mail, it cannot be lost between the commit
    and a later step, and no worker sees it before the mail.
    """
    new = outbox.write(cause, to, subject, text, now=now, html=html, headers=headers, topic=topic)
    if new:
        deliver.enqueue()
    return new


def send_account_mail(name: str, subject: str, text: str, to: str, now: datetime) -> None:
    """Send a message of an account: a code, a link, a change to know of; each is a cause of its own."""
    post(f"account-{name}-{uuid4().hex}", to, subject, text, now=now)
