"""Whether an invitation still opens something, and for whom. Pure.

An invitation is for an address: whoever holds its link without holding the address joins nothing. A link that is
forwarded, or kept in a mailbox that somebody else reads, gives no right.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

HOLDS = timedelta(days=14)
"""How long a link may be used: holidays included, and not so long that it lies about for ever."""


class Sent(Protocol):
    """What is asked of an invitation."""

    email: str
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


class Standing(StrEnum):
    """What becomes of a link when somebody opens it."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"


def standing_of(invitation: Sent, addresses: Collection[str], at: datetime) -> Standing:
    """Return where an invitation stands at a moment, for somebody who holds these addresses (in lower case).

    What is closed is said before for whom it was: the answer is then the same to everybody.
    """
    if invitation.accepted_at:
        return Standing.USED
    if invitation.revoked_at:
        return Standing.REVOKED
    if invitation.expires_at <= at:
        return Standing.EXPIRED
    return Standing.OPEN if invitation.email.lower() in addresses else Standing.ELSEWHERE


def digest_of(token: str) -> str:
    """Return what is kept of the secret of a link: enough to know it again, useless to whoever reads the base."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
