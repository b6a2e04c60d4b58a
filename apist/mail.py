"""Every message that leaves the portal, one function a message; what pages of apps send passes through :func:`post`."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b

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


def send_password_reset(subject: str, text: str, to: str, now: datetime) -> None:
    """Send the address at which a person chooses a new password; each link drawn is a cause of its own."""
    link = blake2b(f"{to}\0{text}".encode(), digest_size=16).hexdigest()
    post(f"password-reset-{link}", to, subject, text, now=now)
